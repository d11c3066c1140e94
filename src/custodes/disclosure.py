"""Handling marks, audiences, and what is left of a thing for each of them.

Openness is the default: sharing a dual-use finding with few people only "would presumably hamper
the ability to scrutinize and build on the finding" and "will often not be an appropriate
strategy" (paper p. 19). So a mark has a reason, the reason against it, somebody who decided, and
a day on which it is looked at again; and what it keeps from the public is told as withheld,
never left out in silence.
"""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Literal, get_args

from pydantic import Field, model_validator

from custodes.records import Record


class Mark(StrEnum):
    """Who may read a thing; in this order, the strictest last."""

    OPEN = "open"
    ROUND = "round"
    SAFEGUARDS = "safeguards"
    RESTRICTED = "restricted"
    RESTRICTED_EXISTENCE = "restricted-existence"


Handling = Literal["", "open", "round", "safeguards", "restricted", "restricted-existence"]
"""A mark as a cell of a file says it; empty is open."""


class Audience(StrEnum):
    """For whom something is written."""

    PUBLIC = "public"
    ROUND = "round"
    SAFEGUARDS = "safeguards"
    READERS = "readers"


MEANINGS: Mapping[Mark, str] = {
    Mark.OPEN: "everybody reads it",
    Mark.ROUND: "the people of the round read it; it is withheld from the public",
    Mark.SAFEGUARDS: (
        "people whose stated work is safeguards on powerful systems read it; it is withheld from "
        "the public"
    ),
    Mark.RESTRICTED: "named readers alone read it; it is withheld from the public",
    Mark.RESTRICTED_EXISTENCE: (
        "named readers alone read it, and that it exists is told nowhere but in a yearly total"
    ),
}
"""What each mark means, in words."""

READS: Mapping[Mark, frozenset[Audience]] = {
    Mark.OPEN: frozenset(Audience),
    Mark.ROUND: frozenset({Audience.ROUND, Audience.SAFEGUARDS, Audience.READERS}),
    Mark.SAFEGUARDS: frozenset({Audience.SAFEGUARDS, Audience.READERS}),
    Mark.RESTRICTED: frozenset({Audience.READERS}),
    Mark.RESTRICTED_EXISTENCE: frozenset({Audience.READERS}),
}
"""Which audiences read what has a mark."""

Ground = Literal["capability", "misuse", "personal", "commercial", "security"]
"""Why something is not open."""
GROUNDS: Mapping[str, str] = {
    "capability": "could speed up dangerous capabilities",
    "misuse": "could help misuse",
    "personal": "holds personal facts",
    "commercial": "is a trade secret",
    "security": "would weaken the security of a system",
}
"""How each ground is told to the public."""

REVIEW_MONTHS = 12
"""A mark is looked at again within so many months."""
FEWEST_COUNTED = 3
"""A yearly total below this is told as a range."""


class Marking(Record):
    """Why a thing has a mark, what speaks against it, who decided, and when it is looked at."""

    mark: Mark
    """Who may read it."""
    ground: Ground | None = None
    """Why it is not open, in one word; none where it is open."""
    reason: str = ""
    """What openness would help, in words that may be public."""
    against: str = ""
    """What the mark costs: whose scrutiny and whose work it hampers (paper p. 19)."""
    decided_by: str = ""
    """Who decided."""
    consulted: str = ""
    """Who was asked before."""
    decided_on: dt.date
    """When it was decided."""
    review_by: dt.date | None = None
    """Until when it is looked at again; none where it is open."""
    lifted_when: str = ""
    """What would lift it."""

    @model_validator(mode="after")
    def _is_justified(self) -> Marking:
        if self.mark is Mark.OPEN:
            return self
        lacking = [
            told
            for told, value in (
                ("a ground", self.ground),
                ("a reason", self.reason.strip()),
                ("the reason against it", self.against.strip()),
                ("who decided", self.decided_by.strip()),
                ("what would lift it", self.lifted_when.strip()),
                ("a day of review", self.review_by),
            )
            if not value
        ]
        if lacking:
            msg = f"a mark needs {', '.join(lacking)}"
            raise ValueError(msg)
        if self.review_by is None or not (
            self.decided_on < self.review_by <= latest_review(self.decided_on)
        ):
            msg = (
                f"a mark is looked at again within {REVIEW_MONTHS} months: after "
                f"{self.decided_on} and by {latest_review(self.decided_on)}"
            )
            raise ValueError(msg)
        return self

    def is_overdue(self, today: dt.date) -> bool:
        """Whether its day of review has passed."""
        return self.review_by is not None and self.review_by < today


