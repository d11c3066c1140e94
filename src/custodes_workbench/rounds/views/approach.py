"""The page of the approach: its published versions, and the draft for those who write it."""

from __future__ import annotations

import difflib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from custodes_workbench.access import Act, decide
from custodes_workbench.people.models import User
from custodes_workbench.rounds import selectors, services
from custodes_workbench.rounds.forms.approach import ApproachForm
from custodes_workbench.web.versions import see_version


def approach(request: HttpRequest) -> HttpResponse:
    """What was published, newest first; the draft where the reader writes it."""
    versions = list(selectors.approaches_visible_to(request.user))
    published = [each for each in versions if each.published_at]
    draft = next((each for each in versions if not each.published_at), None)
    may_write = isinstance(request.user, User) and bool(
        decide(Act.WRITE_APPROACH, request.user.facts)
    )
    form, conflict = None, False
    if may_write:
        text = draft.text if draft else published[0].text if published else ""
        initial = {"version": draft.version if draft else 0, "text": text}
        form = ApproachForm(request.POST or None, initial=initial)
    if request.method == "POST":
        if form is None or not isinstance(request.user, User):
            raise Http404
        if form.is_valid():
            try:
                services.write_approach(by=request.user, **form.cleaned_data)
            except services.ChangedMeanwhileError:
                conflict = True
                see_version(form, draft.version if draft else 0)
            else:
                messages.success(request, "The draft is saved.")
                return redirect("rounds:approach")
    told = {
        "published": published,
        "draft": draft,
        "form": form,
        "conflict": conflict,
        "differences": _differences(published[0].text, draft.text) if draft and published else [],
        "versions": [
            (each, _differences(before, each.text) if before else [])
            for each, before in zip(
                published, [*(each.text for each in published[1:]), ""], strict=False
            )
        ],
        "reader": request.user,
    }
    status = 409 if conflict else 400 if request.method == "POST" else 200
    return render(request, "rounds/approach.html", told, status=status)


def _differences(before: str, after: str) -> list[str]:
    """What one text changes in another, line by line, marked by + and -."""
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), "before", "after", lineterm=""
    )
    return list(lines)


@require_POST
def step(request: HttpRequest, what: str) -> HttpResponse:
    """Propose the draft, or publish what somebody else proposed."""
    steps = {"propose": services.propose_approach, "publish": services.confirm_approach}
    if what not in steps or not isinstance(request.user, User):
        raise Http404
    if not decide(Act.WRITE_APPROACH, request.user.facts):
        raise Http404
    steps[what](by=request.user)
    return redirect("rounds:approach")
