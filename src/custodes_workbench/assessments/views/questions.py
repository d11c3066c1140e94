"""The page of what to ask next."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from custodes.questions import Question
from custodes.reports import in_words, tornado_figure
from custodes.rounds import inputs_sha256
from custodes_workbench.access import Act, decide
from custodes_workbench.assessments import records, selectors
from custodes_workbench.assessments.models import Run
from custodes_workbench.claims.selectors import round_of
from custodes_workbench.rounds.selectors import facts_of, rounds_visible_to
from custodes_workbench.web.requests import SignedInRequest

PICTURED = 5
"""Efforts whose tornado is drawn."""


@login_required
def questions(request: SignedInRequest, slug: str) -> HttpResponse:
    """The newest answer to what to ask next, or the way to it."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    if not selectors.sees_everything(request.user, row):
        raise Http404
    run = selectors.newest_run(row, Run.Kind.ASK)
    facts = facts_of(request.user, row)
    told: dict[str, Any] = {
        "round": row,
        "run": run,
        "may_run": bool(decide(Act.RUN_ASSESSMENT, facts)),
        "may_take": bool(decide(Act.EXPORT_ROUND, facts)),
        "under_way": [
            each
            for each in selectors.runs_visible_to(request.user, row).filter(kind=Run.Kind.ASK)
            if not (each.is_done or each.job.is_over)
        ],
    }
    if run is not None:
        told |= questions_told(run)
        told["is_old"] = run.inputs_sha256 != inputs_sha256(round_of(row))
    return render(request, "assessments/questions.html", told)


def questions_told(run: Run) -> dict[str, Any]:
    """What a page says of a run of this kind.

    Args:
        run: One that is done.
    """
    record = records.questions_of(run)
    titles = {str(each.id): each.title for each in records.inputs_of(run).efforts}
    figures = [
        tornado_figure(each, title=titles[each.effort], verdict=record.verdict)
        for each in record.drivers[:PICTURED]
    ]
    return {
        "questions": record,
        "worth": [
            (each, _about(each, titles), _turns(each))
            for each in record.questions
            if each.distinguishable
        ],
        "unclear": [
            (each, _about(each, titles)) for each in record.questions if not each.distinguishable
        ],
        "tornados": [each for each in figures if each is not None],
        "unit": "ppm" if record.verdict == "risk" else "millionths",
    }


def _about(question: Question, titles: dict[str, str]) -> str:
    kind, _, name = question.effort.partition(":")
    return f"the {kind} {name}" if name else titles.get(question.effort, question.effort)


def _turns(question: Question) -> str:
    """At which values another decision becomes the best one, in words."""
    return "; ".join(
        f"below {each.at:.3g} {in_words(each.below)}, above it {in_words(each.above)}"
        for each in question.flips[:2]
    )
