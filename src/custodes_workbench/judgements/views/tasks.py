"""Pages of an expert's tasks: their efforts, the questions of one, and handing in."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from custodes_workbench.access import Act, decide
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.records import effort_record
from custodes_workbench.judgements import selectors, services
from custodes_workbench.judgements.models import Answer, Draft
from custodes_workbench.judgements.records import MAIN, groups, order_of_questions, spoken
from custodes_workbench.judgements.views.places import judged_effort
from custodes_workbench.web.requests import SignedInRequest


@login_required
def my_tasks(request: SignedInRequest) -> HttpResponse:
    """What the reader judges, with deadline and state; nothing about others."""
    return render(request, "judgements/tasks.html", {"rounds": selectors.tasks_of(request.user)})


@login_required
def questions(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """The questions about an effort, and how far the reader is with them."""
    effort = judged_effort(request, slug, effort_id)
    opened = selectors.answer_round_of(effort.round)
    answer_round = opened or 1
    answers = selectors.own_answers(request.user, effort)
    drafts = selectors.own_drafts(request.user, effort, answer_round)
    assignment = selectors.own_assignment(request.user, effort)
    facts = selectors.facts_of_judge(request.user, effort)
    told = {
        "round": effort.round,
        "effort": effort,
        "record": effort_record(effort),
        "stage": effort.round.stage,
        "answer_round": opened,
        "groups": [
            (
                group,
                [
                    (each, spoken(each.name), _state(each.name, answer_round, answers, drafts))
                    for each in group.quantities
                ],
            )
            for group in groups()
        ],
        "answered": sum(given == answer_round for _, given in answers),
        "typed": sum(each.answer_id is None for each in drafts.values()),
        "handed_in": assignment is not None and _handed_in(assignment, answer_round),
        "sees_answers": bool(decide(Act.SEE_ANSWERS, facts)),
        "discussed": _first_answered(request, effort),
        "sees_pooled": bool(decide(Act.SEE_POOLED, facts)),
    }
    return render(request, "judgements/questions.html", told)


def _first_answered(request: SignedInRequest, effort: Effort) -> str:
    """Where the discussion is entered: the first question that somebody answered."""
    answered = selectors.questions_answered(request.user, effort)
    return next((each for each in order_of_questions() if each in answered), MAIN[0])


def _handed_in(assignment: object, answer_round: int) -> bool:
    field = "handed_in_at" if answer_round == 1 else "revised_at"
    return getattr(assignment, field) is not None


def _state(
    name: str,
    answer_round: int,
    answers: Mapping[tuple[str, int], Answer],
    drafts: Mapping[str, Draft],
) -> str:
    """How far a question is, in words."""
    answer, draft = answers.get((name, answer_round)), drafts.get(name)
    if draft is not None and draft.answer_id is None:
        return "typed, not saved as an answer"
    if answer is None:
        first = answer_round > 1 and (name, 1) in answers
        return "your first answer stands" if first else "no answer"
    if answer.record.get("abstain"):
        return "abstained"
    return "revised" if answer_round > 1 else "answered"


@login_required
@require_POST
def hand_in(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """Hand in the reader's answers to an effort."""
    effort = judged_effort(request, slug, effort_id)
    services.hand_in(effort=effort, by=request.user)
    messages.info(
        request,
        "Your answers to this effort are handed in. You can replace one until the stage closes.",
    )
    return redirect("judgements:questions", slug, effort_id)
