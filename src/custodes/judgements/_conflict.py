"""What an expert declared, or somebody found, that may bias an answer; and what was decided.

What was declared is never overwritten by what was decided.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from custodes.judgements._expert import Expert, ExpertId
from custodes.records import Record

ConflictType = Literal[
    "none",
    "employer",
    "professional",
    "personal",
    "personal_financial",
    "family",
    "family_financial",
    "same_organisation",
    "employed_within_3_years",
    "coauthor_within_3_years",
    "advisor_or_student",
    "collaborator",
    "funder",
    "competitor",
    "close",
    "public_statement",
    "other",
]
"""Sorts of conflict; `none` is a statement that there is none."""
Ruling = Literal["", "none", "note", "publish", "recuse", "block"]
"""What was decided; empty is not decided yet, which keeps the answer out."""

CONFLICT_TYPES: tuple[str, ...] = get_args(ConflictType)
"""Every sort."""
RULINGS: tuple[str, ...] = tuple(each for each in get_args(Ruling) if each)
"""Every ruling."""
WEIGHED: tuple[str, ...] = ("note", "publish")
"""Rulings under which an answer may count with less than its weight."""


class Conflict(Record):
    """One row of `conflicts.csv`."""

    expert: str = Field(min_length=1)
    """Whose conflict, by id; an officer or a decision maker may stand here too."""
    effort: str = ""
    """With which effort; empty is the whole round."""
    type: ConflictType
    """Of which sort; `none` states that there is none."""
    declared: Literal["", "yes", "no"] = ""
    """Whether the person said it; `no` where it was computed, or told by somebody else."""
    decided: Ruling = ""
    """`none`, `note`, `publish`: the answer counts; `recuse`, `block` or empty: it does not."""
    reason: str = ""
    """Why it was decided so."""
    from_: dt.date | None = Field(default=None, alias="from")
    """Since when."""
    to: dt.date | None = None
    """Until when; empty is still."""
    rule: str = ""
    """Which rule found it."""
    evidence: str = ""
    """What it was found in."""
    strength: Literal["", "hard", "soft"] = ""
    """Whether the rule is a hard or a soft one."""
    dismissed: Literal["", "yes", "no"] = ""
    """Whether it was dismissed, with the reason; it stays visible."""
    pinned: Literal["", "yes", "no"] = ""
    """Whether later computations leave it alone."""
    decided_by: str = ""
    """Who decided."""
    decided_at: str = ""
    """When."""
    weight: float | None = Field(default=None, gt=0, le=1)
    """The expert's weight times this, where `note` or `publish` was decided; empty is 1."""

    @model_validator(mode="after")
    def _weighs_what_counts(self) -> Self:
        if self.weight is not None and self.decided not in WEIGHED:
            msg = f"a weight needs a decision that is one of {', '.join(WEIGHED)}"
            raise ValueError(msg)
        return self

    @property
    def keeps_out(self) -> bool:
        """Whether it keeps the person's answers out of the pool."""
        if self.type == "none" or self.dismissed == "yes":
            return False
        return self.decided in ("", "recuse", "block")


def set_aside(subject: str, conflicts: Iterable[Conflict]) -> frozenset[str]:
    """Who is out of the pool about a subject, by id.

    Args:
        subject: As in the column `effort` of `judgements.csv`.
        conflicts: Every conflict of the round; one without an effort holds for all subjects.
    """
    return frozenset(
        each.expert for each in conflicts if each.keeps_out and each.effort in ("", subject)
    )


def weighed(
    subject: str, experts: Iterable[Expert], conflicts: Iterable[Conflict]
) -> tuple[Expert, ...]:
    """The experts with the weights they have on a subject; several conflicts multiply.

    One who is not listed, and has weight 1 by that, is added where a conflict weighs less.

    Args:
        subject: As in the column `effort` of `judgements.csv`.
        experts: Their weights of their own.
        conflicts: Every conflict of the round; one without an effort holds for all subjects.
    """
    known = {str(each.expert): each for each in experts}
    for each in conflicts:
        if each.weight is None or each.effort not in ("", subject) or each.dismissed == "yes":
            continue
        expert = known.get(each.expert) or Expert(expert=ExpertId(each.expert))
        known[each.expert] = expert.model_copy(update={"weight": expert.weight * each.weight})
    return tuple(known.values())


def without_statement(experts: Iterable[str], conflicts: Iterable[Conflict]) -> tuple[str, ...]:
    """Those of whom `conflicts.csv` says nothing at all; they count, and the result says so."""
    stated = {each.expert for each in conflicts}
    return tuple(expert for expert in experts if expert not in stated)
