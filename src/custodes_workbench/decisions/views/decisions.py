"""Pages of decisions: the list, one page each, its release, and its memo."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from custodes_workbench.access import Act, Purpose, decide
from custodes_workbench.decisions import selectors, services
from custodes_workbench.decisions.forms import DecisionForm, StandsForm, as_it_stands
from custodes_workbench.decisions.memo import memo_as_pdf
from custodes_workbench.decisions.models import Decision
from custodes_workbench.decisions.tables import COLUMNS, decision_rows
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.records import effort_record
from custodes_workbench.efforts.selectors import efforts_visible_to, facts_about
from custodes_workbench.efforts.selectors.standing_in import nobody_decides, substitute_decides
from custodes_workbench.judgements.selectors.panel import (
    published_conflicts,
    touched_by_conflict,
)
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import mitigations_of
from custodes_workbench.rounds.selectors import facts_of, rounds_visible_to
from custodes_workbench.web.lists import Listing
from custodes_workbench.web.requests import SignedInRequest


def _round(request: SignedInRequest, slug: str) -> Round:
    return get_object_or_404(rounds_visible_to(request.user), slug=slug)


def _effort(request: SignedInRequest, slug: str, effort_id: str) -> Effort:
    row = _round(request, slug)
    found = get_object_or_404(efforts_visible_to(request.user, row), effort_id=effort_id)
    if not decide(Act.SEE_DECISION, facts_about(request.user, found)):
        raise Http404
    return found


@login_required
def decisions(request: SignedInRequest, slug: str) -> HttpResponse:
    """Every effort of a round with what was decided about it."""
    row = _round(request, slug)
    facts = facts_of(request.user, row)
    if not decide(Act.SEE_DECISION, facts):
        raise Http404
    efforts = list(efforts_visible_to(request.user, row, Purpose.LIST))
    costs = {each.effort_id: effort_record(each).cost.p50 for each in efforts}
    seen = selectors.decisions_visible_to(request.user, row)
    listing = Listing(
        request, COLUMNS, decision_rows(efforts, seen, costs=costs), name="decisions"
    )
    if listing.wants_file:
        return listing.as_file()
    told = {
        "round": row,
        "listing": listing,
        "may_preview": bool(decide(Act.PREVIEW_PUBLICATION, facts)),
    }
    return render(request, "decisions/decisions.html", told)


@login_required
def decision(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """One page for one decision: what is at stake, what was decided, and the form."""
    effort = _effort(request, slug, effort_id)
    current = selectors.decision_about(request.user, effort)
    may_decide = selectors.may_decide_on(request.user, effort)
    result = selectors.assessed(effort)
    recommended = result[1].conditions if result else ()
    form = DecisionForm(
        request.POST or None,
        initial=as_it_stands(current, recommended),
        mitigations=mitigations_of(effort.round),
    )
    conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            services.record_decision(
                effort=effort,
                given=form.given(),
                by=request.user,
                version=form.cleaned_data["version"],
            )
        except ChangedMeanwhileError:
            conflict = True
        else:
            messages.success(request, "The decision is written down. It is pending.")
            return redirect("decisions:decision", slug, effort_id)
    told = {
        **_stakes(request, effort, current),
        "form": form if may_decide and not (current and current.released_at) else None,
        "conflict": conflict,
        "stands_form": _stands_form(request, effort, current),
        "substitute_decides": substitute_decides(effort),
        "nobody_decides": bool(nobody_decides(effort.round, [effort])),
        "may_release": bool(decide(Act.RELEASE_DECISION, facts_about(request.user, effort))),
    }
    status = 409 if conflict else 400 if request.method == "POST" else 200
    return render(request, "decisions/decision.html", told, status=status)


def _stands_form(
    request: SignedInRequest, effort: Effort, current: Decision | None
) -> StandsForm | None:
    may = decide(Act.SAY_IF_STANDS, facts_about(request.user, effort))
    if current is None or not may or not touched_by_conflict(effort):
        return None
    initial = {"version": current.version, "stands": current.stands}
    return StandsForm(initial=initial | {"because": current.stands_because}, auto_id="stands-%s")


@login_required
@require_POST
def stands(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """Say whether a decision stands that a conflict touches."""
    effort = _effort(request, slug, effort_id)
    current = get_object_or_404(
        selectors.decisions_visible_to(request.user, effort.round), effort=effort
    )
    form = StandsForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose whether it stands, and say why.")
        return redirect("decisions:decision", slug, effort_id)
    told = form.cleaned_data
    try:
        services.say_if_stands(
            decision=current,
            stands=told["stands"],
            because=told["because"],
            by=request.user,
            version=told["version"],
        )
    except ChangedMeanwhileError:
        messages.error(request, "The decision changed meanwhile; look at it again.")
    else:
        messages.success(request, "It is said, and stands with the decision when published.")
    return redirect("decisions:decision", slug, effort_id)


def _stakes(
    request: SignedInRequest, effort: Effort, current: Decision | None
) -> dict[str, object]:
    result = selectors.assessed(effort)
    return {
        "round": effort.round,
        "effort": effort,
        "record": effort_record(effort),
        "decision": current,
        "run": result[0] if result else None,
        "result": result[1] if result else None,
        "blocks": selectors.what_blocks(effort),
        "touched": touched_by_conflict(effort),
        "conflicts": published_conflicts(effort),
        "is_own": bool(current and current.decided_by_id == request.user.pk),
    }


@login_required
@require_POST
def release(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """Let a decision out."""
    effort = _effort(request, slug, effort_id)
    current = get_object_or_404(
        selectors.decisions_visible_to(request.user, effort.round), effort=effort
    )
    version = request.POST.get("version", "")
    services.release_decision(
        decision=current, by=request.user, version=int(version) if version.isdecimal() else 0
    )
    messages.success(request, "The decision is released.")
    return redirect("decisions:decision", slug, effort_id)


@login_required
def memo(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """The decision as a memo on paper; as PDF where that is asked for."""
    effort = _effort(request, slug, effort_id)
    current = selectors.decision_about(request.user, effort)
    if current is None:
        raise Http404
    told = _stakes(request, effort, current)
    page = render_to_string("decisions/memo.html", told, request=request)
    if request.GET.get("as") != "pdf":
        return HttpResponse(page)
    answer = HttpResponse(memo_as_pdf(page), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{effort_id}.pdf"'
    return answer
