"""How the criteria of independence are asked, and how each answer is said."""

from __future__ import annotations

from collections.abc import Mapping

CRITERIA_ASKED: Mapping[str, str] = {
    "relation": "Relation of those who ran it to the developer",
    "paid_by": "Who pays",
    "scope_set_by": "Who said what is tested",
    "may_publish": "Whether the auditors may publish",
    "saw_before": "Who saw the result before it was handed in",
    "ties_last_24_months": "Ties with the developer in the last 24 months",
}
"""How each criterion of independence is asked."""
ANSWERS: Mapping[str, str] = {
    "": "not stated (counts as the weakest)",
    "public_body": "a public body",
    "independent": "independent",
    "commissioned_by_public": "commissioned by a public body",
    "paid_by_developer": "paid by the developer",
    "developer": "the developer",
    "developer_contractor": "a contractor of the developer",
    "public": "the public",
    "foundation": "a foundation",
    "self": "those who ran it",
    "both": "both",
    "developer_fixed_fee": "the developer, a fixed fee agreed before the result",
    "auditor": "the auditors",
    "regulator": "a regulator",
    "developer_auditor_could_add": "the developer, and the auditors could add",
    "without_consent": "without anybody's consent",
    "with_consent_refusal_published": "with consent, and a refusal is published",
    "with_consent": "with consent",
    "no": "no",
    "nobody": "nobody",
    "developer_for_errors": "the developer, for errors of fact",
    "developer_comments_recorded": "the developer, and its comments are recorded",
    "developer_with_veto": "the developer, with a veto",
    "none": "none",
    "declared_minor": "minor, and declared",
    "staff": "staff",
    "funding": "funding",
    "equity": "equity",
    "several": "several",
}
"""How each answer to a criterion is said."""
