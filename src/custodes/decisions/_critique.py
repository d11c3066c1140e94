"""Public critique: bound to a version of a page, answered in public, kept with its answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, get_args

from pydantic import Field, model_validator

from custodes import catalogue
from custodes.decisions._decision import Decision
from custodes.errors import Fault
from custodes.records import Record
from custodes.rounds import Round
from custodes.systems import BUILT_IN

CritiqueStatus = Literal["received", "answered", "upheld", "rejected"]
"""Where a critique stands."""
CRITIQUE_STATUSES: tuple[str, ...] = get_args(CritiqueStatus)
"""Every status."""
PAGES = ("approach", "effort:ID", "decision:ID", "system:ID", "claim:ID")
"""What can be criticised."""
_PAGE = r"^(approach|(effort|decision|system|claim):[A-Za-z0-9][A-Za-z0-9._-]*)$"


class Critique(Record):
    """One row of `critiques.csv`."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    """Its name, used once in the file."""
    page: str = Field(pattern=_PAGE)
    """What it criticises: `approach`, `effort:ID`, `decision:ID`, `system:ID` or `claim:ID`."""
    version: str = Field(min_length=1)
    """Which version of that page was read."""
    at: dt.date
    """The day it came."""
    by: str = ""
    """Who wrote it, as they want to be named; empty is anonymous."""
    text: str = ""
    """What it says; empty only where it is withheld."""
    status: CritiqueStatus = "received"
    """`received` waits for an answer."""
    answer: str = ""
    """What was answered; for `rejected` the reason. Every status but `received` needs it."""
    answered_at: dt.date | None = None
    """The day of the answer."""
    withheld: str = ""
    """Why its text is not shown, where a moderator took it out; this reason is public."""

    @model_validator(mode="after")
    def _fits_together(self) -> Critique:
        if self.status != "received" and not self.answer:
            msg = f"a critique that is {self.status} needs an answer"
            raise ValueError(msg)
        if not self.text and not self.withheld:
            msg = "a critique without a text needs the reason why it is withheld"
            raise ValueError(msg)
        return self

    @property
    def waits(self) -> bool:
        """Whether it waits for an answer."""
        return self.status == "received"

    @property
    def subject(self) -> str:
        """The id of the effort, system or claim; empty for the approach."""
        return self.page.partition(":")[2]


def by_age(critiques: Iterable[Critique]) -> tuple[Critique, ...]:
    """Critiques that wait for an answer, the oldest first, then the others, the newest first."""
    every = tuple(critiques)
    waiting = sorted((each for each in every if each.waits), key=lambda each: (each.at, each.id))
    rest = sorted(
        (each for each in every if not each.waits),
        key=lambda each: (each.answered_at or each.at, each.id),
        reverse=True,
    )
    return (*waiting, *rest)


def faults_of_critiques(
    critiques: Sequence[Critique], round_: Round, decisions: Sequence[Decision] | None
) -> Iterator[tuple[int, Fault]]:
    """What does not fit between critiques and their round, each with the place of its critique.

    What a claim is called is not known here.

    Args:
        critiques: As they were read.
        round_: The round they belong to.
        decisions: Its decisions; None where they could not be read.
    """
    known: dict[str, tuple[str, ...]] = {
        "effort": tuple(str(each.id) for each in round_.efforts),
        "system": (BUILT_IN.id, *(each.id for each in round_.systems)),
    }
    if decisions is not None:
        known["decision"] = tuple(each.effort for each in decisions)
    seen: set[str] = set()
    for place, each in enumerate(critiques):
        if each.id in seen:
            message = f"{each.id!r} is there twice"
            yield place, Fault(message=message, cure="give each its own", field="id")
        seen.add(each.id)
        sort = each.page.partition(":")[0]
        if sort in known and each.subject not in known[sort]:
            yield (
                place,
                Fault(
                    message=f"{each.page!r} is not in this round",
                    cure=catalogue.nearest(each.subject, known[sort]),
                    field="page",
                ),
            )
