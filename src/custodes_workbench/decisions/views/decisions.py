"""Pages of decisions: the list, one page each, its release, and its memo."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from custodes.assessment import WithoutCondition
from custodes_workbench.access import Act, Purpose, Refused, Stage, decide, require
from custodes_workbench.assessments.selectors import (
    results_visible_to,
    sees_everything,
    withheld_from,
)
from custodes_workbench.challenges.selectors import challenges_visible_to
from custodes_workbench.decisions import selectors, services
from custodes_workbench.decisions.forms import (
    ConditionForm,
    DecisionForm,
    StandsForm,
    as_it_stands,
)
from custodes_workbench.decisions.memo import memo_as_pdf
from custodes_workbench.decisions.models import Decision
from custodes_workbench.decisions.records import decision_record
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
from custodes_workbench.web.requests import SignedInRequest, is_fragment_wanted

_MEANWHILE = "Somebody else has changed the decision meanwhile; look at what stands now."


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
    if request.method != "POST":
        return _page(request, effort)
    form = _form(request, effort, request.POST)
    if not form.is_valid():
        return _page(request, effort, form=form, status=400)
    try:
        services.record_decision(
            effort=effort,
            given=form.given(),
            by=request.user,
            version=form.cleaned_data["version"],
        )
    except ChangedMeanwhileError:
        return _page(request, effort, form=form, conflict=True, status=409)
    except Refused as refused:
        if not _may_write(request, effort):
            raise
        services.note_refusal(effort=effort, by=request.user)
        form.add_error(None, str(refused))
        return _page(request, effort, form=form, status=403)
    messages.success(request, "The decision is written down. It is pending.")
    return redirect("decisions:decision", slug, effort_id)


def _may_write(request: SignedInRequest, effort: Effort) -> bool:
    """Whether the reader may decide, and nothing was released that would stand as it is."""
    current = selectors.decision_about(request.user, effort)
    is_released = current is not None and current.released_at is not None
    return selectors.may_decide_on(request.user, effort) and not is_released


def _form(
    request: SignedInRequest, effort: Effort, posted: QueryDict | None = None
) -> DecisionForm:
    current = selectors.decision_about(request.user, effort)
    result = selectors.assessed(effort)
    return DecisionForm(
        posted,
        initial=as_it_stands(current, result[1].conditions if result else ()),
        mitigations=mitigations_of(effort.round),
        challenges=_challenges(request, effort),
    )


def _page(
    request: SignedInRequest,
    effort: Effort,
    *,
    form: DecisionForm | None = None,
    stands_form: StandsForm | None = None,
    conflict: bool = False,
    status: int = 200,
) -> HttpResponse:
    current = selectors.decision_about(request.user, effort)
    may_write = _may_write(request, effort)
    told = {
        **_stakes(request, effort, current),
        "form": (form or _form(request, effort)) if may_write else None,
        "faults": _faults_of(stands_form) if stands_form else [],
        "conflict": conflict,
        "stands_form": stands_form or _stands_form(request, effort, current),
        "substitute_decides": substitute_decides(effort),
        "nobody_decides": bool(nobody_decides(effort.round, [effort])),
        "may_word": may_write and current is not None,
        "may_release": bool(decide(Act.RELEASE_DECISION, facts_about(request.user, effort))),
    }
    return render(request, "decisions/decision.html", told, status=status)


def _faults_of(form: StandsForm) -> list[str]:
    return [f"{field.label}: {error}" for field in form for error in field.errors]


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
    require(decide(Act.SAY_IF_STANDS, facts_about(request.user, effort)))
    form = StandsForm(request.POST, auto_id="stands-%s")
    if not form.is_valid():
        return _page(request, effort, stands_form=form, status=400)
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


def _challenges(request: SignedInRequest, effort: Effort) -> list[str]:
    """Challenges that a decision may weigh: those that the reader sees, rejected ones too."""
    seen = challenges_visible_to(request.user, effort.round).filter(effort=effort)
    return [each.challenge_id for each in seen.exclude(status="withdrawn")]


def _stakes(
    request: SignedInRequest, effort: Effort, current: Decision | None
) -> dict[str, object]:
    result = selectors.assessed(effort)
    # afterwards nothing is decided any more, and everybody reads: that something has changed
    # since, or a digest of all inputs, would tell them of what they may not see
    blocks: list[str] = []
    if effort.round.stage_name is Stage.CHOICE:
        record = decision_record(current) if current else None
        blocks = selectors.what_blocks(effort, record)
    return {
        "round": effort.round,
        "effort": effort,
        "record": effort_record(effort),
        "decision": current,
        "run": result[0] if result else None,
        "result": result[1] if result else None,
        "proposed": selectors.proposed_about(request.user, effort),
        "blocks": blocks,
        "sees_everything": sees_everything(request.user, effort.round),
        "touched": touched_by_conflict(effort),
        "conflicts": published_conflicts(effort),
        "follows": bool(
            current
            and current.released_at
            and decide(Act.SEE_FOLLOW_UP, facts_about(request.user, effort))
        ),
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
    services.release_decision(decision=current, by=request.user, version=_version(request))
    messages.success(request, "The decision is released.")
    return redirect("decisions:decision", slug, effort_id)


@login_required
@require_POST
def package(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """Take the recommended package into a pending decision."""
    effort = _effort(request, slug, effort_id)
    try:
        services.take_package(effort=effort, by=request.user, version=_version(request))
    except ChangedMeanwhileError:
        messages.error(request, _MEANWHILE)
    else:
        messages.success(request, "The recommended package stands in the decision.")
    return redirect("decisions:decision", slug, effort_id)


def _version(request: SignedInRequest) -> int:
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() else 0


@login_required
def condition(request: SignedInRequest, slug: str, effort_id: str, k: int) -> HttpResponse:
    """Word one condition of a pending decision."""
    effort = _effort(request, slug, effort_id)
    require(decide(Act.DECIDE, facts_about(request.user, effort)))
    current = selectors.decision_about(request.user, effort)
    rows = list(current.conditions.all()) if current else []
    if current is None or current.released_at or not 1 <= k <= len(rows):
        raise Http404
    row = rows[k - 1]
    names = ("text", "owner", "evidence", "due", "challenge")
    form = ConditionForm(
        request.POST or None,
        initial={"version": current.version, **{name: getattr(row, name) for name in names}},
        challenges=_challenges(request, effort),
    )
    conflict = False
    if form.is_valid():
        try:
            services.word_condition(
                condition=row,
                given=form.given(),
                by=request.user,
                version=form.cleaned_data["version"],
            )
        except ChangedMeanwhileError:
            conflict = True
        except Refused as refused:
            services.note_refusal(effort=effort, by=request.user)
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The condition is worded so.")
            return redirect("decisions:decision", slug, effort_id)
    told = {
        "round": effort.round,
        "effort": effort,
        "condition": row,
        "k": k,
        "form": form,
        "conflict": conflict,
    }
    status = 409 if conflict else 400 if form.errors else 200
    return render(request, "decisions/condition.html", told, status=status)


@login_required
def without(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """What the decision would be without each condition: a page, or a part of one."""
    effort = _effort(request, slug, effort_id)
    current = selectors.decision_about(request.user, effort)
    told = {
        "round": effort.round,
        "effort": effort,
        "decision": current,
        "without": _without_told(effort, current) if _sees_numbers(request, effort) else (),
    }
    part = "_without" if is_fragment_wanted(request) else "without"
    return render(request, f"decisions/{part}.html", told)


def _sees_numbers(request: SignedInRequest, effort: Effort) -> bool:
    """Whether the reader is told this effort's numbers."""
    found = selectors.assessed(effort)
    if found is None or effort.effort_id not in results_visible_to(request.user, effort.round):
        return False
    return not withheld_from(request.user, found[0], [found[1]])


