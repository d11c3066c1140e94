"""Pages of choosing: a choice with its limits, what-if beside it, and the one that is proposed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from custodes.reports import frontier_figure
from custodes_workbench.access import Act, Relation, decide, require
from custodes_workbench.assessments import records, selectors, services
from custodes_workbench.assessments.forms import ChoiceForm, ProposeForm
from custodes_workbench.assessments.models import Run
from custodes_workbench.efforts.selectors import efforts_visible_to
from custodes_workbench.rounds.records import settings_of
from custodes_workbench.rounds.selectors import rounds_visible_to
from custodes_workbench.web.requests import SignedInRequest

SHOWN = 6
"""Choices that stand beside each other."""


@login_required
def choose(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask for a choice; every choice so far beside each other."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    facts = selectors.facts_of_all(request.user, row)
    if not decide(Act.SEE_CHOICE, replace(facts, relation=Relation.STRANGER)):
        raise Http404
    require(decide(Act.SEE_CHOICE, facts))
    may_choose = decide(Act.CHOOSE, facts)
    efforts = [(each.effort_id, each.title) for each in efforts_visible_to(request.user, row)]
    form = ChoiceForm(request.POST if request.method == "POST" else None, efforts=efforts)
    if request.method == "POST":
        require(may_choose)
    if request.method == "POST" and form.is_valid():
        options = form.options(settings_of(row))
        run = services.start_run(
            round_=row, kind=Run.Kind.CHOOSE, by=request.user, options=options
        )
        return redirect(run)
    runs = selectors.runs_visible_to(request.user, row).filter(kind=Run.Kind.CHOOSE)
    titles = dict(efforts)
    told = {
        "round": row,
        "form": form,
        "may_choose": bool(may_choose),
        "settings": settings_of(row),
        "choices": [
            (each, records.choice_of(each), records.options_in_words(each, titles=titles))
            for each in runs.exclude(result_sha256="").order_by("-is_proposal", "-asked_at")[
                :SHOWN
            ]
        ],
        "waiting": [each for each in runs[:SHOWN] if not (each.is_done or each.job.is_over)],
    }
    return render(request, "assessments/choose.html", told, status=400 if form.errors else 200)


def choice_told(run: Run) -> dict[str, Any]:
    """What a page says of a choice that is done.

    Args:
        run: The choice.
    """
    inputs = records.inputs_of(run)
    titles = {str(each.id): each.title for each in inputs.efforts}
    named = {str(each.id): each.title for each in inputs.mitigations}
    choice = records.choice_of(run)
    proposal = selectors.proposal_of(run.round)
    told: dict[str, Any] = {
        "choice": choice,
        "chosen": [
            (each, titles[each.id], [named.get(name, name) for name in each.conditions])
            for each in choice.chosen
        ],
        "not_chosen": [(each, titles[each.id]) for each in choice.not_chosen],
        "together": [
            {"name": name, "result": result, "cvar": choice.cvar[name]}
            for name, result in choice.portfolio.items()
        ],
        "views": [
            ("as chosen" if name == "chosen" else f"best for {name}", [*values.values()])
            for name, values in choice.worldviews.objective.items()
            if len(choice.asked.worldviews) > 1
        ],
        "robust": [titles[each] for each in choice.worldviews.in_all],
        "in_some": [titles[each] for each in choice.worldviews.in_some],
        "enters": [titles[each] for each in choice.next_million.enters],
        "leaves": [titles[each] for each in choice.next_million.leaves],
        "options": records.options_in_words(run, titles=titles),
        "figure": frontier_figure(choice),
        "unit": "ppm" if choice.verdict == "risk" else "millionths",
        "cvar_worst": 1 - (choice.asked.cvar_level or 0.95),
    }
    if proposal is not None and proposal.pk != run.pk:
        other = records.choice_of(proposal)
        told |= {
            "proposal": proposal,
            "proposed": other,
            "beside": records.beside(choice, other, titles=titles),
        }
    return told


@login_required
@require_POST
def propose(request: SignedInRequest, slug: str, n: int) -> HttpResponse:
    """Make a choice the one that the decision makers are proposed."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    runs = selectors.runs_visible_to(request.user, row).exclude(result_sha256="")
    run = get_object_or_404(runs, kind=Run.Kind.CHOOSE, n=n)
    form = ProposeForm(request.POST)
    if not form.is_valid():
        told = {"round": row, "run": run, "job": run.job, "form": form, "may_choose": True}
        told |= choice_told(run)
        return render(request, "assessments/choice.html", told, status=400)
    services.propose(run=run, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, f"Choice {run.n} is proposed to the decision makers.")
    return redirect(run)