class Withheld(Record):
    """What an audience is told of a thing that it may not read."""

    what: str = Field(min_length=1)
    """What sort of thing it is: `effort`, `challenge`, `finding`."""
    ground: Ground | None = None
    """Why it is withheld; none where nobody has said it."""
    review_by: dt.date | None = None
    """When it is looked at again; none where nobody has said it."""
    digest: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    """SHA-256 of a secret salt and the text; empty where none was made."""


def mark_of(handling: str) -> Mark:
    """The mark that a cell says; empty is open, and a word that is no mark is `restricted`.

    Files refuse such a word. Where one is met all the same, it must not open anything.

    Args:
        handling: The cell.

    >>> mark_of("").value, mark_of("round").value, mark_of("confidential").value
    ('open', 'round', 'restricted')
    """
    if not handling:
        return Mark.OPEN
    return Mark(handling) if handling in get_args(Handling) else Mark.RESTRICTED


def strictest(marks: Iterable[Mark]) -> Mark:
    """The strictest of some marks: what is derived from several things has it; open for none.

    Args:
        marks: Of the things that something was derived from.

    >>> strictest([Mark.ROUND, Mark.RESTRICTED, Mark.OPEN]).value
    'restricted'
    """
    return max(marks, key=tuple(Mark).index, default=Mark.OPEN)


def may_read(mark: Mark, audience: Audience) -> bool:
    """Whether an audience reads what has a mark."""
    return audience in READS[mark]


def is_told(mark: Mark, audience: Audience) -> bool:
    """Whether an audience learns that a thing exists, read or withheld."""
    return may_read(mark, audience) or mark is not Mark.RESTRICTED_EXISTENCE


def is_public(handling: str) -> bool:
    """Whether everybody reads what has this in its cell `handling`."""
    return may_read(mark_of(handling), Audience.PUBLIC)


def withheld(
    things: Iterable[tuple[str, Mark]], audience: Audience = Audience.PUBLIC
) -> tuple[Withheld, ...]:
    """What an audience is told of the things that it may not read.

    Args:
        things: What sort each is, and its mark.
        audience: For whom.

    Returns:
        One record a thing, without those whose existence is not told.
    """
    return tuple(
        Withheld(what=what)
        for what, mark in things
        if not may_read(mark, audience) and is_told(mark, audience)
    )


def withheld_lines(told: Iterable[Withheld]) -> tuple[str, ...]:
    """What is withheld, a sentence for all of one sort, ground, review and digest.

    Args:
        told: What is withheld.

    >>> withheld_lines([Withheld(what="finding", ground="misuse", review_by=dt.date(2027, 11, 3))])
    ('1 finding withheld, reason: could help misuse, review by 2027-11',)
    """
    counts = Counter(told)
    return tuple(
        _line(each, number)
        for each, number in sorted(counts.items(), key=lambda item: item[0].model_dump_json())
    )


def _line(each: Withheld, number: int) -> str:
    reason = GROUNDS[each.ground] if each.ground else "not stated"
    review = f"review by {each.review_by:%Y-%m}" if each.review_by else "no review date stated"
    digest = f", digest {each.digest}" if each.digest else ""
    return (
        f"{number} {each.what}{'' if number == 1 else 's'} withheld, reason: {reason}, "
        f"{review}{digest}"
    )


def yearly_total(number: int) -> str:
    """How many things of a year are told of in no other way; a small number as a range.

    Args:
        number: Things whose existence is restricted, of one year.

    >>> yearly_total(0), yearly_total(2), yearly_total(5)
    ('0 to 2', '0 to 2', '5')
    """
    return str(number) if number >= FEWEST_COUNTED else f"0 to {FEWEST_COUNTED - 1}"


def latest_review(decided_on: dt.date) -> dt.date:
    """The last day on which a mark of this day may be looked at again.

    >>> latest_review(dt.date(2028, 2, 29))
    datetime.date(2029, 2, 28)
    """
    year, month = decided_on.year + REVIEW_MONTHS // 12, decided_on.month
    return decided_on.replace(
        year=year, day=min(decided_on.day, calendar.monthrange(year, month)[1])
    )


def digest_of(text: bytes, *, salt: bytes) -> str:
    """SHA-256 of salt and text: shows later that a text was this one, and now nothing of it.

    Args:
        text: What is withheld.
        salt: At least 16 random bytes that only its readers know.

    Raises:
        ValueError: The salt is so short that the text could be guessed.
    """
    least = 16
    if len(salt) < least:
        msg = f"a salt has at least {least} random bytes"
        raise ValueError(msg)
    return hashlib.sha256(salt + text).hexdigest()
