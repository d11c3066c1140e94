"""How well the institution foretold, year by year: scored properly, with its error.

Source: docs/explanation/track-record.md; the scores are those of experts (Gneiting and Raftery
2007, doi 10.1198/016214506000001437).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

from pydantic import ConfigDict, Field

from custodes.decisions._prediction import Prediction
from custodes.judgements import (
    LEAST_TO_COMPARE,
    ResolvedAnswer,
    brier_score,
    track_records,
    wilson,
)
from custodes.records import Record


class EventsScored(Record):
    """Predictions of what happens or not."""

    number: int = Field(ge=1)
    """How many are resolved."""
    brier: float = Field(ge=0, le=1)
    """Mean Brier score; smaller is better."""
    standard_error: float | None
    """Of the mean, from the spread of the scores; null for a single one."""
    brier_of_even_odds: float = 0.25
    """What whoever says 50 % to everything gets."""
    brier_of_base_rate: float = Field(ge=0, le=0.25)
    """What whoever knew the share that happened, and said it of each, would get."""
    foretold: float = Field(ge=0, le=1)
    """Mean of the probabilities."""
    happened: float = Field(ge=0, le=1)
    """Share that happened."""
    happened_low: float
    """Lower end of its 90 % interval (Wilson)."""
    happened_high: float
    """Upper end."""


class RangesScored(Record):
    """Predictions of quantities."""

    number: int = Field(ge=1)
    """How many are resolved."""
    held: int = Field(ge=0)
    """Ranges from p05 to p95 that held what came; nine in ten would be well calibrated."""
    held_low: float
    """Lower end of the 90 % interval of the share that held (Wilson)."""
    held_high: float
    """Upper end."""


class YearRecord(Record):
    """One year's predictions, by the year in which they were to be known."""

    year: int | None
    """The year; null for all of them."""
    predictions: int
    """All of it."""
    open: int
    """Not known yet."""
    unresolvable: int
    """Cannot be told any more; in no score."""
    events: EventsScored | None
    """Null without a resolved one."""
    ranges: RangesScored | None
    """Null without a resolved one."""
    too_few: bool
    """Whether fewer than ten are resolved: nothing should be concluded."""


class InstitutionRecord(Record):
    """The institution's own predictions, scored."""

    model_config = ConfigDict(populate_by_name=True)

    schema_: Literal["custodes/track-record/1"] = Field(
        default="custodes/track-record/1", alias="schema"
    )
    """Which kind of result this is."""
    years: tuple[YearRecord, ...]
    """Each year, the first first."""
    all_years: YearRecord
    """All of them together."""


def yearly_record(predictions: Sequence[Prediction]) -> InstitutionRecord:
    """The institution's predictions scored by the year in which they were to be known.

    Args:
        predictions: All of them, with outcomes where they are known (`with_outcomes`).
    """
    years = sorted({each.resolves_by.year for each in predictions})
    return InstitutionRecord(
        years=tuple(
            _record(year, [each for each in predictions if each.resolves_by.year == year])
            for year in years
        ),
        all_years=_record(None, predictions),
    )


def _record(year: int | None, predictions: Sequence[Prediction]) -> YearRecord:
    known = [
        (each, each.outcome)
        for each in predictions
        if each.outcome is not None and not each.is_unresolvable
    ]
    events = [(each.amount.p50, outcome) for each, outcome in known if each.family == "event"]
    ranges = [(each, outcome) for each, outcome in known if each.family != "event"]
    unresolvable = sum(each.is_unresolvable for each in predictions)
    return YearRecord(
        year=year,
        predictions=len(predictions),
        open=len(predictions) - len(known) - unresolvable,
        unresolvable=unresolvable,
        events=_events(events) if events else None,
        ranges=_ranges(ranges) if ranges else None,
        too_few=len(known) < LEAST_TO_COMPARE,
    )


def _events(known: Sequence[tuple[float, float]]) -> EventsScored:
    scores = [brier_score(p, outcome) for p, outcome in known]
    number = len(scores)
    mean = math.fsum(scores) / number
    error = None
    if number > 1:
        spread = math.fsum((each - mean) ** 2 for each in scores) / (number - 1)
        error = math.sqrt(spread / number)
    happened = wilson(sum(outcome == 1 for _, outcome in known), number)
    return EventsScored(
        number=number,
        brier=mean,
        standard_error=error,
        brier_of_base_rate=happened.share * (1 - happened.share),
        foretold=math.fsum(p for p, _ in known) / number,
        happened=happened.share,
        happened_low=happened.low,
        happened_high=happened.high,
    )


def _ranges(known: Sequence[tuple[Prediction, float]]) -> RangesScored:
    (found,) = track_records(
        [
            ResolvedAnswer(
                expert="the institution",
                question=each.id,
                family=each.family,
                amount=each.amount,
                outcome=outcome,
            )
            for each, outcome in known
        ]
    )
    share = wilson(found.held, found.ranges)
    return RangesScored(
        number=found.ranges, held=found.held, held_low=share.low, held_high=share.high
    )
