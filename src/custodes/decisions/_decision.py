"""A decision about one effort: one entry of `decisions.toml`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Literal, get_args

from pydantic import Field, model_validator

from custodes import catalogue
from custodes.errors import Fault
from custodes.records import Record
from custodes.rounds import Round

Outcome = Literal["support", "reject", "defer"]
"""What can be decided."""
OUTCOMES: tuple[str, ...] = get_args(Outcome)
"""Every outcome."""


class Condition(Record):
    """What support depends on."""

    id: str = Field(min_length=1)
    """Its name, used once in the decision."""
    mitigation: str = ""
    """The mitigation that it carries out, by id; empty where it is a text alone."""
    challenge: str = ""
    """The challenge that it answers, by id."""
    text: str = Field(min_length=1)
    """As it stands in the grant letter."""
    owner: str = ""
    """Who must see to it."""
    evidence: str = ""
    """What has to be shown for it to count as met."""
    due: dt.date | None = None
    """Until when."""
    state: Literal["open", "met", "not_met", "waived"] = "open"
    """What became of it."""
    reason: str = ""
    """Why it was not met or waived."""

    @model_validator(mode="after")
    def _is_explained(self) -> Condition:
        if self.state in ("not_met", "waived") and not self.reason:
            msg = f"a condition that is {self.state.replace('_', ' ')} needs a reason"
            raise ValueError(msg)
        return self

    def is_overdue(self, today: dt.date) -> bool:
        """Whether it should have been met before this day, and is still open."""
        return self.state == "open" and self.due is not None and self.due < today


class Dissent(Record):
    """What somebody who decided held against it."""

    by: str = Field(min_length=1)
    """A name or an office that may be public."""
    text: str = Field(min_length=1)
    """What they hold."""


class FollowUp(Record):
    """What happened after the decision."""

    on: dt.date
    """When."""
    kind: Literal[
        "report",
        "condition",
        "claim",
        "trigger",
        "amount",
        "extend",
        "suspend",
        "end",
        "correction",
    ]
    """Of which sort."""
    text: str = Field(min_length=1)
    """What."""


class Decision(Record):
    """What was decided about one effort; pending until somebody else releases it."""

    effort: str = Field(min_length=1)
    """The effort, by id."""
    outcome: Outcome
    """Support, reject or defer."""
    amount: float | None = Field(default=None, ge=0)
    """In the round's currency; the effort's cost where left out."""
    decided_on: dt.date
    """When."""
    decided_by: tuple[str, ...] = ()
    """Names or offices that may be public."""
    released_by: str = ""
    """Who released it; empty is pending."""
    released_on: dt.date | None = None
    """When it was released."""
    by_one_person: bool = False
    """Whether one person did alone what takes two."""
    assessment_sha256: str = Field(default="", pattern="^([0-9a-f]{64})?$")
    """SHA-256 of the `assessment.json` that was looked at."""
    choice_sha256: str = Field(default="", pattern="^([0-9a-f]{64})?$")
    """SHA-256 of the `choice.json` that was looked at."""
    reasons: str = Field(min_length=1)
    """Why."""
    touched_by_conflict: Literal["", "open", "stands", "looked_at_again"] = ""
    """Whether an answer was set aside for a conflict of interest that was found after it was
    given, and what that means: `open`, `stands`, `looked_at_again`; empty where none was."""
    touched_because: str = ""
    """Why it stands, or is looked at again."""
    challenges: tuple[str, ...] = ()
    """Challenges that were answered and weighed, by id."""
    condition: tuple[Condition, ...] = ()
    """What support depends on."""
    dissent: tuple[Dissent, ...] = ()
    """What was held against it."""
    follow_up: tuple[FollowUp, ...] = ()
    """What happened since."""

    @model_validator(mode="after")
    def _fits_together(self) -> Decision:
        if bool(self.released_by) != bool(self.released_on):
            msg = "a released decision needs released_by and released_on, both or neither"
            raise ValueError(msg)
        if self.condition and self.outcome != "support":
            msg = f"conditions belong to support, and this says {self.outcome}"
            raise ValueError(msg)
        if self.touched_because and not self.touched_by_conflict:
            msg = "touched_because needs touched_by_conflict"
            raise ValueError(msg)
        ids = [each.id for each in self.condition]
        if len(set(ids)) < len(ids):
            msg = "two conditions have the same id"
            raise ValueError(msg)
        return self

    @property
    def is_released(self) -> bool:
        """Whether it may be told to the public."""
        return bool(self.released_by)

    @property
    def support_is(self) -> Literal["none", "running", "suspended", "ended"]:
        """What became of support: the last follow-up that extended, suspended or ended it."""
        if self.outcome != "support":
            return "none"
        turns = ("extend", "suspend", "end")
        steps = sorted(self.follow_up, key=lambda each: each.on)
        last = next((each.kind for each in reversed(steps) if each.kind in turns), "extend")
        if last == "end":
            return "ended"
        return "suspended" if last == "suspend" else "running"


def faults_of_decisions(decisions: Sequence[Decision], round_: Round) -> Iterator[Fault]:
    """What does not fit between decisions and their round.

    Args:
        decisions: As they were read.
        round_: The round they belong to.
    """
    efforts = tuple(str(each.id) for each in round_.efforts)
    mitigations = tuple(str(each.id) for each in round_.mitigations)
    challenges = tuple(each.id for each in round_.challenges)
    seen: set[str] = set()
    for decision in decisions:
        place = f"decision {decision.effort}"
        if decision.effort not in efforts:
            yield _unknown(place, "effort", decision.effort, efforts)
        if decision.effort in seen:
            yield Fault(message="is there twice", cure="keep one of the two", field=place)
        seen.add(decision.effort)
        named = [each.challenge for each in decision.condition if each.challenge]
        for challenge in (*decision.challenges, *named):
            if challenge not in challenges:
                yield _unknown(place, "challenge", challenge, challenges)
        for condition in decision.condition:
            if condition.mitigation and condition.mitigation not in mitigations:
                yield _unknown(place, "mitigation", condition.mitigation, mitigations)


def _unknown(place: str, sort: str, name: str, known: tuple[str, ...]) -> Fault:
    return Fault(
        message=f"{name!r} is not a {sort} of this round".replace(" a effort", " an effort"),
        cure=catalogue.nearest(name, known),
        field=f"{place}, {sort}",
    )
