"""The page of a call: what is sought, and how it will be judged."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from custodes_workbench.access import Act, decide
from custodes_workbench.efforts import selectors
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


def call(request: HttpRequest, slug: str) -> HttpResponse:
    """The call of a round; everybody reads it from the call on."""
    row = get_object_or_404(selectors.calls_visible_to(request.user), slug=slug)
    reader = request.user
    told = {
        "round": row,
        "settings": settings_of(row),
        "stages": list(row.stages.all()),
        "worldviews": worldviews_now(row),
        "kinds": definitions(),
        "definitions": tuple(DEFINITIONS.values()),
        "claim_questions": QUESTIONS_OF_A_CLAIM,
        "once_questions": ONCE,
        "problems": tuple(problem for problem, _ in PROBLEMS_ASKED),
        "institution": the_institution(),
        "may_apply": isinstance(reader, User) and bool(decide(Act.APPLY, facts_of(reader, row))),
        "is_open": row.stage_name.value == "call",
    }
    return render(request, "efforts/call.html", told)
