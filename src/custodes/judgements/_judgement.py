"""One expert's answer to one question, as it was given."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from custodes.quantities import Amount
from custodes.records import Record

Verdict = Literal["", "supported", "partly", "unsupported", "contradicted", "cannot_tell"]
"""What an assessor says of a claim; empty is nothing yet."""
VERDICTS: tuple[str, ...] = tuple(each for each in get_args(Verdict) if each)
"""Every verdict."""


class Judgement(Record):
    """One row of `judgements.csv`; a flagged answer is kept and stays out of the pool."""

    effort: str = Field(min_length=1)
    """What is judged: an effort's id, `system:ID`, `mitigation:ID`, `world:NAME` or `claim:ID`."""
    expert: str = Field(min_length=1)
    """Who answered, by id."""
    round: Literal[1, 2] = 1
    """1 blind, 2 revised."""
    quantity: str = Field(min_length=1)
    """What was asked, by name."""
    p05: float | None = None
    """5th percentile, in the quantity's unit; empty when abstaining."""
    p50: float | None = None
    """50th percentile."""
    p95: float | None = None
    """95th percentile."""
    reason: str = ""
    """Why, in the expert's words."""
    raw: str = ""
    """What was typed, unchanged."""
    unit: str = ""
    """Unit in which it was typed."""
    wording: str = ""
    """Id and version of the question text that was shown."""
    confidence: float | None = Field(default=None, gt=0, lt=1)
    """Stated confidence of the range where it is not 90 %."""
    abstain: Literal[
        "", "not_my_field", "question_unclear", "cannot_be_known", "conflict", "other"
    ] = ""
    """Why no answer was given."""
    at: str = ""
    """When."""
    verdict: Verdict = ""
    """Of an answer about a claim: what the assessor says of it in a word."""
    praise: str = ""
    """Of an answer about a claim: what is helpful about it, in the assessor's words."""
    flags: tuple[str, ...] = ()
    """What is odd about the answer; `order` and `outside` keep it out of the pool."""

    @property
    def amount(self) -> Amount | None:
        """The answer as it enters the assessment; none where it stays out."""
        if self.abstain or {"order", "outside"} & set(self.flags):
            return None
        if self.p05 is None or self.p50 is None or self.p95 is None:
            return None
        return Amount(p05=self.p05, p50=self.p50, p95=self.p95)

    @property
    def is_usable(self) -> bool:
        """Whether the answer enters the assessment."""
        return self.amount is not None
