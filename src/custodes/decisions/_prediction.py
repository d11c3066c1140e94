"""What the institution foretold, and what came of it: one row of `predictions.csv`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Literal

from pydantic import Field, model_validator

from custodes import catalogue
from custodes.decisions._decision import Decision
from custodes.errors import Fault
from custodes.quantities import Amount
from custodes.records import Record
from custodes.rounds import Round

Family = Literal["event", "share", "positive", "real", "signed"]
"""`event`: it happens or not; otherwise the scale of the quantity."""
ABOUT = ("effort:ID", "condition:EFFORT/ID", "system:ID", "claim:ID")
"""What a prediction can be about."""
_ABOUT = r"^(effort|condition|system|claim):[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9._-]+)?$"


class Prediction(Record):
    """One prediction, written down before it was known."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    """Its name, used once in the file."""
    about: str = Field(pattern=_ABOUT)
    """What it is about: `effort:ID`, `condition:EFFORT/ID`, `system:ID` or `claim:ID`."""
    text: str = Field(min_length=1)
    """What is foretold, so that anybody can tell whether it came."""
    made_on: dt.date
    """When it was written down."""
    resolves_by: dt.date
    """Until when it is known."""
    family: Family = "event"
    """`event`, or the scale of the quantity."""
    amount: Amount
    """Of an event its probability, as three equal numbers; otherwise the range."""
    outcome: float | None = None
    """What came; of an event 1 where it happened and 0 where not; none where not known yet."""
    is_unresolvable: bool = False
    """Whether it cannot be told any more; then it stays out of every score."""
    resolved_on: dt.date | None = None
    """When it was known."""
    source: str = ""
    """Where the outcome is from."""

    @model_validator(mode="after")
    def _fits_together(self) -> Prediction:
        if self.resolves_by < self.made_on:
            msg = f"resolves_by ({self.resolves_by}) is before made_on ({self.made_on})"
            raise ValueError(msg)
        if self.resolved_on is not None and self.resolved_on < self.made_on:
            msg = (
                f"resolved_on ({self.resolved_on}) is before made_on ({self.made_on}): what is "
                "written down afterwards is no prediction"
            )
            raise ValueError(msg)
        if self.outcome is not None and self.is_unresolvable:
            msg = "an outcome and unresolvable contradict each other"
            raise ValueError(msg)
        if self.family == "event" and self.outcome not in (None, 0.0, 1.0):
            msg = f"the outcome of an event is yes or no, not {self.outcome:g}"
            raise ValueError(msg)
        low = 0.0 if self.family in ("event", "share", "positive") else None
        high = 1.0 if self.family in ("event", "share") else None
        if (low is not None and self.amount.p05 < low) or (
            high is not None and self.amount.p95 > high
        ):
            limits = "between 0 and 1" if high is not None else "0 or more"
            whose = "an event" if self.family == "event" else f"a {self.family}"
            msg = f"p05, p50 and p95 of {whose} are {limits}"
            raise ValueError(msg)
        return self

    @property
    def sort(self) -> str:
        """Of which sort its subject is: effort, condition, system or claim."""
        return self.about.partition(":")[0]

    @property
    def subject(self) -> str:
        """The id of its subject; of a condition EFFORT/ID."""
        return self.about.partition(":")[2]

    def is_overdue(self, today: dt.date) -> bool:
        """Whether its outcome should be known by this day, and is not."""
        return self.outcome is None and not self.is_unresolvable and self.resolves_by < today


def faults_of_predictions(
    predictions: Sequence[Prediction], round_: Round, decisions: Sequence[Decision] | None
) -> Iterator[tuple[int, Fault]]:
    """What does not fit between predictions and their round, each with its prediction's place.

    Args:
        predictions: As they were read.
        round_: The round they belong to.
        decisions: Its decisions; None where they could not be read.
    """
    known: dict[str, tuple[str, ...]] = {
        "effort": tuple(str(each.id) for each in round_.efforts),
        "system": tuple(each.id for each in round_.systems),
        "claim": tuple(each.id for each in round_.claims),
    }
    if decisions is not None:
        known["condition"] = tuple(
            f"{decision.effort}/{each.id}" for decision in decisions for each in decision.condition
        )
    seen: set[str] = set()
    for place, each in enumerate(predictions):
        if each.id in seen:
            message = f"{each.id!r} is there twice"
            yield place, Fault(message=message, cure="give each its own", field="id")
        seen.add(each.id)
        if each.sort in known and each.subject not in known[each.sort]:
            cure = catalogue.nearest(each.subject, known[each.sort])
            message = f"{each.about!r} is not in this round"
            yield place, Fault(message=message, cure=cure, field="about")


def with_outcomes(
    predictions: Sequence[Prediction], decisions: Sequence[Decision], round_: Round
) -> tuple[Prediction, ...]:
    """The predictions, with the outcomes that the round's other files tell.

    That a condition is met stands in `decisions.toml`, that a claim was kept in `claims.csv`. An
    outcome that is written into the prediction itself stands; a condition that was waived is told
    by nobody.

    Args:
        predictions: As they were read.
        decisions: The round's decisions.
        round_: The round.
    """
    states = {
        f"condition:{decision.effort}/{each.id}": each.state
        for decision in decisions
        for each in decision.condition
    }
    kept = {each.subject: each.kept for each in round_.claims}
    told = {"met": 1.0, "not_met": 0.0, "yes": 1.0, "no": 0.0}
    return tuple(
        each
        if each.outcome is not None or each.is_unresolvable or each.family != "event"
        else each.model_copy(
            update={"outcome": told.get(states.get(each.about, kept.get(each.about, "")))}
        )
        for each in predictions
    )
