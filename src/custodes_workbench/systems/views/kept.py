"""Pages of the scenarios that are kept in a round."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from custodes.scenarios import SCENARIOS
from custodes_workbench.access import Act
from custodes_workbench.rounds.views.setup import visible_round
from custodes_workbench.systems import selectors, services
from custodes_workbench.systems.forms.scenarios import KeepForm
from custodes_workbench.systems.models import KeptScenario
from custodes_workbench.systems.records.scenarios import (
    drawing_of,
    inputs_of,
    outputs_of,
    record_of,
    spoken,
)
from custodes_workbench.systems.views.scenarios import asked_scenario
from custodes_workbench.web.lists import Column, Listing
from custodes_workbench.web.requests import SignedInRequest

COLUMNS = (
    Column("n", "No.", number=True),
    Column("name", "Case", link="url"),
    Column("scenario", "Scenario", choices=True),
    Column("changed", "What was changed"),
    Column("reason", "Why it was kept"),
    Column("kept_at", "Kept"),
)


@login_required
def keep(request: SignedInRequest, name: str) -> HttpResponse:
    """Keep the case that the address tells in a round."""
    solved = asked_scenario(request, name)
    rounds = selectors.rounds_that_keep(request.user)
    if not rounds:
        raise Http404
    form = KeepForm(request.POST or None, rounds=rounds)
    if form.is_valid():
        try:
            kept = services.keep_scenario(
                round_=form.chosen,
                solved=solved,
                name=form.cleaned_data["name"],
                by=request.user,
                reason=form.cleaned_data["reason"],
            )
        except services.NameTakenError:
            form.add_error("name", "the round has a case of this name; give another")
        else:
            messages.success(request, f"{kept.name} is kept in {form.chosen.title}.")
            return redirect(kept)
    told = {
        "form": form,
        "name": name,
        "about": SCENARIOS[name],
        "record": solved.record,
        "inputs": inputs_of(solved.record),
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "systems/keep.html", told, status=status)


@login_required
@require_safe
def kept(request: SignedInRequest, slug: str) -> HttpResponse:
    """The scenarios kept in a round."""
    row = visible_round(request, slug, Act.SEE_ROUND)
    rows = [_told(each) for each in selectors.kept_visible_to(request.user, row)]
    listing = Listing(request, COLUMNS, rows, name="scenarios-kept")
    if listing.wants_file:
        return listing.as_file()
    may_keep = row in selectors.rounds_that_keep(request.user)
    told = {"round": row, "listing": listing, "may_keep": may_keep}
    return render(request, "systems/kept.html", told)


def _told(row: KeptScenario) -> dict[str, object]:
    changed = ", ".join(f"{spoken(key)} {text}" for key, text in row.typed.items())
    return {
        "n": row.n,
        "name": row.name,
        "url": row.get_absolute_url(),
        "scenario": row.scenario,
        "changed": changed or "nothing",
        "reason": row.reason,
        "kept_at": row.kept_at,
    }


@login_required
@require_safe
def kept_one(request: SignedInRequest, slug: str, n: int) -> HttpResponse:
    """One kept scenario, as it was when it was kept."""
    found = _seen(request, slug, n)
    record = record_of(found)
    query = f"?{urlencode(found.typed)}" if found.typed else ""
    told = {
        "round": found.round,
        "kept": found,
        "about": SCENARIOS[found.scenario],
        "record": record,
        "drawing": drawing_of(record),
        "inputs": inputs_of(record),
        "outputs": outputs_of(record),
        "address": f"{reverse('systems:scenario', args=[found.scenario])}{query}",
    }
    return render(request, "systems/kept_one.html", told)


def _seen(request: SignedInRequest, slug: str, n: int) -> KeptScenario:
    row = visible_round(request, slug, Act.SEE_ROUND)
    return get_object_or_404(selectors.kept_visible_to(request.user, row), n=n)


@login_required
@require_safe
def kept_json(request: SignedInRequest, slug: str, n: int) -> HttpResponse:
    """The kept result, byte for byte."""
    found = _seen(request, slug, n)
    answer = HttpResponse(found.result_json, content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="scenario.json"'
    return answer
