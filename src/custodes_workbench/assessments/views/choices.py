"""Pages of choosing: a choice with its limits, what-if beside it, and the one that is proposed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from custodes_workbench.access import Act, decide, require
from custodes_workbench.assessments import selectors, services
from custodes_workbench.assessments.forms import ChoiceForm, ProposeForm
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.records import choice_of
from custodes_workbench.efforts.selectors import efforts_visible_to
from custodes_workbench.rounds.records import settings_of
from custodes_workbench.rounds.selectors import facts_of, rounds_visible_to
from custodes_workbench.web.requests import SignedInRequest


@login_required
def choose(request: SignedInRequest, slug: str) -> HttpResponse:
    """Ask for a choice; every choice so far beside each other."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    if not decide(Act.SEE_CHOICE, facts_of(request.user, row)):
        raise Http404
    facts = selectors.facts_of_all(request.user, row)
    require(decide(Act.SEE_CHOICE, facts))
    may_choose = decide(Act.CHOOSE, facts)
    efforts = [(each.effort_id, each.title) for each in efforts_visible_to(request.user, row)]
    form = ChoiceForm(request.POST or None, efforts=efforts)
    if request.method == "POST":
        require(may_choose)
    if request.method == "POST" and form.is_valid():
        options = form.options(settings_of(row))
        run = services.start_run(
            round_=row, kind=Run.Kind.CHOOSE, by=request.user, options=options
        )
        return redirect(run)
    done = selectors.runs_visible_to(request.user, row).filter(kind=Run.Kind.CHOOSE)
    told = {
        "round": row,
        "form": form,
        "may_choose": bool(may_choose),
        "settings": settings_of(row),
        "choices": [(each, choice_of(each)) for each in done.exclude(result_sha256="")[:6]],
        "waiting": list(done.filter(result_sha256="")[:6]),
    }
    return render(request, "assessments/choose.html", told)


@login_required
@require_POST
def propose(request: SignedInRequest, slug: str, n: int) -> HttpResponse:
    """Make a choice the one that the decision makers are proposed."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    runs = selectors.runs_visible_to(request.user, row).exclude(result_sha256="")
    run = get_object_or_404(runs, kind=Run.Kind.CHOOSE, n=n)
    form = ProposeForm(request.POST)
    if not form.is_valid():
        told = {"round": row, "run": run, "job": run.job, "choice": choice_of(run)}
        told |= {"form": form, "may_choose": True}
        return render(request, "assessments/choice.html", told, status=400)
    services.propose(run=run, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, f"Choice {run.n} is proposed to the decision makers.")
    return redirect(run)
