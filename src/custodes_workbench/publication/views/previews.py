"""The page that shows a publication as each audience will see it, before it is released."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from custodes_workbench.access import Act, decide
from custodes_workbench.decisions.selectors import publications_of
from custodes_workbench.publication import selectors
from custodes_workbench.publication.rules import AUDIENCES, given_to
from custodes_workbench.rounds.records import settings_of
from custodes_workbench.rounds.selectors import facts_of, rounds_visible_to
from custodes_workbench.web.requests import SignedInRequest


@login_required
def preview(request: SignedInRequest, slug: str, audience: str) -> HttpResponse:
    """What an audience gets of the newest site that is ready, and what is withheld and why."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    asked = next((each for each in AUDIENCES if each.name == audience), None)
    if asked is None or not decide(Act.PREVIEW_PUBLICATION, facts_of(request.user, row)):
        raise Http404
    ready = publications_of(row).exclude(site_sha256="").first()
    pooled = settings_of(row).judgement.published_answers == "pooled"
    told = {
        "round": row,
        "audience": asked,
        "audiences": AUDIENCES,
        "given": given_to(asked, pooled=pooled),
        "ready": ready,
        "withheld": selectors.withheld_from(ready) if ready else [],
    }
    return render(request, "publication/preview.html", told)
