"""What was awarded, as 360Giving JSON with our extension `custodes-risk`, and as a table.

Source: the 360Giving Data Standard (standard.threesixtygiving.org) and its identifier guidance.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from custodes.assessment import EffortAssessment, Result
from custodes.decisions import Decision
from custodes.efforts import Effort
from custodes.reports._edition import Edition
from custodes.reports._sheets import sheet

AWARDS = "awards.csv"
"""The table's name in the site."""
GRANTS = "grants.json"
"""The 360Giving file's name in the site."""
EXTENSION = "custodes-risk"
"""Our extension's name: what an award does to risk, as it was assessed."""
_A_DAY = re.compile(r"[0-9]{4}(-(0[1-9]|1[012])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_OPEN_CALL = {"yes": "Yes", "no": "No", "": ""}
_HEAD = (
    *("Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date"),
    *("Planned Dates:Start Date", "Recipient Org:Identifier", "Recipient Org:Name"),
    *("Funding Org:Identifier", "Funding Org:Name", "Grant Programme:Title"),
    *("From An Open Call?", "Conditions", "Net Mean Before", "Net Mean After"),
    *("P(Raises Risk) Before", "P(Raises Risk) After", "Worldview"),
)


def grants_of(edition: Edition, decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    """The awards as grants of the standard; those without a recipient's name are left out.

    Args:
        edition: What is published.
        decisions: Released decisions about published efforts.
    """
    results = {each.id: each for each in edition.record.efforts}
    supported = [each for each in decisions if each.outcome == "support"]
    found = (_grant(edition, each, results[each.effort]) for each in supported)
    return [each for each in found if each is not None]


def grants_json(edition: Edition, grants: Sequence[Mapping[str, Any]]) -> bytes | None:
    """The 360Giving file; none without an award, or before the institution has identifiers."""
    told = edition.settings.publication
    if not grants or not told.funder_id or not told.grant_prefix:
        return None
    package: dict[str, Any] = {
        "title": f"{edition.settings.title}, {edition.settings.institution}",
        "publisher": {"name": edition.settings.institution, "identifier": told.funder_id},
        "grants": list(grants),
    }
    if told.address:
        package["publisher"]["website"] = told.address
        package["downloadURL"] = f"{told.address}{GRANTS}"
        package["accessURL"] = f"{told.address}decisions.html"
    return f"{json.dumps(package, indent=1, ensure_ascii=False)}\n".encode()


def awards_csv(edition: Edition, decisions: Sequence[Decision]) -> bytes:
    """Every award as a row, with the standard's names for its columns and then ours."""
    first = edition.names[0]
    results = {each.id: each for each in edition.record.efforts}
    rows: list[Sequence[str]] = [_HEAD]
    for each in decisions:
        if each.outcome != "support":
            continue
        effort, result = edition.efforts[each.effort], results[each.effort]
        found = result.worldviews[first]
        recipient = _recipient(edition, effort) or {"id": "", "name": ""}
        rows.append(
            [
                _identifier(edition, each.effort),
                effort.title,
                _description(effort),
                edition.settings.currency,
                repr(_amount(each, result)),
                each.decided_on.isoformat(),
                effort.start if _A_DAY.fullmatch(effort.start) else "",
                recipient["id"],
                recipient["name"],
                edition.settings.publication.funder_id,
                edition.settings.institution,
                edition.settings.title,
                _OPEN_CALL[edition.settings.publication.open_call],
                "|".join(condition.text for condition in each.condition),
                repr(found.before.net.mean),
                repr(found.after.net.mean),
                repr(found.before.p_raises_risk),
                repr(found.after.p_raises_risk),
                first,
            ]
        )
    return sheet(rows)


def _grant(
    edition: Edition, decision: Decision, result: EffortAssessment
) -> dict[str, Any] | None:
    effort, told = edition.efforts[decision.effort], edition.settings.publication
    recipient = _recipient(edition, effort)
    if recipient is None:
        return None
    grant: dict[str, Any] = {
        "id": _identifier(edition, decision.effort),
        "title": effort.title,
        "description": _description(effort),
        "currency": edition.settings.currency,
        "amountAwarded": _amount(decision, result),
        "awardDate": decision.decided_on.isoformat(),
        "recipientOrganization": [recipient],
        "fundingOrganization": [{"id": told.funder_id, "name": edition.settings.institution}],
        "grantProgramme": [{"title": edition.settings.title}],
    }
    if _A_DAY.fullmatch(effort.start):
        grant["plannedDates"] = [{"startDate": effort.start}]
    if told.open_call:
        grant["fromOpenCall"] = _OPEN_CALL[told.open_call]
    if told.address:
        page = f"{told.address}efforts/{edition.pages[decision.effort]}"
        grant["url"] = page
        grant["relatedDocument"] = [
            {"title": "Assessment", "url": page, "documentType": "Assessment"},
            {
                "title": "Decision",
                "url": f"{told.address}decisions.html#decision-{decision.effort}",
                "documentType": "Decision",
            },
        ]
    grant[EXTENSION] = _risk(edition, decision, result)
    return grant


def _risk(edition: Edition, decision: Decision, result: EffortAssessment) -> dict[str, Any]:
    """What our extension says: numbers as probabilities, negative is safer."""
    record = edition.record
    return {
        "unit": record.unit,
        "horizon": record.horizon,
        "basis": result.basis,
        "worldviews": {
            name: {"before": _summary(found.before), "after": _summary(found.after)}
            for name, found in result.worldviews.items()
        },
        "conditions": [condition.text for condition in decision.condition],
        "dissent": [each.text for each in decision.dissent],
        "reasons": decision.reasons,
        "decidedByOnePerson": decision.by_one_person,
        "libraryVersion": record.library_version,
        "seed": record.seed,
        "samples": record.samples,
        "inputsSha256": record.inputs_sha256,
    }


def _summary(result: Result) -> dict[str, float]:
    net = result.net
    return {
        **{name: getattr(net, name) for name in ("mean", "p05", "p50", "p95")},
        "standardError": net.standard_error,
        "pRaisesRisk": result.p_raises_risk,
    }


def _amount(decision: Decision, result: EffortAssessment) -> float:
    return result.cost if decision.amount is None else decision.amount


def _identifier(edition: Edition, effort: str) -> str:
    """Unique for the institution: its prefix, the round and the effort."""
    prefix = edition.settings.publication.grant_prefix
    return "-".join(filter(None, (prefix, _plain(edition.settings.title), effort)))


def _description(effort: Effort) -> str:
    return effort.description or effort.title


def _recipient(edition: Edition, effort: Effort) -> dict[str, str] | None:
    """Who gets the money; an organisation without an identifier gets one of the institution's."""
    name = effort.fiscal_sponsor or effort.applicant or "; ".join(effort.recipients)
    if not name:
        return None
    own = f"{edition.settings.publication.grant_prefix}-ORG:{_plain(name)}"
    return {"id": effort.recipient_id or own, "name": name}


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").lower()
