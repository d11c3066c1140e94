"""Where a page of judging is: its round, effort and question, each as the reader may see it."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from custodes.quantities import Quantity
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import efforts_visible_to
from custodes_workbench.judgements import selectors
from custodes_workbench.judgements.records import ASKED
from custodes_workbench.rounds.selectors import rounds_visible_to
from custodes_workbench.web.requests import SignedInRequest


def effort_of(request: SignedInRequest, slug: str, effort_id: str) -> Effort:
    """An effort that the reader sees, or the page for what is not there."""
    round_ = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    efforts = efforts_visible_to(request.user, round_)
    return get_object_or_404(efforts, effort_id=effort_id)


def judged_effort(request: SignedInRequest, slug: str, effort_id: str) -> Effort:
    """An effort that the reader judges, or the page for what is not there."""
    effort = effort_of(request, slug, effort_id)
    if not selectors.may_judge(request.user, effort):
        raise Http404
    return effort


def quantity_of(name: str) -> Quantity:
    """A question about an effort, or the page for what is not there."""
    if name not in ASKED:
        raise Http404
    return ASKED[name]
