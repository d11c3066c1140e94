"""Pages of what a round assumes: worldviews side by side, and mitigations."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from custodes import catalogue
from custodes.exchange import worldview_as_toml
from custodes.mitigations import library
from custodes.worldviews import PRESETS, Worldview, preset
from custodes_workbench.access import Act, decide
from custodes_workbench.rounds import selectors, services
from custodes_workbench.rounds.forms.assumptions import MitigationForm, RangeForm, WorldviewsForm
from custodes_workbench.rounds.models import Round, RoundWorldview
from custodes_workbench.rounds.records import changed_quantities, mitigations_of, worldview_of
from custodes_workbench.rounds.views.setup import visible_round
from custodes_workbench.web.requests import SignedInRequest
from custodes_workbench.web.versions import see_version


@login_required
def worldviews(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every quantity of the world, the worldviews side by side, and what was changed."""
    row = visible_round(request, slug, Act.SEE_ROUND)
    rows = selectors.worldviews_now(row)
    views = [worldview_of(each) for each in rows]
    may_edit = _may_edit(request, row)
    form = WorldviewsForm(
        request.POST or None,
        request.FILES or None,
        known=[each.name for each in views],
        initial={"version": row.version, "names": [each.name for each in views]},
    )
    conflict = False
    if request.method == "POST":
        if not may_edit:
            raise Http404
        if form.is_valid():
            try:
                services.take_worldviews(
                    round_=row,
                    views=_chosen(form, views),
                    by=request.user,
                    version=form.cleaned_data["version"],
                    reason="read from a file" if form.cleaned_data["file"] else "",
                )
            except services.ChangedMeanwhileError:
                conflict = True
                see_version(form, row.version)
            else:
                messages.success(request, "The round has these worldviews now.")
                return redirect("rounds:worldviews", slug)
    told = {
        "round": row,
        "rows": rows,
        "views": views,
        "quantities": [
            (quantity, [_cell(view, quantity.name) for view in views])
            for quantity in catalogue.quantities_of("world")
        ],
        "may_edit": may_edit,
        "form": form if may_edit else None,
        "conflict": conflict,
        "versions": _versions(row),
    }
    status = 409 if conflict else 400 if request.method == "POST" else 200
    return render(request, "rounds/worldviews.html", told, status=status)


def _chosen(form: WorldviewsForm, views: list[Worldview]) -> list[Worldview]:
    known = {each.name: each for each in views}
    chosen = {name: known.get(name) or preset(name) for name in form.cleaned_data["names"]}
    if form.own:
        chosen[form.own.name] = form.own
    return list(chosen.values())


def _versions(row: Round) -> list[dict[str, object]]:
    """Every later version of a worldview, the newest first, with what it changed."""
    rows = {(each.name, each.n): each for each in row.worldviews.all()}
    later = sorted(
        (each for each in rows.values() if each.n > 1), key=lambda each: each.made_at, reverse=True
    )
    return [
        {
            "row": each,
            "changes": changed_quantities(
                worldview_of(rows[each.name, each.n - 1]), worldview_of(each)
            ),
        }
        for each in later
    ]


def _cell(view: Worldview, name: str) -> dict[str, object]:
    amount = view.quantities[name]
    base = preset(view.base).quantities[name]
    return {
        "view": view.name,
        "amount": amount,
        "changed": (amount.p05, amount.p50, amount.p95) != (base.p05, base.p50, base.p95),
    }


def _may_edit(request: SignedInRequest, row: Round) -> bool:
    return bool(decide(Act.EDIT_WORLDVIEWS, selectors.facts_of(request.user, row)))


def _worldview(row: Round, name: str) -> RoundWorldview:
    for each in selectors.worldviews_now(row):
        if each.name == name:
            return each
    raise Http404


@login_required
def worldview_file(request: SignedInRequest, slug: str, name: str) -> HttpResponse:
    """A worldview as a file for the command line."""
    row = visible_round(request, slug, Act.SEE_ROUND)
    text = worldview_as_toml(worldview_of(_worldview(row, name)))
    answer = HttpResponse(text, content_type="application/toml")
    answer["Content-Disposition"] = f'attachment; filename="{name}.toml"'
    return answer


@login_required
def quantity(request: SignedInRequest, slug: str, name: str, quantity: str) -> HttpResponse:
    """Change one quantity of a worldview; the old version stays."""
    row = visible_round(request, slug, Act.EDIT_WORLDVIEWS)
    current = _worldview(row, name)
    asked = catalogue.QUANTITIES.get(quantity)
    view = worldview_of(current)
    if asked is None or quantity not in view.quantities:
        raise Http404
    amount = view.quantities[quantity]
    form = RangeForm(
        request.POST or None,
        quantity=asked,
        initial={"n": current.n, "p05": amount.p05, "p50": amount.p50, "p95": amount.p95},
    )
    conflict = False
    if form.is_valid() and form.assumption is not None:
        try:
            services.change_worldview(
                round_=row,
                name=name,
                changes={quantity: form.assumption},
                by=request.user,
                n=form.cleaned_data["n"],
                reason=form.cleaned_data["reason"],
            )
        except services.ChangedMeanwhileError:
            conflict = True
            see_version(form, current.n, name="n")
        else:
            messages.success(request, f"{name} has a new version.")
            return redirect("rounds:worldviews", slug)
    told = {
        "round": row,
        "name": name,
        "quantity": asked,
        "amount": amount,
        "shipped": preset(view.base).quantities[quantity] if view.base in PRESETS else None,
        "form": form,
        "conflict": conflict,
    }
    status = 409 if conflict else 400 if request.method == "POST" else 200
    return render(request, "rounds/quantity.html", told, status=status)


@login_required
def mitigations(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every recommendation of the paper, as this round takes it."""
    row = visible_round(request, slug, Act.SEE_ROUND)
    told = {
        "round": row,
        "mitigations": [(each, each != library().get(each.id)) for each in mitigations_of(row)],
        "may_edit": _may_edit(request, row),
    }
    return render(request, "rounds/mitigations.html", told)


@login_required
def mitigation(request: SignedInRequest, slug: str, id_: str) -> HttpResponse:
    """Switch one mitigation on or off, or change its adoption, cost and wording."""
    row = visible_round(request, slug, Act.EDIT_WORLDVIEWS)
    found = next((each for each in mitigations_of(row) if each.id == id_), None)
    if found is None:
        raise Http404
    form = MitigationForm(
        request.POST or None,
        initial={
            "version": row.version,
            "available": found.available,
            "p05": found.adopted.p05,
            "p50": found.adopted.p50,
            "p95": found.adopted.p95,
            "cost_share": found.cost_share,
            "condition": found.condition,
        },
    )
    conflict = False
    if form.is_valid() and (changed := form.changed(found)) is not None:
        try:
            services.change_mitigation(
                round_=row,
                mitigation=changed,
                by=request.user,
                version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"],
            )
        except services.ChangedMeanwhileError:
            conflict = True
            see_version(form, row.version)
        else:
            messages.success(request, f"{found.title} is changed for this round.")
            return redirect("rounds:mitigations", slug)
    told = {"round": row, "mitigation": found, "form": form, "conflict": conflict}
    status = 409 if conflict else 400 if request.method == "POST" else 200
    return render(request, "rounds/mitigation.html", told, status=status)
