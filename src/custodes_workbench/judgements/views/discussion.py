"""Pages of the discussion: answers by letter, and threads bound to a question or a claim."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from custodes_workbench.access import Act, decide
from custodes_workbench.efforts.models import Effort
from custodes_workbench.judgements import selectors, services
from custodes_workbench.judgements.forms.discussion import CommentForm
from custodes_workbench.judgements.models import Comment
from custodes_workbench.judgements.records import ASKED, order_of_questions, spoken
from custodes_workbench.judgements.views.places import effort_of
from custodes_workbench.web.requests import SignedInRequest

CLAIM = "claim:"
"""How a thread says that it is about a claim of the explanation."""


def _place(request: SignedInRequest, slug: str, effort_id: str, about: str) -> Effort:
    effort = effort_of(request, slug, effort_id)
    facts = selectors.facts_of_judge(request.user, effort)
    known = about in ASKED or about in _claims(effort)
    if not known or not decide(Act.SEE_ANSWERS, facts):
        raise Http404
    return effort


def _claims(effort: Effort) -> dict[str, str]:
    """What the explanation claims, by the name that a thread has."""
    claims = effort.revision.explanation.get("claims", ())
    return {f"{CLAIM}{each['id']}": str(each.get("claim", each["id"])) for each in claims}


@login_required
def discussion(request: SignedInRequest, slug: str, effort_id: str, about: str) -> HttpResponse:
    """The panel's answers to a question by letter, and what was said about it."""
    effort = _place(request, slug, effort_id, about)
    form = CommentForm(request.POST or None)
    names: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            _post(request, effort, about, form)
        except services.NamesFound as found:
            names = found.names
            kept = request.POST.copy()
            kept["named"] = "\n".join(names)
            form = CommentForm(kept)
        else:
            messages.info(request, "Your comment is posted under your letter.")
            return redirect("judgements:discussion", slug, effort_id, about)
    return _page(request, effort, about, form, names)


def _post(
    request: SignedInRequest,
    effort: Effort,
    about: str,
    form: CommentForm,
) -> None:
    told = form.cleaned_data
    seen = selectors.comments_visible_to(request.user, effort, about)
    parent = seen.filter(pk=told["answers_to"]).first() if told["answers_to"] else None
    services.post_comment(
        effort=effort,
        about=about,
        text=told["text"],
        by=request.user,
        is_question=told["is_question"],
        answers_to=parent,
        named=tuple(told["named"].splitlines()),
    )


def _page(
    request: SignedInRequest,
    effort: Effort,
    about: str,
    form: CommentForm,
    names: tuple[str, ...],
) -> HttpResponse:
    facts = selectors.facts_of_judge(request.user, effort)
    claims = _claims(effort)
    answered = selectors.questions_answered(request.user, effort)
    answers = selectors.panel_answers(request.user, effort, about)
    comments = list(selectors.comments_visible_to(request.user, effort, about))
    told = {
        "round": effort.round,
        "effort": effort,
        "stage": effort.round.stage,
        "about": about,
        "name": spoken(about) if about in ASKED else claims[about],
        "quantity": ASKED.get(about),
        "answers": answers,
        "spread": selectors.spread_of(request.user, effort, about),
        "letter": selectors.own_letter(request.user, effort),
        "sees_each": selectors.sees_each_answer(request.user, effort),
        "sees_discussion": bool(decide(Act.SEE_DISCUSSION, facts)),
        "threads": _threads(comments),
        "form": form,
        "names": names,
        "may_discuss": bool(decide(Act.DISCUSS, facts)),
        "others": [(each, spoken(each)) for each in order_of_questions() if each in answered],
        "claims": claims,
    }
    return render(request, "judgements/discussion.html", told)


def _threads(comments: list[Comment]) -> list[tuple[Comment, list[Comment], uuid.UUID]]:
    """Comments that begin a thread, each with what was answered to it, and a key for its form."""
    first = [each for each in comments if each.answers_to_id is None]
    return [
        (each, [reply for reply in comments if reply.answers_to_id == each.pk], uuid.uuid4())
        for each in first
    ]


@login_required
@require_POST
def mark_answered(
    request: SignedInRequest, slug: str, effort_id: str, comment: uuid.UUID
) -> HttpResponse:
    """Mark a question as answered."""
    effort = effort_of(request, slug, effort_id)
    found = get_object_or_404(selectors.comments_visible_to(request.user, effort), pk=comment)
    services.mark_answered(comment=found, by=request.user)
    return redirect("judgements:discussion", slug, effort_id, found.about)
