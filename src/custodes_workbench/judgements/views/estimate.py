"""Pages of one estimate: the form, its picture while it is typed, its draft."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from custodes.errors import InputError
from custodes.quantities import Quantity
from custodes_workbench.access import Act, Refused, decide
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.records import effort_record
from custodes_workbench.judgements import selectors, services
from custodes_workbench.judgements.forms.estimate import EstimateForm
from custodes_workbench.judgements.models import Draft
from custodes_workbench.judgements.records import (
    judgement_of,
    kept_fields,
    order_of_questions,
    read_typed,
    reference_cost,
    reference_range,
    slider_of,
    spoken,
    wording,
)
from custodes_workbench.judgements.views.places import judged_effort, quantity_of
from custodes_workbench.web.requests import SignedInRequest


@login_required
def estimate(request: SignedInRequest, slug: str, effort_id: str, quantity: str) -> HttpResponse:
    """One question about one effort, and the reader's own answer to it."""
    effort, asked = judged_effort(request, slug, effort_id), quantity_of(quantity)
    if request.method == "POST":
        return _posted(request, effort, asked)
    return _page(request, effort, asked)


def _posted(request: SignedInRequest, effort: Effort, asked: Quantity) -> HttpResponse:
    act = request.POST.get("act", "answer")
    form = _form(effort, asked, request.POST)
    try:
        services.open_answer_round(effort, request.user)
    except Refused as refused:
        services.note_refusal(effort=effort, by=request.user)
        return _page(request, effort, asked, form=form, refused=str(refused), status=403)
    try:
        if act == "answer":
            return _answered(request, effort, asked, form)
        services.save_draft(
            effort=effort,
            quantity=asked.name,
            by=request.user,
            typed=request.POST,
            version=_version(request),
        )
    except services.SavedElsewhere as elsewhere:
        return _conflict(request, effort, asked, elsewhere.draft)
    if act == "picture":
        fresh = request.POST.copy()
        fresh["version"] = str(_drafts(request, effort)[asked.name].version)
        return _page(request, effort, asked, form=_form(effort, asked, fresh), draws=True)
    messages.info(request, "Your draft is saved. Nobody else sees it.")
    return redirect("judgements:estimate", effort.round.slug, effort.effort_id, asked.name)


def _answered(
    request: SignedInRequest, effort: Effort, asked: Quantity, form: EstimateForm
) -> HttpResponse:
    if not form.is_valid() or form.answer is None:
        return _page(request, effort, asked, form=form)
    services.save_answer(
        effort=effort,
        quantity=asked.name,
        by=request.user,
        answer=form.answer,
        typed=request.POST,
        version=_version(request),
    )
    messages.info(request, "Your answer is saved. It counts once you hand in this effort.")
    return redirect("judgements:estimate", effort.round.slug, effort.effort_id, asked.name)


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else 0


def _form(effort: Effort, asked: Quantity, data: QueryDict | None, **more: Any) -> EstimateForm:  # noqa: ANN401 (Django's signature)
    answer_round = selectors.answer_round_of(effort.round) or 1
    return EstimateForm(
        data, quantity=asked, effort=effort.effort_id, answer_round=answer_round, **more
    )


def _drafts(request: SignedInRequest, effort: Effort) -> dict[str, Draft]:
    answer_round = selectors.answer_round_of(effort.round) or 1
    return dict(selectors.own_drafts(request.user, effort, answer_round))


def _page(  # noqa: PLR0913 (what differs between a page that was asked for and one that answers)
    request: SignedInRequest,
    effort: Effort,
    asked: Quantity,
    *,
    form: EstimateForm | None = None,
    refused: str = "",
    draws: bool = False,
    status: int = 200,
) -> HttpResponse:
    given = selectors.answers_before(request.user, effort, asked.name)
    draft = _drafts(request, effort).get(asked.name)
    if form is None:
        form = _form(effort, asked, None, initial=_start(effort, draft, given))
        draws = True
    typed = form.typed if form.is_bound else {**form.initial}
    facts = selectors.facts_of_judge(request.user, effort)
    record = effort_record(effort)
    order = order_of_questions()
    place = order.index(asked.name)
    opened = selectors.answer_round_of(effort.round)
    told = {
        "round": effort.round,
        "effort": effort,
        "stage": effort.round.stage,
        "quantity": asked,
        "name": spoken(asked.name),
        "wording": wording(asked),
        "reference_cost": reference_cost(record, asked),
        "cost": record.cost,
        "form": form,
        "is_open": opened is not None and not refused,
        "answer_round": opened,
        "refused": refused,
        "draft": draft,
        "saved": draft is not None and draft.answer_id is not None,
        "unsaved": form.is_bound and not draws,
        "given": [judgement_of(row, expert="own") for row in given],
        "reference": reference_range(record, asked) if given else None,
        "others": _others(request, effort, asked),
        "sees_answers": bool(decide(Act.SEE_ANSWERS, facts)),
        "slider": slider_of(asked),
        "ends": (("p05", "Lowest"), ("p50", "Best"), ("p95", "Highest")),
        "previous": order[place - 1] if place else "",
        "next": order[place + 1] if place + 1 < len(order) else "",
        **(_drawn(request, effort, asked, typed) if draws else {}),
    }
    return render(request, "judgements/estimate.html", told, status=status)


