"""Pages of the history: its entries for those who may read them, its roots for everybody."""

from __future__ import annotations

from importlib import resources

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render

from custodes_workbench.access import Act, decide
from custodes_workbench.history import selectors
from custodes_workbench.history.records import root_file
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
ROOTS = (
    Column("n", "Last entry", number=True, link="get_absolute_url"),
    Column("at", "Signed"),
    Column("hash", "Hash"),
    Column("key", "Key"),
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
    told = {
        "listing": listing,
        "verified": selectors.verify_chain(),
        "newest": selectors.roots().first(),
    }
    return render(request, "history/entries.html", told)


@login_required
def chain(request: SignedInRequest) -> StreamingHttpResponse:
    """The chain as a file, without what was said: what `check_history.py` reads."""
    if not decide(Act.READ_HISTORY, request.user.facts):
        raise Http404
    lines = selectors.chain_lines()
    return StreamingHttpResponse(
        lines, content_type="application/jsonl", headers=_as("chain.jsonl")
    )


def roots(request: HttpRequest) -> HttpResponse:
    """Every signed root, for anybody to keep."""
    listing = Listing(request, ROOTS, selectors.roots(), name="roots")
    if listing.wants_file:
        return listing.as_file()
    return render(request, "history/roots.html", {"listing": listing})


def root(request: HttpRequest, n: int) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """A signed root as the file to keep."""
    told = root_file(get_object_or_404(selectors.roots(), n=n))
    return HttpResponse(told, content_type="application/json", headers=_as(f"root-{n}.json"))


def check(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """The script that checks a chain against a root, without this workbench."""
    told = resources.files(__package__).joinpath("check_history.py").read_text("utf-8")
    return HttpResponse(told, content_type="text/plain", headers=_as("check_history.py"))


def _as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
