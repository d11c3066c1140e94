"""The page of claims, and what an effort's page says of its claims and of more capable systems."""

from __future__ import annotations

from typing import Any

from custodes.assessment import (
    ClaimResult,
    ClaimsRecord,
    EffortAssessment,
    EffortClaims,
    ScalingStatement,
)
from custodes.evidence import SIGNS
from custodes.reports._edition import Edition
from custodes.reports._numbers import tell_change

SCALES_TOLD = {
    "today": "of systems of today",
    "more_capable": "of more capable systems too",
    "not_stated": "it does not say of which systems",
}
"""How a claim's scale is said."""
STANDINGS_TOLD = {
    "": "published",
    "assessing": "being assessed; nothing of it is public yet",
    "with_claimant": "with the claimant, who may reply before it is public",
    "published": "published",
    "revised": "published, and revised",
    "withdrawn": "withdrawn",
}
"""How a claim's standing is said."""
VERDICTS_TOLD = {
    "supported": "supported",
    "partly": "partly supported",
    "unsupported": "not supported",
    "contradicted": "contradicted",
    "cannot_tell": "cannot tell",
}
"""How a verdict is said."""
WASHING_TOLD = {
    "judged": "experts judged it directly, which wins",
    "claims": "computed from its assessed claims",
    "reference class": "the default of its kind: no assessed claim says which cut it claims",
}
"""Where an effort's washing is from."""


def claims_page(edition: Edition, record: ClaimsRecord) -> dict[str, Any]:
    """What the page of claims shows.

    Args:
        edition: What is published.
        record: Its claims.
    """
    return {
        "claims": record,
        "groups": _groups(edition, record),
        **_words(),
    }


def _groups(edition: Edition, record: ClaimsRecord) -> list[dict[str, Any]]:
    """Claims by what they are about: efforts in the order of the result, systems, the field."""
    groups: list[dict[str, Any]] = [
        {
            "title": effort.title,
            "page": f"efforts/{edition.pages[effort.id]}#claims",
            "claims": [each for each in record.claims if each.claim.effort == effort.id],
        }
        for effort in edition.record.efforts
    ]
    rest = [each for each in record.claims if not each.claim.effort]
    groups += [
        {
            "title": edition.systems[name].title,
            "page": "",
            "claims": [each for each in rest if each.claim.system == name],
        }
        for name in dict.fromkeys(each.claim.system for each in rest if each.claim.system)
    ]
    groups.append(
        {
            "title": "About the field",
            "page": "",
            "claims": [each for each in rest if not each.claim.system],
        }
    )
    return [each for each in groups if each["claims"]]


def claims_of_effort(edition: Edition, effort: EffortAssessment) -> dict[str, Any]:
    """What an effort's page says of its claims, and of more capable systems.

    Args:
        edition: What is published.
        effort: The effort.
    """
    record = edition.record.claims
    claims: list[ClaimResult] = []
    own: EffortClaims | None = None
    if record is not None:
        claims = [each for each in record.claims if each.claim.effort == effort.id]
        own = next((each for each in record.efforts if each.effort == effort.id), None)
    statement = next((each for each in edition.statements if each.effort == effort.id), None)
    return {
        "claims": claims,
        "of_claims": own,
        "statement": statement,
        "statement_changes": [] if statement is None else _changes(statement),
        **_words(),
    }


def _changes(statement: ScalingStatement) -> list[tuple[str, list[str]]]:
    """Rows of the table of what saying so changes: a part, and its change by worldview."""
    rows: dict[str, list[str]] = {}
    for change in statement.changes.values():
        for name, step in (*change.parts.items(), ("net", change.net)):
            rows.setdefault(name, []).append(tell_change(step.mean, step.standard_error))
    return list(rows.items())


def _words() -> dict[str, Any]:
    return {
        "SCALES_TOLD": SCALES_TOLD,
        "STANDINGS_TOLD": STANDINGS_TOLD,
        "VERDICTS_TOLD": VERDICTS_TOLD,
        "WASHING_TOLD": WASHING_TOLD,
        "SIGNS": SIGNS,
    }
