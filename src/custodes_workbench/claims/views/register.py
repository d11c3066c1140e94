"""Pages of the register of claims: all of a round, one, writing one down and changing it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from custodes.exchange import claims_as_csv
from custodes_workbench.access import Act, decide
from custodes_workbench.claims import selectors, services
from custodes_workbench.claims.forms import ClaimForm, NewClaimForm
from custodes_workbench.claims.models import ClaimVersion
from custodes_workbench.claims.records import STANDINGS, claim_record
from custodes_workbench.claims.views.pages import (
    round_or_404,
    shown,
    to_act,
    version_or_404,
)
from custodes_workbench.efforts.records import effort_record
from custodes_workbench.efforts.selectors import efforts_visible_to
from custodes_workbench.evidence.selectors import audits_visible_to
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of
from custodes_workbench.systems.selectors import systems_visible_to
from custodes_workbench.web.lists import Column, Listing
from custodes_workbench.web.requests import SignedInRequest
from custodes_workbench.web.versions import see_version

COLUMNS = (
    Column("text", "Claim", link="url"),
    Column("claimant", "Claimant", choices=True),
    Column("about", "About", choices=True),
    Column("published_at", "Said"),
    Column("standing", "Standing", choices=True),
    Column("verdict", "Verdict", choices=True),
    Column("assessors", "Assessors", number=True),
    Column("kept", "Kept", choices=True),
)


@require_safe
def claims(request: HttpRequest, slug: str) -> HttpResponse:
    """The claims of a round that the reader sees."""
    row = round_or_404(request, slug)
    rows = [_told(request, each) for each in selectors.claims_visible_to(request.user, row)]
    listing = Listing(request, COLUMNS, rows, name="claims")
    if listing.wants_file:
        return listing.as_file()
    told = {
        "round": row,
        "listing": listing,
        "sees_round": bool(decide(Act.SEE_ROUND, facts_of(request.user, row))),
        "may_enter": selectors.may_enter(request.user, row),
    }
    return render(request, "claims/claims.html", told)


def _told(request: HttpRequest, version: ClaimVersion) -> dict[str, object]:
    record = selectors.record_shown_to(request.user, version)
    sees = selectors.sees_assessments(request.user, version)
    counted = {each.assessor_id for each in selectors.answers_counted(version)}
    return {
        "text": record.text,
        "url": version.claim.get_absolute_url(),
        "claimant": record.claimant,
        "about": record.about,
        "published_at": record.published_at,
        "standing": STANDINGS[record.standing],
        "verdict": record.assessment.replace("_", " ") or "none",
        "assessors": len(counted) if sees else None,
        "kept": record.kept or "not known",
    }


@require_safe
def claims_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The claims that the reader sees as `claims.csv`."""
    row = round_or_404(request, slug)
    versions = selectors.claims_visible_to(request.user, row)
    text = claims_as_csv(selectors.record_shown_to(request.user, each) for each in versions)
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="claims.csv"'
    return answer


@require_safe
def claim(request: HttpRequest, slug: str, claim_id: str) -> HttpResponse:
    """One claim: what was said, its signs, what assessors say, and the claimant's reply."""
    return shown(request, version_or_404(request, slug, claim_id))


class Offered(TypedDict):
    """What a form of a claim offers."""

    efforts: list[tuple[str, str]]
    systems: list[tuple[str, str]]
    audits: list[str]


@login_required
def add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Write a claim down, as a draft."""
    row = round_or_404(request, slug)
    if not selectors.may_enter(request.user, row):
        raise Http404
    form = NewClaimForm(request.POST or None, **_offered(request, row))
    if form.is_valid() and form.record is not None:
        try:
            made = services.enter_claim(
                round_=row,
                record=form.record,
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except services.IdTakenError:
            form.add_error("id", "the round has a claim of this id; give another")
        else:
            messages.success(request, f"Claim {made.claim} is written down, as a draft.")
            return redirect(made.claim)
    status = 400 if request.method == "POST" else 200
    return render(request, "claims/add.html", {"round": row, "form": form}, status=status)


@login_required
def change(request: SignedInRequest, slug: str, claim_id: str) -> HttpResponse:
    """Change what is said of a claim; the earlier version is kept."""
    version = to_act(request, slug, claim_id, Act.ENTER_CLAIM)
    record = claim_record(version)
    initial = {**ClaimForm.begins_with(record), "n": version.n}
    offered = _offered(request, version.claim.round, besides=record.evidence)
    form = ClaimForm(request.POST or None, claim_id=claim_id, initial=initial, **offered)
    conflict = False
    if form.is_valid() and form.record is not None:
        try:
            made = services.change_claim(
                version=version,
                record=form.record,
                by=request.user,
                n=form.cleaned_data["n"] or 0,
                reason=form.cleaned_data["reason"],
            )
        except services.ChangedMeanwhileError:
            conflict = True
            see_version(form, version.n, name="n")
        else:
            messages.success(request, f"Claim {claim_id} has version {made.n} now.")
            return redirect(made.claim)
    told = {"round": version.claim.round, "version": version, "form": form, "conflict": conflict}
    status = 409 if conflict else 400 if request.method == "POST" else 200
    return render(request, "claims/change.html", told, status=status)


def _offered(request: SignedInRequest, row: Round, *, besides: Iterable[str] = ()) -> Offered:
    """What a form offers: efforts, systems and audits that the reader sees."""
    efforts = efforts_visible_to(request.user, row)
    audits = [each.audit.audit_id for each in audits_visible_to(request.user, row)]
    return {
        "efforts": [(each.effort_id, effort_record(each).title) for each in efforts],
        "systems": [(each.id, each.title) for each in systems_visible_to(request.user, row)],
        "audits": list(dict.fromkeys([*audits, *besides])),
    }
