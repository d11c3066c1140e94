"""The result of an assessment: exactly what `assessment.json` holds."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from custodes.assessment._claims_record import ClaimsRecord
from custodes.assessment._record import EffortAssessment
from custodes.records import Record

UNIT = "probability of a large-scale catastrophe by the horizon"


def _is_none(value: object) -> bool:
    return value is None


class RoundInResult(Record):
    """The round's frame, repeated in its result."""

    title: str
    """Title."""
    institution: str
    """Who decides."""
    budget: float
    """Money of the round."""
    currency: str
    """ISO 4217 code."""
    verdict: str
    """`risk` or `social-value`."""
    worldviews: tuple[str, ...]
    """Worldviews, in order."""
    coherent: bool = True
    """Whether one expert speaks in each world; false: every quantity is pooled by itself, so
    that P(raises risk) may be too low or too high."""


class AssessmentRecord(Record):
    """`assessment.json`."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    schema_: Literal["custodes/assessment/1"] = Field(
        default="custodes/assessment/1", alias="schema"
    )
    """Name and version of this shape."""
    library_version: str
    """Version of Custodes."""
    seed: int
    """Seed; 0 is a seed."""
    samples: int
    """Draws."""
    sampler: Literal["sobol", "monte_carlo"]
    """How the draws were made."""
    inputs_sha256: str
    """Hash of everything that was read."""
    horizon: int
    """The year the risks speak of."""
    unit: str = UNIT
    """Unit of every risk."""
    round: RoundInResult
    """The round's frame."""
    efforts: tuple[EffortAssessment, ...]
    """The efforts, in the order of the file."""
    claims: ClaimsRecord | None = Field(default=None, exclude_if=_is_none)
    """What was claimed of efforts and systems, and how it was assessed; there is no such key
    where the round has no claims."""
