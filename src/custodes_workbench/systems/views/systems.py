"""Pages of the systems of a round: all of them, one, and changing what is said of it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from custodes import catalogue
from custodes.exchange import systems_as_toml
from custodes.systems import BUILT_IN, System
from custodes_workbench.access import Act, decide
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of
from custodes_workbench.rounds.views.setup import visible_round
from custodes_workbench.systems import selectors, services
from custodes_workbench.systems.forms.systems import NewSystemForm, SystemForm, SystemRangeForm
from custodes_workbench.systems.records.systems import (
    ACCESS,
    change_told,
    groups_of,
    safety_told,
)
from custodes_workbench.web.lists import Column, Listing
from custodes_workbench.web.requests import SignedInRequest
from custodes_workbench.web.versions import see_version

COLUMNS = (
    Column("title", "System", link="url"),
    Column("id", "Id"),
    Column("developer", "Developer", choices=True),
    Column("access", "Reached", choices=True),
    Column("safety", "No catastrophe if deployed, %", number=True),
    Column("holders", "Holders", number=True),
    Column("corrected", "Corrected in time, %", number=True),
    Column("version", "Version", number=True),
)


@login_required
@require_safe
def systems(request: SignedInRequest, slug: str) -> HttpResponse:
    """The systems that efforts of a round act on, the built-in one last."""
    row = visible_round(request, slug, Act.SEE_ROUND)
    versions = selectors.versions_now(row)
    found = (*selectors.systems_visible_to(request.user, row), BUILT_IN)
    rows = [_told(row, each, versions.get(each.id, 1)) for each in found]
    listing = Listing(request, COLUMNS, rows, name="systems")
    if listing.wants_file:
        return listing.as_file()
    told = {"round": row, "listing": listing, "may_edit": _may_edit(request, row)}
    return render(request, "systems/systems.html", told)


def _told(row: Round, system: System, version: int) -> dict[str, object]:
    return {
        "id": system.id,
        "title": system.title,
        "url": reverse("systems:system", args=[row.slug, system.id]),
        "developer": system.developer,
        "access": system.access or "not stated",
        "safety": _tenths(100 * safety_told(system)[1]),
        "holders": _tenths(system.quantities["holders"].p50),
        "corrected": _tenths(100 * system.quantities["rollback"].p50),
        "version": version,
    }


def _tenths(value: float) -> float:
    """A number that sorts as one and is short."""
    told = round(value, 1)
    return int(told) if told.is_integer() else told


def _may_edit(request: SignedInRequest, row: Round) -> bool:
    return bool(decide(Act.EDIT_SYSTEMS, facts_of(request.user, row)))


@login_required
@require_safe
def systems_file(request: SignedInRequest, slug: str) -> HttpResponse:
    """The systems of a round as `systems.toml`."""
    row = visible_round(request, slug, Act.SEE_ROUND)
    text = systems_as_toml(selectors.systems_visible_to(request.user, row))
    answer = HttpResponse(text, content_type="application/toml")
    answer["Content-Disposition"] = 'attachment; filename="systems.toml"'
    return answer


@login_required
@require_safe
def system(request: SignedInRequest, slug: str, system_id: str) -> HttpResponse:
    """One system: its safety, access and holders, what can be corrected, and on what ground."""
    row = visible_round(request, slug, Act.SEE_ROUND)
    found = _seen(request, row, system_id)
    deployers = {"deployers": f"{found.quantities['deployers'].p50:g}"}
    told = {
        "round": row,
        "system": found,
        "access": ACCESS[found.access],
        "groups": groups_of(found),
        "safety": safety_told(found),
        "changes": [change_told(each) for each in selectors.changes_of(row, system_id)],
        "version": selectors.version_of(row, system_id),
        "is_built_in": found.id == BUILT_IN.id,
        "may_edit": found.id != BUILT_IN.id and _may_edit(request, row),
        "sees_evidence": found.id != BUILT_IN.id
        and bool(decide(Act.SEE_EVIDENCE, facts_of(request.user, row))),
        "valley": f"{reverse('systems:scenario', args=['valley'])}?{urlencode(deployers)}",
    }
    return render(request, "systems/system.html", told)


def _seen(request: SignedInRequest, row: Round, system_id: str) -> System:
    for each in (*selectors.systems_visible_to(request.user, row), BUILT_IN):
        if each.id == system_id:
            return each
    raise Http404


def _own(request: SignedInRequest, row: Round, system_id: str) -> System:
    """A system that can be changed; the built-in one cannot."""
    found = _seen(request, row, system_id)
    if found.id == BUILT_IN.id:
        raise Http404
    return found


@login_required
def add(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a system; its numbers are the built-in system's until somebody changes them."""
    row = visible_round(request, slug, Act.EDIT_SYSTEMS)
    form = NewSystemForm(request.POST or None)
    if form.is_valid() and form.system is not None:
        try:
            services.add_system(
                round_=row,
                system=form.system,
                by=request.user,
                reason=form.cleaned_data["reason"],
                source=form.cleaned_data["source"],
            )
        except services.IdTakenError:
            form.add_error("id", "the round has a system of this id; give another")
        else:
            messages.success(request, f"{form.system.title} is added.")
            return redirect("systems:system", slug, form.system.id)
    status = 400 if request.method == "POST" else 200
    return render(request, "systems/add.html", {"round": row, "form": form}, status=status)