def _others(
    request: SignedInRequest, effort: Effort, asked: Quantity
) -> list[selectors.PanelAnswer]:
    answers = selectors.panel_answers(request.user, effort, asked.name)
    return [each for each in answers if not each.is_own]


def _start(effort: Effort, draft: Draft | None, given: list[Any]) -> dict[str, object]:
    """What stands in an empty form: the draft; at the revision the answer before."""
    if draft is not None:
        return {**draft.typed, "version": draft.version}
    if not given or selectors.answer_round_of(effort.round) is None:
        return {"version": 0}
    last = judgement_of(given[-1], expert="own")
    numbers = {
        name: repr(value)
        for name in ("p05", "p50", "p95")
        if (value := getattr(last, name)) is not None
    }
    return {**numbers, "reason": last.reason, "abstain": last.abstain, "version": 0}


def _drawn(
    request: SignedInRequest, effort: Effort, asked: Quantity, typed: dict[str, Any]
) -> dict[str, object]:
    """The picture of what is typed, or why there is none yet."""
    text = kept_fields({name: str(value) for name, value in typed.items()})
    if not any(text[name].strip() for name in ("p05", "p50", "p95")):
        return {}
    answer, faults = read_typed(
        {**text, "abstain": ""}, effort=effort.effort_id, quantity=asked, answer_round=1
    )
    if answer is None:
        return {"unread": [str(fault) for fault in faults]}
    try:
        return {"picture": selectors.picture_of(request.user, effort, asked, answer=answer)}
    except InputError as error:
        return {"unread": [str(fault) for fault in error.faults]}


@login_required
@require_POST
def picture(request: SignedInRequest, slug: str, effort_id: str, quantity: str) -> HttpResponse:
    """The picture of what is typed, as a fragment; nothing is kept."""
    effort, asked = judged_effort(request, slug, effort_id), quantity_of(quantity)
    told = {"quantity": asked, **_drawn(request, effort, asked, request.POST.dict())}
    return render(request, "judgements/_picture.html", told)


@require_POST
def draft(request: HttpRequest, slug: str, effort_id: str, quantity: str) -> HttpResponse:
    """Keep what is typed, and say so, as a fragment; also to somebody whose session has ended."""
    if not request.user.is_authenticated:
        told = {"signed_out": True, "version": _version(request)}
        return render(request, "judgements/_saved.html", told)
    return _kept(cast("SignedInRequest", request), slug, effort_id, quantity)


def _kept(request: SignedInRequest, slug: str, effort_id: str, quantity: str) -> HttpResponse:
    effort, asked = judged_effort(request, slug, effort_id), quantity_of(quantity)
    told: dict[str, object] = {"version": _version(request)}
    try:
        kept = services.save_draft(
            effort=effort,
            quantity=asked.name,
            by=request.user,
            typed=request.POST,
            version=_version(request),
        )
        told |= {"draft": kept, "version": kept.version, "saved": kept.answer_id is not None}
    except Refused as refused:
        told["refused"] = str(refused)
    except services.SavedElsewhere:
        told["elsewhere"] = True
    return render(request, "judgements/_saved.html", told)


def _conflict(
    request: SignedInRequest, effort: Effort, asked: Quantity, other: Draft
) -> HttpResponse:
    """Both texts, so that nothing is lost: the reader's in a form, the other beside it."""
    mine = {**kept_fields(request.POST), "asked": request.POST.get("asked", "")}
    told = {
        "round": effort.round,
        "effort": effort,
        "quantity": asked,
        "name": spoken(asked.name),
        "form": _form(effort, asked, None, initial=mine),
        "other": other,
    }
    return render(request, "judgements/conflict.html", told, status=409)
