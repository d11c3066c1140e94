"""Pages of what audits show of systems, what this does not show first."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from custodes import catalogue
from custodes.evidence import outcome_of
from custodes.exchange import audits_as_toml, result_text
from custodes.systems import System
from custodes_workbench.access import Act, decide
from custodes_workbench.evidence import selectors
from custodes_workbench.evidence.forms import PoolForm
from custodes_workbench.evidence.models import AuditVersion
from custodes_workbench.evidence.records import audit_record, strengths_shown, system_shown
from custodes_workbench.rounds.models import Round
from custodes_workbench.systems.records.systems import ACCESS, safety_told
from custodes_workbench.web.requests import SignedInRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class _Overview:
    """One system in a list."""

    title: str
    url: str
    audits: int
    findings: int
    """Those that nobody has answered."""


def round_or_404(request: HttpRequest, slug: str) -> Round:
    """A round in which the reader sees the evidence on a system; otherwise it is not there."""
    row = selectors.round_with_evidence(request.user, slug)
    if row is None:
        raise Http404
    return row


def system_or_404(request: HttpRequest, row: Round, system_id: str) -> System:
    """A system whose evidence the reader sees; otherwise it is not there."""
    for each in selectors.systems_with_evidence(request.user, row):
        if each.id == system_id:
            return each
    raise Http404


@login_required
@require_safe
def everywhere(request: SignedInRequest) -> HttpResponse:
    """The systems of every round of which the reader sees what audits show."""
    rounds = selectors.rounds_with_evidence(request.user)
    told = [(row, _overviews(request, row)) for row in rounds]
    return render(request, "evidence/everywhere.html", {"rounds": told})


@require_safe
def round_(request: HttpRequest, slug: str) -> HttpResponse:
    """The systems of a round, with how many audits there are of each."""
    row = round_or_404(request, slug)
    told = {
        "round": row,
        "systems": _overviews(request, row),
        "sees_round": _sees_round(request, row),
        "may_take_file": request.user.is_authenticated and _sees_marked(request, row),
    }
    return render(request, "evidence/round.html", told)


def _overviews(request: HttpRequest, row: Round) -> list[_Overview]:
    versions = selectors.audits_visible_to(request.user, row)
    open_ = {each.audit_id for each in selectors.findings_open(versions)}
    found = []
    for system in selectors.systems_with_evidence(request.user, row):
        own = [each for each in versions if each.audit.system_id == system.id]
        found.append(
            _Overview(
                title=system.title,
                url=reverse("evidence:system", args=[row.slug, system.id]),
                audits=sum(not each.withdrawn_because for each in own),
                findings=sum(each.audit_id in open_ for each in own),
            )
        )
    return found


def _sees_marked(request: HttpRequest, row: Round) -> bool:
    """Whether the reader sees what was attested, of every system whose evidence they see."""
    systems = selectors.systems_with_evidence(request.user, row)
    facts = [selectors.facts_on(request.user, row, each.id) for each in systems]
    return all(decide(Act.SEE_MARKED_EVIDENCE, each) for each in facts)


def _sees_round(request: HttpRequest, row: Round) -> bool:
    return bool(decide(Act.SEE_ROUND, selectors.facts_on(request.user, row, "")))


@require_safe
def system(request: HttpRequest, slug: str, system_id: str) -> HttpResponse:
    """What the audits of one system do not show, and then what they do."""
    row = round_or_404(request, slug)
    found = system_or_404(request, row, system_id)
    reader = request.user
    seen = selectors.evidence_seen_by(reader, row)
    versions = [
        each
        for each in selectors.audits_visible_to(reader, row)
        if each.audit.system_id == system_id
    ]
    facts = selectors.facts_on(reader, row, system_id)
    deployers = {"deployers": f"{found.quantities['deployers'].p50:g}"}
    told = {
        "round": row,
        "system": found,
        "seen": seen,
        "shown": seen.record and system_shown(seen.record, system_id),
        "findings": selectors.findings_open(versions),
        "withdrawn": [each for each in versions if each.withdrawn_because],
        "refused": selectors.refused_files_shown_to(reader, row, system_id),
        "may_take_in": bool(decide(Act.TAKE_IN_AUDIT, facts)),
        "strengths": strengths_shown(
            [outcome_of(audit_record(each), found) for each in versions if _counts(each)]
        ).items(),
        "judging": selectors.hazards_to_judge(row, system_id)
        if decide(Act.POOL_STRENGTHS, facts)
        else [],
        "pool_form": PoolForm(),
        "hazards_to_state": list(catalogue.HAZARDS) if decide(Act.EDIT_SYSTEMS, facts) else [],
        "sees_round": _sees_round(request, row),
        "access": ACCESS[found.access],
        "safety": safety_told(found),
        "valley": f"{reverse('systems:scenario', args=['valley'])}?{urlencode(deployers)}",
    }
    return render(request, "evidence/system.html", told)


def _counts(version: AuditVersion) -> bool:
    return not version.withdrawn_because


@require_safe
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as numbers: `evidence.json` of what the reader is told."""
    row = round_or_404(request, slug)
    seen = selectors.evidence_seen_by(request.user, row)
    if seen.record is None:
        raise Http404
    answer = HttpResponse(result_text(seen.record), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="evidence.json"'
    return answer


@login_required
@require_safe
def evidence_file(request: SignedInRequest, slug: str) -> HttpResponse:
    """What was attested, as `evidence/evidence.toml` of a round's folder."""
    row = round_or_404(request, slug)
    if not _sees_marked(request, row):
        raise Http404
    told = [audit_record(each) for each in _standing(request, row)]
    answer = HttpResponse(audits_as_toml(told), content_type="application/toml")
    answer["Content-Disposition"] = 'attachment; filename="evidence.toml"'
    return answer


def _standing(request: HttpRequest, row: Round) -> list[AuditVersion]:
    versions = selectors.audits_visible_to(request.user, row)
    return [each for each in versions if not each.withdrawn_because]
