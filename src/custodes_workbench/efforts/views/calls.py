"""The page of a call: what is sought, and how it will be judged."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from custodes_workbench.access import Act, decide
from custodes_workbench.efforts import selectors, services
from custodes_workbench.efforts.forms.calling import CallForm
from custodes_workbench.efforts.records import (
    DEFINITIONS,
    ONCE,
    PROBLEMS_ASKED,
    QUESTIONS_OF_A_CLAIM,
    definitions,
)
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import the_institution
from custodes_workbench.rounds.records import settings_of
from custodes_workbench.rounds.selectors import facts_of, worldviews_now
from custodes_workbench.web.requests import SignedInRequest


def call(request: HttpRequest, slug: str) -> HttpResponse:
    """The call of a round; everybody reads it from the call on."""
    row = get_object_or_404(selectors.calls_visible_to(request.user), slug=slug)
    reader = request.user
    told = {
        "round": row,
        "settings": settings_of(row),
        "stages": [each for each in row.stages.all() if each.opens_at or each.closes_at],
        "worldviews": worldviews_now(row),
        "kinds": definitions(),
        "definitions": tuple(DEFINITIONS.values()),
        "claim_questions": QUESTIONS_OF_A_CLAIM,
        "once_questions": ONCE,
        "problems": tuple(problem for problem, _ in PROBLEMS_ASKED),
        "institution": the_institution(),
        "may_apply": isinstance(reader, User) and bool(decide(Act.APPLY, facts_of(reader, row))),
        "text": selectors.text_of_call(row),
        "may_write": bool(decide(Act.SET_UP_ROUND, facts_of(reader, row))),
        "is_open": row.stage_name.value == "call",
    }
    return render(request, "efforts/call.html", told)


@login_required
def write(request: SignedInRequest, slug: str) -> HttpResponse:
    """Say what the call seeks."""
    row = get_object_or_404(selectors.calls_visible_to(request.user), slug=slug)
    if not decide(Act.SET_UP_ROUND, facts_of(request.user, row)):
        raise Http404
    text = selectors.text_of_call(row)
    initial = {"version": text.version, "sought": text.sought, "published": text.published}
    form = CallForm(request.POST or None, initial=initial)
    conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            services.write_call(round_=row, by=request.user, **form.cleaned_data)
        except services.ChangedMeanwhileError:
            conflict = True
            fresh = request.POST.copy()
            fresh["version"] = str(text.version)
            form = CallForm(fresh)
        else:
            messages.success(request, "The call is saved.")
            return redirect("efforts:call", slug)
    told = {"round": row, "form": form, "conflict": conflict, "text": text}
    status = 409 if conflict else 400 if form.errors else 200
    return render(request, "efforts/write_call.html", told, status=status)
