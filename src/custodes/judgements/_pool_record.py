"""What `pool.json` holds: every question with each expert's range, the pool and the disagreement.

Source: contract; docs/explanation/judgement.md.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from custodes.judgements._disagreement import PanelSpread
from custodes.judgements._pooling import Method
from custodes.quantities import Amount, Shape
from custodes.records import Record

OutBecause = Literal[
    "",
    "flagged",
    "abstained",
    "conflict",
    "weight",
    "wording",
    "method",
    "never pooled",
]
"""Why an answer is not in the pool; empty where it is."""


class PooledNumbers(Record):
    """A pool in four numbers."""

    p05: float
    """5th percentile, in the quantity's unit."""
    p50: float
    """Median."""
    p95: float
    """95th percentile."""
    mean: float
    """Mean."""
    experts: int
    """Answers in it."""


class CurvePoint(Record):
    """One point of a pooled distribution."""

    share: float
    """Probability of a smaller value."""
    value: float
    """The value, in the quantity's unit."""


class ExpertRange(Record):
    """One expert's answer to one question, as it stands in the pool or beside it."""

    expert: str
    """Id."""
    round: Literal[1, 2]
    """1 blind, 2 revised."""
    p05: float | None
    """5th percentile; null where the expert abstained or gave no numbers."""
    p50: float | None
    """Median."""
    p95: float | None
    """95th percentile."""
    weight: float
    """Share of the pool; 0 of one who is not in it."""
    flags: tuple[str, ...]
    """What is odd about the answer."""
    abstain: str
    """Why there is no answer; empty where there is one."""
    out_because: OutBecause
    """Why it is not in the pool; empty where it is."""
    shift: float | None
    """Revised less blind median on the scale; null where one of them is missing."""
    towards_median: bool | None
    """Whether the revision came closer to the blind median of the group; null without a shift."""
    reason: str
    """Why, in the expert's words."""


class AnswerCounts(Record):
    """How many answers a question has, and of which sort."""

    usable: int
    """In the pool."""
    flagged: int
    """Odd in some way, in the pool or out of it."""
    unusable: int
    """Out of it because the numbers do not rise or leave the range."""
    abstained: int
    """Without an answer."""
    set_aside: int
    """Out of it for a conflict."""


class Camp(Record):
    """One of two camps."""

    experts: tuple[str, ...]
    """Who is in it."""
    median: float
    """Median of their medians, in the quantity's unit."""
    pool: PooledNumbers
    """Their linear pool."""


class Camps(Record):
    """The best split of a panel in two; a statistical split is not a fact about people."""

    far_apart: bool
    """Whether both camps must be shown and no single view of the panel quoted."""
    distance: float
    """Upper median less lower median, on the scale."""
    lower: Camp
    """Those with the smaller medians."""
    upper: Camp
    """The others."""


class OtherWording(Record):
    """Answers to another wording of the same question, never pooled with the first."""

    wording: str
    """Which."""
    pool: PooledNumbers | None
    """Its own linear pool; null where no answer is usable."""


class PooledQuestion(Record):
    """One question, its answers and their pool."""

    subject: str
    """What is judged: an effort's id, `system:ID`, `mitigation:ID` or `world:NAME`."""
    quantity: str
    """What was asked."""
    unit: str
    """Unit of every number but those on the scale."""
    scale: Literal["logit", "ln", "mirrored", "identity"]
    """Scale on which pools and spreads are computed."""
    wording: str
    """The wording that the answers in the pool were given to."""
    counts: AnswerCounts
    """How many answers there are."""
    experts: tuple[ExpertRange, ...]
    """Every expert who was heard, in the order of their ids."""
    assumed: Amount | None
    """What stands where nobody answers: the reference class, or what a file states."""
    pool: PooledNumbers | None
    """The pool by the method that was asked for; null where nothing can be pooled: no usable
    answer, or the institution's own assumption about the world, which is never pooled."""
    curve: tuple[CurvePoint, ...]
    """The pool's distribution."""
    refused: str
    """Why the method does not fit this question; then `pool` is the linear one."""
    methods: dict[Method, PooledNumbers]
    """What the other methods give, where they fit."""
    spread: PanelSpread | None
    """Disagreement within and between the experts, on the scale."""
    camps: Camps | None
    """The best split in two camps; null of fewer than four answers."""
    blind: PooledNumbers | None
    """Linear pool of the first answers alone."""
    revised: PooledNumbers | None
    """Linear pool of the answers that stand after the discussion; null where nobody revised."""
    with_conflicted: PooledNumbers | None
    """Linear pool with those who were set aside for a conflict; null where nobody was."""
    other_wordings: tuple[OtherWording, ...]
    """Answers to other wordings."""
    notes: tuple[str, ...]
    """What a reader should know."""


class PoolRecord(Record):
    """What `pool.json` holds."""

    schema_: Literal["custodes/pool/1"] = Field(
        default="custodes/pool/1", alias="schema", serialization_alias="schema"
    )
    """Name and version of this format."""
    library_version: str
    """Version of the library."""
    method: Method
    """How the answers were pooled."""
    judgement_round: Literal[1, 2]
    """1: blind answers only; 2: the last usable answer of each expert."""
    shape: Shape
    """Shape that three numbers took."""
    questions: tuple[PooledQuestion, ...]
    """The questions, by subject and in the order of the catalogue."""
    notes: tuple[str, ...]
    """What a reader should know of all of them."""
