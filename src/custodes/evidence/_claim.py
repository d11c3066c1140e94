"""A claim: one sentence, quoted, that somebody said somewhere of how safe something is.

Outside experts assess it and say so in public, praise as well as criticism, so that decision
makers are less open to safety-washing (paper p. 24, fn 49).
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, get_args

from pydantic import Field, field_validator

from custodes.disclosure import Handling, is_public
from custodes.judgements import Verdict
from custodes.quantities import Amount
from custodes.records import Record

ClaimScale = Literal["today", "more_capable", "not_stated"]
"""Of which systems a claim speaks: those of today, more capable ones, or it does not say."""
Standing = Literal["", "draft", "assessing", "with_claimant", "published", "revised", "withdrawn"]
"""How far the assessment of a claim is; empty is published."""

SCALES: tuple[str, ...] = get_args(ClaimScale)
"""Every scale."""
STANDINGS: tuple[str, ...] = tuple(each for each in get_args(Standing) if each)
"""Every standing."""
NO_EVIDENCE = "none"
"""How a file says that a claim gives no evidence."""
WITHHELD_EVIDENCE = "withheld"
"""How a published file says that a claim names evidence that is not published with it."""
PUBLISHED: tuple[Standing, ...] = ("", "published", "revised")
"""With these an assessment is public, and counts."""


class Claim(Record):
    """One row of `claims.csv`."""

    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    """Its name, used once in the file; experts assess it as `claim:ID`."""
    effort: str = ""
    """The effort that it is about, by id; with `system` empty too it is about the field."""
    system: str = ""
    """The system that it is about, by id."""
    claimant: str = Field(min_length=1)
    """Who said it."""
    hazard: tuple[str, ...] = ()
    """The hazards that it names; none where it names none."""
    scale: ClaimScale = "not_stated"
    """Of which systems it speaks."""
    text: str = Field(min_length=1)
    """What was said, quoted."""
    evidence: tuple[str, ...] = ()
    """Ids of the audits that it rests on; none where it gives none."""
    assessment: Verdict = ""
    """The published verdict; empty where there is none yet."""
    published_at: str = ""
    """When it was said."""
    address: str = ""
    """Where."""
    sha256: str = Field(default="", pattern="^([0-9a-f]{64})?$")
    """SHA-256 of the copy that was kept, so that a change of the page is noticed."""
    language: str = ""
    """Language of the text, as en; empty is English."""
    definition_of_alignment: str = ""
    """What it means by alignment, where it says so."""
    says_so: Literal["yes", "no", ""] = ""
    """Whether it says that its result may not hold for more capable systems (paper p. 24)."""
    benchmark: str = ""
    """The benchmark that it rests on."""
    improvement: str = ""
    """By how much the benchmark is said to have improved, in the claim's words."""
    reply: str = ""
    """The claimant's answer to the assessment, unedited."""
    standing: Standing = ""
    """How far its assessment is; empty is published."""
    kept: Literal["yes", "no", ""] = ""
    """Whether it was kept since; empty is not known."""
    claimed_cut: Amount | None = None
    """The cut of accident and misuse risk that it asserts, as a share of risk."""
    credited: Amount | None = None
    """Share of its audience that credits it; 0.1 / 0.3 / 0.6 where left out (our assumption)."""
    handling: Handling = ""
    """Handling mark; empty is open, anything else stays out of a report and moves nothing."""

    @field_validator("published_at")
    @classmethod
    def _is_a_time(cls, told: str) -> str:
        if told:
            try:
                dt.datetime.fromisoformat(told)
            except ValueError:
                msg = f"'{told[:40]}' is not a date; write it as 2027-03-01"
                raise ValueError(msg) from None
        return told

    @property
    def subject(self) -> str:
        """What experts judge, as in the column `effort` of `judgements.csv`."""
        return f"claim:{self.id}"

    @property
    def is_published(self) -> bool:
        """Whether its assessment is public."""
        return self.standing in PUBLISHED

    @property
    def counts(self) -> bool:
        """Whether it may move a number: it is open, and its assessment is public.

        So everything that a published figure rests on is published with it.
        """
        return self.is_published and is_public(self.handling)

    @property
    def about(self) -> str:
        """What it is about, in words."""
        parts = [f"effort {self.effort}"] if self.effort else []
        parts += [f"system {self.system}"] if self.system else []
        return " and ".join(parts) or "the field"
