"""Pages of rounds."""

from __future__ import annotations

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from custodes_workbench.access import Act, Purpose, Relation, decide
from custodes_workbench.rounds import selectors
from custodes_workbench.rounds.records import settings_of
from custodes_workbench.web.lists import Column, Listing
from custodes_workbench.web.requests import SignedInRequest

COLUMNS = (
    Column("title", "Round", link="get_absolute_url"),
    Column("institution", "Institution", choices=True),
    Column("stage", "Stage", choices=True),
    Column("made_at", "Started"),
)


@login_required
def rounds(request: SignedInRequest) -> HttpResponse:
    """The rounds that this person sees."""
    rows = selectors.rounds_visible_to(request.user, Purpose.LIST)
    listing = Listing(request, COLUMNS, rows, name="rounds")
    if listing.wants_file:
        return listing.as_file()
    may_start = bool(decide(Act.START_ROUND, request.user.facts))
    return render(request, "rounds/rounds.html", {"listing": listing, "may_start": may_start})


@login_required
def round_(request: SignedInRequest, slug: str) -> HttpResponse:
    """One round: where it is, and what this person can do."""
    row = get_object_or_404(selectors.rounds_visible_to(request.user), slug=slug)
    facts = selectors.facts_of(request.user, row)
    told = {
        "round": row,
        "settings": settings_of(row),
        "stages": list(row.stages.all()),
        "worldviews": selectors.worldviews_now(row),
        "may": {act.name: bool(decide(act, facts)) for act in Act},
        "sees_evidence": bool(
            decide(Act.SEE_EVIDENCE, replace(facts, relation=Relation.ASSIGNED))
        ),
        "sees_claims": any(
            decide(Act.SEE_CLAIM, replace(facts, relation=relation))
            for relation in (Relation.STRANGER, Relation.ASSIGNED)
        ),
        "sees_own_results": bool(
            decide(Act.SEE_RESULTS, replace(facts, relation=Relation.ASSIGNED))
        ),
    }
    return render(request, "rounds/round.html", told)
