"""Pages of what is judged: the strength of tests, and how likely a hazard is."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from custodes import catalogue
from custodes.errors import Fault, InputError
from custodes_workbench.access import Act, decide
from custodes_workbench.evidence import selectors, services
from custodes_workbench.evidence.forms import HazardForm, PoolForm, StrengthForm
from custodes_workbench.evidence.records import audit_record, default_strengths
from custodes_workbench.evidence.views.systems import round_or_404, system_or_404
from custodes_workbench.systems.selectors import version_of
from custodes_workbench.web.requests import SignedInRequest
from custodes_workbench.web.versions import see_version


@login_required
def strength(request: SignedInRequest, slug: str, audit_id: str, hazard: str) -> HttpResponse:
    """How strong one judges an audit's tests to be, blind; one's own answer and no other."""
    row = round_or_404(request, slug)
    version = selectors.audit_visible_to(request.user, row, audit_id)
    if version is None or not selectors.may_judge_strength(request.user, version):
        raise Http404
    record = audit_record(version)
    if hazard not in record.hazards:
        raise Http404
    own = selectors.own_strength(request.user, version.audit, hazard)
    defaults = default_strengths(record, hazard) if own else None
    form = StrengthForm(request.POST or None, defaults=defaults)
    faults: tuple[Fault, ...] = ()
    if form.is_valid():
        try:
            services.judge_strength(
                version=version,
                hazard=hazard,
                judged=form.judged,
                reason=form.cleaned_data["reason"],
                by=request.user,
            )
        except InputError as error:
            faults = error.faults
        else:
            messages.success(request, "Your answer is kept. Nobody sees it before it is closed.")
            return redirect("evidence:strength", slug, audit_id, hazard)
    told = {
        "round": row,
        "version": version,
        "record": record,
        "hazard": hazard,
        "form": form,
        "faults": faults,
        "own": own,
        "others": selectors.strengths_shown_to(request.user, version.audit, hazard),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "evidence/strength.html", told, status=status)


@login_required
@require_POST
def pool(request: SignedInRequest, slug: str, system_id: str, hazard: str) -> HttpResponse:
    """Close the judging of a hazard's tests: pool what was answered into new versions."""
    row = round_or_404(request, slug)
    system_or_404(request, row, system_id)
    if not decide(Act.POOL_STRENGTHS, selectors.facts_on(request.user, row, system_id)):
        raise Http404
    form = PoolForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say why it is closed now; nothing was done.")
        return redirect("evidence:system", slug, system_id)
    try:
        made = services.pool_strengths(
            round_=row,
            system_id=system_id,
            hazard=hazard,
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except InputError as error:
        messages.error(request, f"The answers do not fit together: {error}")
    else:
        messages.success(request, f"{len(made)} audits have a new version.")
    return redirect("evidence:system", slug, system_id)


@login_required
def hazard(request: SignedInRequest, slug: str, system_id: str, hazard: str) -> HttpResponse:
    """State how likely a system has a hazard, and what harm it would do."""
    row = round_or_404(request, slug)
    system = system_or_404(request, row, system_id)
    facts = selectors.facts_on(request.user, row, system_id)
    if hazard not in catalogue.HAZARDS or not decide(Act.EDIT_SYSTEMS, facts):
        raise Http404
    n = version_of(row, system_id)
    stands = system.hazards.get(hazard, {})
    initial = {
        "n": n,
        **{name: f"{a.p05:g} / {a.p50:g} / {a.p95:g}" for name, a in stands.items()},
    }
    form = HazardForm(request.POST or None, initial=initial)
    conflict = False
    if form.is_valid():
        try:
            services.state_hazard(
                round_=row,
                system=system,
                hazard=hazard,
                stated=form.stated,
                by=request.user,
                n=form.cleaned_data["n"],
                reason=form.cleaned_data["reason"],
                source=form.cleaned_data["source"],
            )
        except services.ChangedMeanwhileError:
            conflict = True
            see_version(form, n, name="n")
        else:
            messages.success(request, f"{system.title} has a new version.")
            return redirect("evidence:system", slug, system_id)
    told = {"round": row, "system": system, "hazard": hazard, "form": form, "conflict": conflict}
    status = 409 if conflict else 400 if request.method == "POST" else 200
    return render(request, "evidence/hazard.html", told, status=status)