def _without_told(effort: Effort, current: Decision | None) -> list[dict[str, object]]:
    """Each condition with its figures under every worldview."""
    titles = {str(each.id): each.title for each in mitigations_of(effort.round)}
    by_condition: dict[str, list[WithoutCondition]] = {}
    for each in selectors.without_each(effort, current):
        by_condition.setdefault(each.condition, []).append(each)
    return [
        {"title": titles.get(id_, id_), "views": views, "qualifies": views[0].qualifies}
        for id_, views in by_condition.items()
    ]


@login_required
def replay(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """The result that was decided on, computed again; then from today's inputs."""
    effort = _effort(request, slug, effort_id)
    current = selectors.decision_about(request.user, effort)
    if current is None or not _sees_numbers(request, effort):
        raise Http404
    inside = sees_everything(request.user, effort.round)
    found = selectors.replayed(current, with_today=inside)
    told = {
        "round": effort.round,
        "effort": effort,
        "decision": current,
        "inside": inside,
        "found": found,
        "views": [
            {"name": name, "then": then.after, "now": found.today.worldviews[name].after}
            for name, then in found.kept.worldviews.items()
        ]
        if found and found.today
        else [],
    }
    return render(request, "decisions/replay.html", told)


@login_required
def memo(request: SignedInRequest, slug: str, effort_id: str) -> HttpResponse:
    """The decision as a memo on paper; as PDF where that is asked for."""
    effort = _effort(request, slug, effort_id)
    current = selectors.decision_about(request.user, effort)
    if current is None:
        raise Http404
    told = _stakes(request, effort, current)
    told["without"] = _without_told(effort, current) if _sees_numbers(request, effort) else ()
    page = render_to_string("decisions/memo.html", told, request=request)
    if request.GET.get("as") != "pdf":
        return HttpResponse(page)
    answer = HttpResponse(memo_as_pdf(page), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{effort_id}.pdf"'
    return answer
