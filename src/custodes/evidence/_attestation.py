"""Who ran an audit, for whom, and how independent they were, criterion by criterion.

External auditors add a perspective and have weaker incentives to find that a system can be
deployed (paper p. 23). So their relation is recorded as facts, and never as one self-chosen word.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from custodes.records import Record

Access = Literal["documents", "api", "api_no_safeguards", "activations", "weights", ""]
"""What the auditors had; empty is not stated."""
Grade = Literal["A", "B", "C", "D"]
"""Independence; the lowest criterion decides."""


class Attestation(Record):
    """What somebody signs about an audit; empty is not stated, and counts as the weakest."""

    run_by: str = ""
    """The organisation that ran it; people are named in restricted fields alone."""
    relation: Literal[
        "public_body",
        "independent",
        "commissioned_by_public",
        "paid_by_developer",
        "developer",
        "developer_contractor",
        "",
    ] = ""
    """Its relation to the developer."""
    paid_by: Literal[
        "public", "foundation", "self", "both", "developer_fixed_fee", "developer", ""
    ] = ""
    """Who pays; `developer_fixed_fee` is agreed before the result, `developer` may hang on it."""
    scope_set_by: Literal[
        "auditor", "regulator", "both", "developer_auditor_could_add", "developer", ""
    ] = ""
    """Who said what is tested."""
    may_publish: Literal[
        "without_consent", "with_consent_refusal_published", "with_consent", "no", ""
    ] = ""
    """Whether the auditors may publish."""
    saw_before: Literal[
        "nobody",
        "developer_for_errors",
        "developer_comments_recorded",
        "developer_with_veto",
        "",
    ] = ""
    """Who saw the result before it was handed in."""
    ties_last_24_months: Literal[
        "none", "declared_minor", "staff", "funding", "equity", "several", ""
    ] = ""
    """Ties between auditors and developer."""
    access: Access = ""
    """What the auditors had."""
    signed_by: str = Field(default="", max_length=200)
    """Who signs, by role."""
    signed_on: dt.date | None = None
    """When."""


CRITERIA: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "relation": {
            "public_body": 3,
            "independent": 3,
            "commissioned_by_public": 2,
            "paid_by_developer": 1,
            "developer": 0,
            "developer_contractor": 0,
        },
        "paid_by": {
            "public": 3,
            "foundation": 3,
            "self": 3,
            "both": 2,
            "developer_fixed_fee": 1,
            "developer": 0,
        },
        "scope_set_by": {
            "auditor": 3,
            "regulator": 3,
            "both": 2,
            "developer_auditor_could_add": 1,
            "developer": 0,
        },
        "may_publish": {
            "without_consent": 3,
            "with_consent_refusal_published": 2,
            "with_consent": 1,
            "no": 0,
        },
        "saw_before": {
            "nobody": 3,
            "developer_for_errors": 2,
            "developer_comments_recorded": 1,
            "developer_with_veto": 0,
        },
        "ties_last_24_months": {
            "none": 3,
            "declared_minor": 2,
            "staff": 1,
            "funding": 1,
            "equity": 0,
            "several": 0,
        },
    }
)
"""What each answer to each criterion is worth, from 3, strong, to 0, none."""
GRADES: tuple[Grade, ...] = ("D", "C", "B", "A")
"""The grade of 0, 1, 2, 3."""


class Independence(Record):
    """How independent an audit was."""

    grade: Grade
    """The grade of the lowest criterion; one veto makes the others irrelevant (our assumption)."""
    lowest: tuple[str, ...]
    """The criteria that decide it."""
    not_stated: tuple[str, ...]
    """Criteria that nobody stated; each counts as 0."""


def independence(attestation: Attestation | None) -> Independence:
    """How independent an audit was; D where nobody attested it.

    Args:
        attestation: What was signed, if anything.
    """
    stated = attestation or Attestation()
    points = {name: CRITERIA[name].get(str(getattr(stated, name)), 0) for name in CRITERIA}
    lowest = min(points.values())
    return Independence(
        grade=GRADES[lowest],
        lowest=tuple(name for name, point in points.items() if point == lowest),
        not_stated=tuple(name for name in CRITERIA if not getattr(stated, name)),
    )


def is_external(attestation: Attestation | None) -> bool:
    """Whether somebody other than the developer is said to have run it.

    Args:
        attestation: What was signed, if anything.
    """
    own = ("", "developer", "developer_contractor")
    return attestation is not None and attestation.relation not in own
