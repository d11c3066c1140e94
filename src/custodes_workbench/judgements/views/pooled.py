"""The page of an effort's pooled judgement."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render

from custodes_workbench.access import Act, decide
from custodes_workbench.judgements import selectors, services
from custodes_workbench.judgements.records import ASKED, spoken
from custodes_workbench.judgements.views.places import effort_of
from custodes_workbench.web.requests import SignedInRequest


@login_required
def pooled(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """What the panel thinks together, how far it is apart, and by which method."""
    effort = effort_of(request, slug, effort_id)
    if not decide(Act.SEE_POOLED, selectors.facts_of_judge(request.user, effort)):
        raise Http404
    if not selectors.sees_each_answer(request.user, effort):
        services.release_pools(effort=effort, by=request.user)
    found = selectors.pooled_visible_to(request.user, effort)
    heard = {each.question.quantity for each in found if each.question.pool or each.withheld}
    told = {
        "round": effort.round,
        "effort": effort,
        "questions": [(each, spoken(each.question.quantity)) for each in found],
        "withheld": selectors.WITHHELD,
        "basis": selectors.basis_of(heard),
        "unasked": [spoken(name) for name in ASKED if name not in heard],
        "each_answer": selectors.sees_each_answer(request.user, effort),
    }
    return render(request, "judgements/pooled.html", told)