@login_required
def change(request: SignedInRequest, slug: str, system_id: str) -> HttpResponse:
    """Change what is said of a system besides numbers."""
    row = visible_round(request, slug, Act.EDIT_SYSTEMS)
    found = _own(request, row, system_id)
    n = selectors.version_of(row, system_id)
    initial = {
        "n": n,
        "title": found.title,
        "developer": found.developer,
        "access": found.access,
        "evidence": "|".join(found.evidence),
    }
    form = SystemForm(request.POST or None, system=found, initial=initial)
    conflict = False
    if form.is_valid() and form.system is not None:
        conflict = not _saved(request, row, form, form.system)
        if not conflict:
            return redirect("systems:system", slug, system_id)
        see_version(form, n, name="n")
    told = {"round": row, "system": found, "form": form, "conflict": conflict}
    status = 409 if conflict else 400 if request.method == "POST" else 200
    return render(request, "systems/change.html", told, status=status)


@login_required
def quantity(request: SignedInRequest, slug: str, system_id: str, quantity: str) -> HttpResponse:
    """Change one quantity of a system."""
    row = visible_round(request, slug, Act.EDIT_SYSTEMS)
    found = _own(request, row, system_id)
    if quantity not in found.quantities:
        raise Http404
    n = selectors.version_of(row, system_id)
    amount, asked = found.quantities[quantity], catalogue.QUANTITIES[quantity]
    initial = {"n": n, "p05": amount.p05, "p50": amount.p50, "p95": amount.p95}
    form = SystemRangeForm(request.POST or None, quantity=asked, initial=initial)
    conflict = False
    if form.is_valid() and form.assumption is not None:
        quantities = {**found.quantities, quantity: form.assumption}
        changed = found.model_copy(update={"quantities": quantities})
        conflict = not _saved(request, row, form, changed)
        if not conflict:
            return redirect("systems:system", slug, system_id)
        see_version(form, n, name="n")
    told = {
        "round": row,
        "system": found,
        "quantity": asked,
        "amount": amount,
        "built_in": BUILT_IN.quantities[quantity],
        "form": form,
        "conflict": conflict,
    }
    status = 409 if conflict else 400 if request.method == "POST" else 200
    return render(request, "systems/quantity.html", told, status=status)


def _saved(
    request: SignedInRequest, row: Round, form: SystemForm | SystemRangeForm, changed: System
) -> bool:
    """Whether the change was kept; not where somebody else has saved meanwhile."""
    try:
        made = services.change_system(
            round_=row,
            system=changed,
            by=request.user,
            n=form.cleaned_data["n"],
            reason=form.cleaned_data["reason"],
            source=form.cleaned_data["source"],
        )
    except services.ChangedMeanwhileError:
        return False
    messages.success(request, f"{changed.title} has version {made.n} now.")
    return True
