"""Pages of publishing: preparing, looking, releasing, and what the public sees."""

from __future__ import annotations

import mimetypes
from pathlib import Path

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from custodes_workbench.access import Act, decide
from custodes_workbench.assessments.selectors import facts_of_all
from custodes_workbench.decisions import selectors, services
from custodes_workbench.decisions.models import Publication
from custodes_workbench.decisions.selectors import folder_of
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import rounds_visible_to
from custodes_workbench.web.requests import SignedInRequest


def _round(request: SignedInRequest, slug: str) -> Round:
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    if not decide(Act.PREVIEW_PUBLICATION, facts_of_all(request.user, row)):
        raise Http404
    return row


def _publication(request: SignedInRequest, slug: str, n: int) -> Publication:
    return get_object_or_404(selectors.publications_of(_round(request, slug)), n=n)


@login_required
def publications(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every publication of a round; prepare another."""
    row = _round(request, slug)
    if request.method == "POST":
        made = services.prepare_publication(round_=row, by=request.user)
        messages.info(request, f"Publication {made.n} is being prepared.")
        return redirect("decisions:publications", slug)
    told = {
        "round": row,
        "publications": list(selectors.publications_of(row)),
        "may_publish": bool(decide(Act.PUBLISH, facts_of_all(request.user, row))),
        "reader": request.user,
    }
    return render(request, "decisions/publications.html", told)


@login_required
@require_POST
def release(request: SignedInRequest, slug: str, n: int) -> HttpResponse:
    """Put a prepared site before the public."""
    found = _publication(request, slug, n)
    services.release_publication(publication=found, by=request.user)
    messages.success(request, "It is public.")
    return redirect("decisions:publications", slug)


@login_required
def preview(request: SignedInRequest, slug: str, n: int, path: str) -> HttpResponse:
    """The site exactly as the public will see it."""
    return _file(folder_of(_publication(request, slug, n)), path)


def public(request: HttpRequest, slug: str, path: str) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """What was published of a round, for everybody."""
    found = selectors.published(slug)
    if found is None:
        raise Http404
    return _file(folder_of(found), path or "index.html")


def _file(home: Path, path: str) -> HttpResponse:
    file = (home / path).resolve()
    if not file.is_relative_to(home.resolve()) or not file.is_file():
        raise Http404
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return HttpResponse(file.read_bytes(), content_type=kind)
