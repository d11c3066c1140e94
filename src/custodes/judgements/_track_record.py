"""What became of an expert's answers once the truth was known.

Source: docs/explanation/judgement.md. Nobody is ranked below ten resolved questions, and never by
one
number alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Literal

from pydantic import Field

from custodes.judgements._belief import panel_of
from custodes.judgements._scores import brier_score, crps, wilson
from custodes.quantities import Amount, Family, Quantity
from custodes.records import Record

LEAST_TO_COMPARE = 10
"""Resolved questions below which nobody is compared with anybody."""

_WIDEST = 1e300
_EVERYTHING = (-_WIDEST, _WIDEST)


class ResolvedAnswer(Record):
    """One answer to a question that is resolved."""

    expert: str = Field(min_length=1)
    """Who answered, by id."""
    question: str = Field(min_length=1)
    """The question."""
    family: Literal["event", "share", "positive", "real", "signed"]
    """`event`: p50 is the probability that it happens; otherwise the scale of the quantity."""
    amount: Amount | None = None
    """The answer; none where the expert abstained."""
    outcome: float
    """What is true; of an event 1 where it happened and 0 where not."""


class TrackRecord(Record):
    """How one expert did."""

    expert: str
    """Id."""
    resolved: int
    """Resolved questions answered."""
    abstained: int
    """Resolved questions not answered."""
    ranges: int
    """Of the resolved ones, those with a range for a quantity."""
    held: int
    """Ranges from p05 to p95 that held the truth."""
    held_share: float | None
    """held over ranges; 0.9 would be well calibrated. Null without a range."""
    held_low: float | None
    """Lower end of its 90 % interval (Wilson)."""
    held_high: float | None
    """Upper end."""
    brier: float | None
    """Mean Brier score over events; null without one."""
    brier_of_panel: float | None
    """Mean over the panel's members on the same events."""
    crps_ratio: float | None
    """Mean over quantities of the expert's CRPS over the panel's mean; below 1 is better."""
    comparable: bool
    """Whether there are enough resolved questions to compare this expert with others."""


def track_records(answers: Sequence[ResolvedAnswer]) -> tuple[TrackRecord, ...]:
    """Each expert's record, in the order of their ids; never an order of merit.

    Args:
        answers: Answers to resolved questions; unresolvable ones stay out.
    """
    scores = [_score(each) for each in answers]
    panel: dict[str, list[float]] = {}
    for answer, score in zip(answers, scores, strict=True):
        if score is not None:
            panel.setdefault(answer.question, []).append(score)
    means = {question: math.fsum(each) / len(each) for question, each in panel.items()}
    return tuple(
        _record(expert, answers, scores, means)
        for expert in sorted({each.expert for each in answers})
    )


def _score(answer: ResolvedAnswer) -> float | None:
    """Brier score of an event, CRPS of a quantity on its scale; none of an abstention.

    On the scale, because in pounds or months the largest question would rule the mean.
    """
    if answer.amount is None:
        return None
    if answer.family == "event":
        return brier_score(answer.amount.p50, answer.outcome)
    belief = panel_of({answer.expert: answer.amount}, _quantity(answer.family)).floored[0]
    return crps(belief, belief.scale.forward(answer.outcome))


def _quantity(family: Family) -> Quantity:
    # an amount of either sign is measured plainly: the truth may have the other sign
    measured: Family = "real" if family == "signed" else family
    low, high = {"share": (0.0, 1.0), "positive": (0.0, _WIDEST)}.get(measured, _EVERYTHING)
    return Quantity(
        name="resolved",
        symbol="",
        meaning="",
        question="",
        unit="",
        low=low,
        high=high,
        family=measured,
        owner="world",
        page="",
    )


def _record(
    expert: str,
    answers: Sequence[ResolvedAnswer],
    scores: Sequence[float | None],
    means: Mapping[str, float],
) -> TrackRecord:
    mine = [
        (answer, answer.amount, score)
        for answer, score in zip(answers, scores, strict=True)
        if answer.expert == expert and answer.amount is not None and score is not None
    ]
    asked = sum(answer.expert == expert for answer in answers)
    events = [(answer, score) for answer, _, score in mine if answer.family == "event"]
    ranges = [each for each in mine if each[0].family != "event"]
    held = sum(amount.p05 <= answer.outcome <= amount.p95 for answer, amount, _ in ranges)
    told = wilson(held, len(ranges)) if ranges else None
    ratios = [
        score / means[answer.question] for answer, _, score in ranges if means[answer.question] > 0
    ]
    return TrackRecord(
        expert=expert,
        resolved=len(mine),
        abstained=asked - len(mine),
        ranges=len(ranges),
        held=held,
        held_share=told.share if told else None,
        held_low=told.low if told else None,
        held_high=told.high if told else None,
        brier=_mean([score for _, score in events]),
        brier_of_panel=_mean([means[answer.question] for answer, _ in events]),
        crps_ratio=_mean(ratios),
        comparable=len(mine) >= LEAST_TO_COMPARE,
    )


def _mean(values: Sequence[float]) -> float | None:
    return math.fsum(values) / len(values) if values else None
