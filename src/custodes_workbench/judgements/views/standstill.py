"""The page of a standstill: stop a round, set judgements aside, let it go on."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from custodes_workbench.access import Act, decide
from custodes_workbench.judgements import services
from custodes_workbench.judgements.forms.standstill import ReasonForm, RollbackForm
from custodes_workbench.judgements.selectors.standstill import plan_of_rollback
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.rounds import services as rounds
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of, rounds_visible_to, standstill_of
from custodes_workbench.web.lists import Column, Listing
from custodes_workbench.web.requests import SignedInRequest

COLUMNS = (
    Column("began_at", "Stopped"),
    Column("because", "Why"),
    Column("back_to", "Judgements set aside after"),
    Column("back_done_at", "Set aside at"),
    Column("by_one_person", "By one person"),
    Column("ended_at", "Went on"),
)
STEPS = ("freeze", "rollback", "confirm_rollback", "thaw", "confirm_thaw")
"""What the page can be asked to do, by the field that a form carries."""


@login_required
def standstill(request: SignedInRequest, slug: str) -> HttpResponse:
    """Stop a round or see why it stands still, and put right what went wrong."""
    row = _round(request, slug)
    current = standstill_of(row)
    asked = next((each for each in STEPS if each in request.POST), None)
    reason = ReasonForm(request.POST if asked in ("freeze", "thaw") else None)
    back = RollbackForm(request.POST if asked == "rollback" else None)
    conflict = False
    try:
        done = _step(request, row, asked, reason, back)
    except ChangedMeanwhileError:
        done, conflict = "", True
        current = standstill_of(row)
    if done:
        messages.success(request, done)
        return redirect("judgements:standstill", slug)
    past = Listing(request, COLUMNS, row.standstills.all(), name="standstills")
    if past.wants_file:
        return past.as_file()
    to = current.back_to if current else None
    told = {
        "round": row,
        "standstill": current,
        "reason": reason,
        "back": back,
        "plan": plan_of_rollback(row, to) if current and to and not current.back_done_at else None,
        "tried": _tried(request, row),
        "conflict": conflict,
        "listing": past,
        "notes": [each for each in row.standstills.all() if each.note],
    }
    status = 409 if conflict else 400 if request.method == "POST" else 200
    return render(request, "judgements/standstill.html", told, status=status)


@login_required
def note(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The draft incident note of a rollback, as a text to finish."""
    row = _round(request, slug)
    found = get_object_or_404(row.standstills.exclude(note=""), pk=pk)
    answer = HttpResponse(found.note, content_type="text/markdown; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="incident.md"'
    return answer


def _round(request: SignedInRequest, slug: str) -> Round:
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    if not decide(Act.FREEZE, facts_of(request.user, row)):
        raise Http404
    return row


def _step(
    request: SignedInRequest, row: Round, asked: str | None, reason: ReasonForm, back: RollbackForm
) -> str:
    """Carry out what was asked; what is told then, or nothing where a form is to be mended."""
    given = request.POST.get("version", "")
    version = int(given) if given.isdecimal() else 0
    by = request.user
    if asked == "freeze" and reason.is_valid():
        rounds.freeze_round(round_=row, because=reason.cleaned_data["reason"], by=by)
        return "The round stands still."
    if asked == "thaw" and reason.is_valid():
        on = rounds.ask_to_thaw(
            round_=row, because=reason.cleaned_data["reason"], by=by, version=version
        )
        return "The round goes on." if on else "A second person is asked to confirm."
    if asked == "confirm_thaw":
        rounds.confirm_thaw(round_=row, by=by, version=version)
        return "The round goes on."
    if asked == "rollback" and back.is_valid():
        done = services.ask_rollback(
            round_=row,
            to=back.cleaned_data["to"],
            because=back.cleaned_data["back_because"],
            new_letters=back.cleaned_data["new_letters"],
            by=by,
            version=version,
        )
        return "The judgements are set aside." if done else "A second person is asked to confirm."
    if asked == "confirm_rollback":
        services.confirm_rollback(round_=row, by=by, version=version)
        return "The judgements are set aside."
    return ""


def _tried(request: SignedInRequest, row: Round) -> object:
    """What going back to the time in the address would do; nothing without one."""
    try:
        to = parse_datetime(request.GET.get("try", ""))
    except ValueError:
        return None
    if to is None:
        return None
    if timezone.is_naive(to):
        to = to.replace(tzinfo=dt.UTC)
    return plan_of_rollback(row, to)
