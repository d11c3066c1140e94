"""Pages after support: conditions and what became of them, reports, and turns of support."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from custodes_workbench.access import Act, decide
from custodes_workbench.decisions import selectors, services
from custodes_workbench.decisions.forms import ReportForm, SettleForm, TurnForm
from custodes_workbench.decisions.models import Condition, Decision
from custodes_workbench.decisions.records import conditions_of, decision_record
from custodes_workbench.efforts.selectors import efforts_visible_to, facts_about
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.rounds.selectors import rounds_visible_to
from custodes_workbench.web.requests import SignedInRequest


def _decision(request: SignedInRequest, slug: str, effort_id: str) -> Decision:
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    effort = get_object_or_404(efforts_visible_to(request.user, row), effort_id=effort_id)
    found = selectors.decision_about(request.user, effort)
    if (
        found is None
        or not found.released_at
        or not decide(Act.SEE_FOLLOW_UP, facts_about(request.user, effort))
    ):
        raise Http404
    return found


@login_required
def follow_up(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """What became of a decision, and what one can do about it."""
    return _page(request, _decision(request, slug, effort_id))


def _page(
    request: SignedInRequest,
    decision: Decision,
    *,
    form: forms.Form | None = None,
    place: int = 0,
    fault: str = "",
) -> HttpResponse:
    facts = facts_about(request.user, decision.effort)
    record = decision_record(decision)
    today = timezone.localdate()
    goes_on = record.support_is in ("running", "suspended")
    may_settle = goes_on and bool(decide(Act.FOLLOW_UP, facts))
    conditions = [
        {
            "k": number,
            "row": row,
            "is_late": told.is_overdue(today),
            "form": form
            if isinstance(form, SettleForm) and number == place
            else SettleForm(initial={"version": row.version, "state": row.state})
            if may_settle
            else None,
        }
        for number, (row, told) in enumerate(
            zip(decision.conditions.all(), conditions_of(decision), strict=True), start=1
        )
    ]
    report = form if isinstance(form, ReportForm) else _report_form(decision)
    turn = form if isinstance(form, TurnForm) else TurnForm()
    told = {
        "round": decision.effort.round,
        "effort": decision.effort,
        "decision": decision,
        "support_is": record.support_is,
        "conditions": conditions,
        "fault": fault,
        "report_form": report if goes_on and decide(Act.REPORT_ON_CONDITION, facts) else None,
        "turn_form": turn if goes_on and decide(Act.TURN_SUPPORT, facts) else None,
    }
    status = 409 if fault else 400 if form is not None else 200
    return render(request, "decisions/follow_up.html", told, status=status)


def _report_form(decision: Decision, request: SignedInRequest | None = None) -> ReportForm:
    offered = [
        (str(number), each.text) for number, each in enumerate(decision.conditions.all(), start=1)
    ]
    return ReportForm(request.POST if request else None, conditions=offered)


def _condition(decision: Decision, k: int) -> Condition:
    rows = list(decision.conditions.all())
    if not 1 <= k <= len(rows):
        raise Http404
    return rows[k - 1]


@login_required
@require_POST
def settle(request: SignedInRequest, slug: str, effort_id: str, k: int) -> HttpResponse:
    """Say what became of a condition."""
    decision = _decision(request, slug, effort_id)
    row, form = _condition(decision, k), SettleForm(request.POST)
    if not form.is_valid():
        return _page(request, decision, form=form, place=k)
    try:
        services.settle_condition(condition=row, by=request.user, **form.cleaned_data)
    except ChangedMeanwhileError:
        fault = "Somebody else has said what became of this condition; what stands is above."
        return _page(request, decision, form=form, place=k, fault=fault)
    messages.success(request, "This is kept.")
    return redirect("decisions:follow_up", slug, effort_id)


@login_required
@require_POST
def report(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """Keep a report."""
    decision = _decision(request, slug, effort_id)
    form = _report_form(decision, request)
    if not form.is_valid():
        return _page(request, decision, form=form)
    about = form.cleaned_data["condition"]
    services.report_on(
        decision=decision,
        text=form.cleaned_data["text"],
        by=request.user,
        condition=_condition(decision, int(about)) if about else None,
    )
    messages.success(request, "The report is kept.")
    return redirect("decisions:follow_up", slug, effort_id)


@login_required
@require_POST
def turn(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """Extend, suspend or end support."""
    decision, form = _decision(request, slug, effort_id), TurnForm(request.POST)
    if not form.is_valid():
        return _page(request, decision, form=form)
    services.turn_support(decision=decision, by=request.user, **form.cleaned_data)
    messages.success(request, "This is kept.")
    return redirect("decisions:follow_up", slug, effort_id)
