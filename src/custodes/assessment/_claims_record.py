"""What was claimed and how it was assessed, as `assessment.json` holds it under `claims`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from custodes.assessment._record import QuantityUsed, Summary
from custodes.assessment._scaling_statement import ScalingStatement
from custodes.evidence import Claim, MovedDefault, WarningSign
from custodes.judgements import Verdict
from custodes.records import Record


class ClaimAssessment(Record):
    """What one assessor says of a claim, in public."""

    expert: str
    """The assessor, as in `judgements.csv`."""
    verdict: Verdict
    """In a word; empty where none was given."""
    p05: float | None
    """5th percentile of P(the claim holds); none where no number was given that can be used."""
    p50: float | None
    """Median."""
    p95: float | None
    """95th percentile."""
    reason: str
    """Why."""
    praise: str
    """What is helpful about the claim."""
    is_set_aside: bool
    """Whether a conflict keeps it out of the pool."""


class AmountTold(Record):
    """A quantity of a claim, as it is used."""

    basis: Literal["judged", "stated", "assumption"]
    """Whether assessors judged it, `claims.csv` states it, or it is our assumption."""
    p05: float
    """5th percentile."""
    p50: float
    """Median."""
    p95: float
    """95th percentile."""


class CorrelationTold(Record):
    """How the benchmark that a claim rests on moves with capability."""

    benchmark: str
    """Its name in the data."""
    name: str
    """Its name for people."""
    r: float
    """Spearman correlation of its safer direction with capability."""
    p05: float
    """5th percentile of the correlation."""
    p95: float
    """95th percentile."""
    models: int
    """Models that were compared."""
    year: int
    """When."""
    source: str
    """Where a reader can check it."""
    capability_share: float = Field(ge=0, le=1)
    """Share of an improvement that is taken as capability and not safety, until judged."""
    worsening_share: float = Field(ge=0, le=1)
    """The same share where more capable models do worse."""
    sign: Literal["rises", "falls", ""]
    """Whether it rises or falls with capability; empty where that is not known."""


class ClaimResult(Record):
    """One claim, how it was assessed, and what it moves."""

    claim: Claim
    """The claim as it is written."""
    assessments: tuple[ClaimAssessment, ...]
    """What each assessor says, last answers, by their ids."""
    verdicts: dict[str, int]
    """How many assessors without a conflict gave each verdict."""
    assessors: int = Field(ge=0)
    """How many of them there are."""
    is_one_assessor: bool
    """Whether one person alone assessed it: two without a conflict are asked for (paper p. 24)."""
    holds: Summary | None
    """P(the claim holds), pooled; none where nobody gave a number that counts."""
    credited: AmountTold | None
    """Share of its audience that credits it."""
    claimed_cut: AmountTold | None
    """The cut that it asserts; none where nobody said which."""
    washing: Summary | None
    """The risk that its audience takes to be cut, and is not; none where it is not known."""
    moves: bool
    """Whether it moves the assessment of its effort."""
    why: str
    """Why, or why not."""
    signs: tuple[WarningSign, ...]
    """Warning signs, one by one."""
    correlation: CorrelationTold | None
    """How its benchmark moves with capability; none where nothing is known."""
    no_sign: str
    """Why its benchmark gives no sign; empty where it gives one or it rests on none."""


class EffortClaims(Record):
    """What the claims about an effort make of its inputs."""

    effort: str
    """The effort."""
    washing_from: Literal["judged", "claims", "reference class"]
    """What its washing is: judged directly, which wins; computed from claims; or its default."""
    washing_used: QuantityUsed
    """The washing as it was used."""
    washing_of_claims: Summary | None
    """The washing that its assessed claims give, used or not; none where none is assessed."""
    left: tuple[str, ...]
    """Claims that are not assessed or do not say their cut; its washing is then at least the
    default."""
    moved: tuple[MovedDefault, ...]
    """Defaults that the benchmarks of its claims move."""
    replaced: tuple[str, ...]
    """Of these, quantities that somebody judged, so that the default stands for nothing."""


class ClaimsRecord(Record):
    """The claims of a round."""

    claims: tuple[ClaimResult, ...]
    """In the order of the file."""
    efforts: tuple[EffortClaims, ...]
    """The efforts that claims are about, in the order of the result."""
    scaling: tuple[ScalingStatement, ...]
    """What these efforts say of more capable systems, and whether it stands."""
    warnings: tuple[str, ...]
    """What travels with every use of a benchmark's correlation."""
