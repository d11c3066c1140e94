"""The page of the history."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render

from custodes_workbench.access import Act, decide
from custodes_workbench.history import selectors
from custodes_workbench.web.lists import Column, Listing
from custodes_workbench.web.requests import SignedInRequest

COLUMNS = (
    Column("n", "No.", number=True),
    Column("at", "When"),
    Column("actor", "Who"),
    Column("role", "In the role"),
    Column("action", "Did what", choices=True),
    Column("object", "To what"),
    Column("round", "Round", choices=True),
    Column("by_one_person", "By one person"),
    Column("hash", "Hash"),
)


@login_required
def entries(request: SignedInRequest) -> HttpResponse:
    """What was done, newest first, with the state of the chain."""
    facts = request.user.facts
    if not decide(Act.READ_HISTORY, facts):
        raise Http404
    listing = Listing(request, COLUMNS, selectors.entries_visible_to(facts), name="history")
    if listing.wants_file:
        return listing.as_file()
    told = {"listing": listing, "verified": selectors.verify_chain()}
    return render(request, "history/entries.html", told)
