"""Pages of the scenarios: one, its picture while it is typed, its files, two side by side."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from custodes.scenarios import SCENARIOS
from custodes_workbench.systems import selectors
from custodes_workbench.systems.forms.scenarios import ScenarioForm
from custodes_workbench.systems.records.scenarios import (
    Solved,
    drawing_of,
    outputs_of,
    problems_of,
    recommendations_on,
    spoken,
)
from custodes_workbench.web.lists import Column, Listing
from custodes_workbench.web.requests import SignedInRequest

COLUMNS = (
    Column("name", "Scenario", link="url"),
    Column("shows", "What it shows"),
    Column("problems", "Problem", choices=True),
    Column("pages", "Pages of the paper"),
)
FIRST, SECOND = "one", "two"
"""Prefixes of the two cases that are compared."""


def known_scenario(request: SignedInRequest, name: str) -> str:
    """The name, if there is such a scenario and the reader may see it; a page not found else."""
    if name not in SCENARIOS or not selectors.sees_scenarios(request.user):
        raise Http404
    return name


def asked_scenario(request: SignedInRequest, name: str) -> Solved:
    """The scenario that an address asks for, solved; a page not found where it asks amiss."""
    form = ScenarioForm(request.GET.dict(), name=known_scenario(request, name))
    if not form.is_valid() or form.solved is None:
        raise Http404
    return form.solved


@login_required
@require_safe
def scenarios(request: SignedInRequest) -> HttpResponse:
    """The scenarios that there are."""
    if not selectors.sees_scenarios(request.user):
        raise Http404
    rows = [
        {
            "name": name,
            "url": reverse("systems:scenario", args=[name]),
            "shows": each.title,
            "problems": problems_of(name),
            "pages": each.pages,
        }
        for name, each in SCENARIOS.items()
    ]
    listing = Listing(request, COLUMNS, rows, name="scenarios")
    if listing.wants_file:
        return listing.as_file()
    return render(request, "systems/scenarios.html", {"listing": listing})


@login_required
@require_safe
def scenario(request: SignedInRequest, name: str) -> HttpResponse:
    """One scenario: its inputs, its picture, what came out, what each measure does."""
    given = request.GET.dict()
    form = ScenarioForm(given, name=known_scenario(request, name))
    if form.is_valid() and form.solved is not None and form.solved.typed != given:
        return redirect(_address("systems:scenario", form.solved))
    told = {
        **_told(form.solved, may_keep=bool(selectors.rounds_that_keep(request.user))),
        "form": form,
        "name": name,
        "about": SCENARIOS[name],
        "problems": problems_of(name),
        "recommendations": recommendations_on(name),
    }
    return render(request, "systems/scenario.html", told, status=400 if form.errors else 200)


@login_required
@require_safe
def solution(request: SignedInRequest, name: str) -> HttpResponse:
    """The picture and the numbers of what is being typed, or what cannot be read in it."""
    form = ScenarioForm(request.GET.dict(), name=known_scenario(request, name))
    form.is_valid()
    told = {
        **_told(form.solved, may_keep=bool(selectors.rounds_that_keep(request.user))),
        "about": SCENARIOS[name],
        "unread": [
            f"{spoken(key)}: {error}" if key in form.fields else error
            for key, errors in form.errors.items()
            for error in errors
        ],
    }
    return render(request, "systems/_solution.html", told)


def _told(solved: Solved | None, *, may_keep: bool) -> dict[str, Any]:
    if solved is None:
        return {}
    return {
        "solved": solved,
        "record": solved.record,
        "drawing": drawing_of(solved.record),
        "outputs": outputs_of(solved.record),
        "measures": [
            {"measure": each, "url": _with_measure(solved, each.set) if each.set else ""}
            for each in solved.record.measures
        ],
        "address": _address("systems:scenario", solved),
        "json_url": _address("systems:scenario_json", solved),
        "drawing_url": _address("systems:scenario_drawing", solved),
        "compare_url": _compare(solved, solved.typed),
        "keep_url": _address("systems:keep", solved) if may_keep else "",
    }


def _address(view: str, solved: Solved) -> str:
    query = f"?{urlencode(solved.typed)}" if solved.typed else ""
    return f"{reverse(view, args=[solved.record.scenario])}{query}"


def _with_measure(solved: Solved, keys: dict[str, float]) -> str:
    return _compare(solved, {**solved.typed, **{key: f"{keys[key]:.15g}" for key in keys}})


def _compare(solved: Solved, other: dict[str, str]) -> str:
    query = {f"{FIRST}-{key}": text for key, text in solved.typed.items()}
    query |= {f"{SECOND}-{key}": text for key, text in other.items()}
    address = reverse("systems:compare", args=[solved.record.scenario])
    return f"{address}?{urlencode(query)}" if query else address


@login_required
@require_safe
def scenario_json(request: SignedInRequest, name: str) -> HttpResponse:
    """The result as `scenario.json`, byte for byte as the command line writes it."""
    text = asked_scenario(request, name).record.as_json()
    answer = HttpResponse(text, content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="scenario.json"'
    return answer


@login_required
@require_safe
def scenario_drawing(request: SignedInRequest, name: str) -> HttpResponse:
    """The picture as a file."""
    drawing = drawing_of(asked_scenario(request, name).record)
    answer = HttpResponse(drawing, content_type="image/svg+xml")
    answer["Content-Disposition"] = f'attachment; filename="{name}.svg"'
    return answer


@login_required
@require_safe
def compare(request: SignedInRequest, name: str) -> HttpResponse:
    """Two cases of one scenario side by side, with their differences."""
    given = request.GET.dict()
    known_scenario(request, name)
    first, second = (ScenarioForm(given, name=name, prefix=each) for each in (FIRST, SECOND))
    are_valid = [each.is_valid() for each in (first, second)]
    told: dict[str, Any] = {
        "name": name,
        "about": SCENARIOS[name],
        "rows": list(zip(first, second, strict=True)),
        "faults": [
            f"{place} case{f', {spoken(key)}' if key in form.fields else ''}: {error}"
            for place, form in (("First", first), ("Second", second))
            for key, errors in form.errors.items()
            for error in errors
        ],
    }
    one, two = first.solved, second.solved
    if all(are_valid) and one is not None and two is not None:
        told |= {
            "cases": [
                {
                    "title": title,
                    "solved": each,
                    "drawing": drawing_of(each.record, prefix=prefix),
                    "url": _address("systems:scenario", each),
                }
                for title, prefix, each in (
                    ("The first case", FIRST, one),
                    ("The second case", SECOND, two),
                )
            ],
            "outputs": outputs_of(one.record, two.record),
        }
    return render(request, "systems/compare.html", told, status=400 if told["faults"] else 200)
