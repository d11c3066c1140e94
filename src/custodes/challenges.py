"""Challenges: objections to an effort that must be answered, and whether they still stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal, get_args

from pydantic import Field, field_validator, model_validator

from custodes.disclosure import Handling
from custodes.quantities import Amount
from custodes.records import Record

ChallengeStatus = Literal["open", "answered", "upheld", "rejected", "withdrawn"]
"""Where a challenge stands."""
STATUSES: tuple[str, ...] = get_args(ChallengeStatus)
"""Every status."""
NEED_ANSWER = ("answered", "upheld", "rejected")
"""With these an answer is written, or it is not one of them."""
Target = Literal["effort", "claim", "number", "missing mechanism"]
"""What a challenge attacks."""
MISSING_MECHANISM = ("other_accident", "other_misuse")
"""Quantities by which a mechanism that the explanation leaves out is given a number."""


class Challenge(Record):
    """One row of `challenges.csv`."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    """Its name, used once in the file."""
    effort: str = Field(min_length=1)
    """The effort that is challenged, by id."""
    claim: str = ""
    """The claim of the explanation that is challenged; empty is the whole effort."""
    by: str = Field(min_length=1)
    """Who raised it: a name or a code."""
    text: str = Field(min_length=1)
    """What is objected."""
    quantity: str = ""
    """The quantity whose range is challenged, by name; empty where no number is."""
    p05: float | None = None
    """The challenger's 5th percentile."""
    p50: float | None = None
    """The challenger's 50th percentile."""
    p95: float | None = None
    """The challenger's 95th percentile."""
    status: ChallengeStatus
    """`open` keeps the effort from being chosen; `upheld` needs a condition or another answer."""
    answer: str = ""
    """What was answered; required for `answered`, `upheld` and `rejected`."""
    handling: Handling = ""
    """Handling mark; empty is open, anything else stays out of a report."""
    raised_at: str = ""
    """When it was raised."""
    owner: str = ""
    """Who must answer it."""
    due: str = ""
    """Until when."""
    answered_by: str = ""
    """Who answered."""
    answered_at: str = ""
    """When."""
    reply: str = ""
    """What whoever raised it said to the answer."""
    ruling: str = ""
    """What was decided on it, in words."""
    ruled_by: str = ""
    """Who decided."""

    @field_validator("raised_at", "due", "answered_at")
    @classmethod
    def _is_a_time(cls, told: str) -> str:
        if told:
            try:
                dt.datetime.fromisoformat(told)
            except ValueError:
                msg = f"'{told[:40]}' is not a date; write it as 2027-03-01"
                raise ValueError(msg) from None
        return told

    @model_validator(mode="after")
    def _fits_together(self) -> Challenge:
        if self.status in NEED_ANSWER and not self.answer:
            msg = f"a challenge that is {self.status} needs an answer"
            raise ValueError(msg)
        numbers = (self.p05, self.p50, self.p95)
        given = [each for each in numbers if each is not None]
        if self.quantity and len(given) < len(numbers):
            msg = "a challenged quantity needs p05, p50 and p95"
            raise ValueError(msg)
        if given and not self.quantity:
            msg = "a range needs the quantity that it is of"
            raise ValueError(msg)
        if given != sorted(given):
            msg = "p05, p50 and p95 must not fall"
            raise ValueError(msg)
        return self

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer: the effort is not chosen until then."""
        return self.status == "open"

    @property
    def target(self) -> Target:
        """What is attacked: the effort, a claim, a number, or a mechanism that is left out.

        A missing mechanism is a challenge of the whole effort with a range of `other_accident`
        or `other_misuse`; its text says how the effort raises risk.
        """
        if self.quantity in MISSING_MECHANISM and not self.claim:
            return "missing mechanism"
        if self.quantity:
            return "number"
        return "claim" if self.claim else "effort"

    def is_overdue(self, today: dt.date) -> bool:
        """Whether it should have been answered before this day, and was not."""
        return (
            self.is_open and bool(self.due) and dt.datetime.fromisoformat(self.due).date() < today
        )

    @property
    def amount(self) -> Amount | None:
        """The challenger's range; none where no number is challenged."""
        if self.p05 is None or self.p50 is None or self.p95 is None:
            return None
        return Amount(p05=self.p05, p50=self.p50, p95=self.p95)


def open_by_effort(challenges: Iterable[Challenge]) -> dict[str, str]:
    """Efforts with open challenges, each with a sentence that names them, in order of ids."""
    by_effort: dict[str, list[str]] = {}
    for each in challenges:
        if each.is_open:
            by_effort.setdefault(each.effort, []).append(each.id)
    return {
        effort: f"challenge {ids[0]} is open"
        if len(ids) == 1
        else f"challenges {', '.join(sorted(ids))} are open"
        for effort, ids in sorted(by_effort.items())
    }
