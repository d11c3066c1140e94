"""Pages of conflicts: the report, one conflict with its rulings, and the file of them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from custodes.errors import InputError
from custodes.exchange import conflicts_as_csv, read_conflicts_csv
from custodes.judgements import Conflict
from custodes_workbench.access import Act, decide, require
from custodes_workbench.judgements.forms.conflicts import ConflictsFileForm, DayForm
from custodes_workbench.judgements.forms.panel import RulingForm, VersionForm
from custodes_workbench.judgements.models import ConflictOfInterest
from custodes_workbench.judgements.selectors import panel as selectors
from custodes_workbench.judgements.selectors.report import (
    conflict_report,
    conflicts_filed,
    people_looked_at,
    ruling_that_waits,
    rulings_of,
)
from custodes_workbench.judgements.services.conflict_files import FILE, take_conflicts
from custodes_workbench.judgements.services.conflicts import find_conflicts
from custodes_workbench.judgements.services.rulings import (
    confirm_ruling,
    decide_conflict,
    turn_down_ruling,
)
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of, rounds_visible_to
from custodes_workbench.web.lists import Column, Listing
from custodes_workbench.web.requests import SignedInRequest
from custodes_workbench.web.versions import see_version

_FOR_ALL = (
    Column("code", "Code"),
    Column("effort", "Effort", choices=True),
    Column("type", "Sort", choices=True),
    Column("declared", "Declared", choices=True),
    Column("rule", "Rule", choices=True),
    Column("strength", "Strength", choices=True),
    Column("found_on", "Since"),
    Column("result", "Result", choices=True),
    Column("pinned", "Pinned", choices=True),
    Column("decided_on", "Decided on"),
)
_NAMED = (
    Column("name", "Name", choices=True),
    Column("evidence", "Found in"),
    Column("decided_by", "Decided by", choices=True),
    Column("reason", "Reason"),
)
_MEANWHILE = "This was changed meanwhile. What you typed stands below; look at what stands now."


def columns_for(*, named: bool) -> tuple[Column, ...]:
    """What the report shows: with names for those who see the panel."""
    if not named:
        return _FOR_ALL
    linked = Column("result", "Result", choices=True, link="url")
    shown = tuple(linked if each.name == "result" else each for each in _FOR_ALL)
    return (shown[0], _NAMED[0], *shown[1:], *_NAMED[1:])


@login_required
def report(
    request: SignedInRequest,
    slug: str,
    *,
    form: ConflictsFileForm | None = None,
    faults: tuple[str, ...] = (),
) -> HttpResponse:
    """Everybody's conflicts in a round, by rule and result, as of a day."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    facts = facts_of(request.user, row)
    if not decide(Act.SEE_CONFLICT_REPORT, facts):
        raise Http404
    today = timezone.localdate()
    day = DayForm(request.GET if request.GET.get("on") else None, initial={"on": today})
    on = day.cleaned_data["on"] if day.is_bound and day.is_valid() else today
    named = bool(decide(Act.SEE_PANEL, facts))
    listing = Listing(
        request,
        columns_for(named=named),
        conflict_report(request.user, row, on),
        name=f"conflicts-{on.isoformat()}",
        keep=("on",),
    )
    if listing.wants_file:
        return listing.as_file()
    told = {
        "round": row,
        "listing": listing,
        "day_form": day,
        "file_form": form or ConflictsFileForm(),
        "form": form,
        "faults": faults,
        "may_decide": bool(decide(Act.DECIDE_CONFLICT, facts)),
        "on": on,
        "named": named,
        "may_set": bool(decide(Act.SET_PANEL, facts)),
    }
    return render(request, "judgements/conflicts.html", told, status=400 if form else 200)


@login_required
@require_POST
def look_at_all(request: SignedInRequest, slug: str) -> HttpResponse:
    """Look for conflicts of everybody who judges, rules or decides in a round."""
    row = _round_with_panel(request.user, slug)
    require(decide(Act.SET_PANEL, facts_of(request.user, row)))
    new = [
        found
        for person in people_looked_at(row)
        for found in find_conflicts(round_=row, person=person, by=request.user)
    ]
    messages.success(request, f"{len(new) or 'Nothing'} new.")
    return redirect("judgements:conflicts", slug)


@login_required
def file(request: SignedInRequest, slug: str) -> HttpResponse:
    """The round's `conflicts.csv`, with everybody in it."""
    row = _round_with_panel(request.user, slug)
    text = conflicts_as_csv(conflicts_filed(request.user, row))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="conflicts.csv"'
    return answer


@login_required
@require_POST
def take(request: SignedInRequest, slug: str) -> HttpResponse:
    """Read a `conflicts.csv` into the round; nothing of it is kept where something is wrong."""
    row = _round_with_panel(request.user, slug)
    require(decide(Act.DECIDE_CONFLICT, facts_of(request.user, row)))
    form = ConflictsFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return report(request, slug, form=form)
    try:
        conflicts, rows = _read(form.cleaned_data["file"])
        taken = take_conflicts(round_=row, conflicts=conflicts, rows=rows, by=request.user)
    except InputError as error:
        return report(request, slug, form=form, faults=tuple(map(str, error.faults)))
    messages.success(
        request,
        f"{taken.new} new; {taken.ruled} decided; {taken.waiting} cleared, "
        "which a second person confirms.",
    )
    return redirect("judgements:conflicts", slug)


def _read(file: UploadedFile[Any]) -> tuple[tuple[Conflict, ...], tuple[int, ...]]:
    """The conflicts of a file that was sent, and the row of each.

    Raises:
        InputError: Something in it is wrong; all of it is told.
    """
    with TemporaryDirectory() as home:
        path = Path(home) / FILE
        path.write_bytes(file.read())
        read = read_conflicts_csv(path)
    if read.faults:
        raise InputError(read.faults)
    return read.conflicts, read.rows


def _round_with_panel(reader: User, slug: str) -> Round:
    row = get_object_or_404(rounds_visible_to(reader), slug=slug)
    if not decide(Act.SEE_PANEL, facts_of(reader, row)):
        raise Http404
    return row


def _conflict(request: SignedInRequest, slug: str, pk: int) -> ConflictOfInterest:
    row = _round_with_panel(request.user, slug)
    return get_object_or_404(selectors.conflicts_visible_to(request.user, row), pk=pk)


@login_required
def conflict(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One conflict: what was found, every ruling, and ruling on it."""
    found = _conflict(request, slug, pk)
    if request.method != "POST":
        return _conflict_page(request, found)
    require(decide(Act.DECIDE_CONFLICT, selectors.facts_on_conflict(request.user, found)))
    form = RulingForm(request.POST, can_dismiss=not found.declared)
    if not form.is_valid():
        return _conflict_page(request, found, form=form)
    try:
        holds = decide_conflict(
            conflict=found,
            given=form.given(),
            by=request.user,
            version=form.cleaned_data["version"],
        )
    except ChangedMeanwhileError:
        found.refresh_from_db()
        see_version(form, found.version)
        return _conflict_page(request, found, form=form, faults=(_MEANWHILE,))
    told = "The ruling is kept, and acts from now on."
    waits = "It is prepared. A second person has to confirm what clears a conflict."
    messages.success(request, told if holds else waits)
    return redirect(_home_of(found))


@login_required
@require_POST
def confirm(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Confirm the clearing of a conflict, or say no to it."""
    found = _conflict(request, slug, pk)
    require(decide(Act.CLEAR_CONFLICT, selectors.facts_on_conflict(request.user, found)))
    waiting = ruling_that_waits(found)
    if waiting is None:
        return _conflict_page(request, found, faults=("Nothing waits here any more.",))
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    does = turn_down_ruling if request.POST.get("does") == "turn down" else confirm_ruling
    try:
        does(ruling=waiting, by=request.user, version=version)
    except ChangedMeanwhileError:
        found.refresh_from_db()
        return _conflict_page(request, found, faults=(_MEANWHILE,))
    messages.success(
        request, "It stays as it was." if does is turn_down_ruling else "The conflict is cleared."
    )
    return redirect(_home_of(found))


def _home_of(found: ConflictOfInterest) -> str:
    """Where whoever rules looks next: at the person's other conflicts, or the report."""
    member = selectors.member_behind(found)
    if member is not None:
        return reverse("judgements:expert", args=[found.round.slug, member.code])
    return reverse("judgements:conflicts", args=[found.round.slug])


def _conflict_page(
    request: SignedInRequest,
    found: ConflictOfInterest,
    *,
    form: RulingForm | None = None,
    faults: tuple[str, ...] = (),
) -> HttpResponse:
    may = bool(selectors.may_rule_on(request.user, found))
    fresh = RulingForm(
        initial={
            "version": found.version,
            "decided": found.decided,
            "dismissed": found.dismissed,
            "pinned": found.pinned,
            "weight": found.weight,
            "reason": found.reason,
        },
        can_dismiss=not found.declared,
    )
    waiting = ruling_that_waits(found)
    told = {
        "round": found.round,
        "conflict": found,
        "home": _home_of(found),
        "rulings": rulings_of(found),
        "waiting": waiting,
        "is_own_ruling": waiting is not None and waiting.given_by_id == request.user.pk,
        "may_rule": may,
        "form": (form or fresh) if may else None,
        "faults": faults,
    }
    bad = form is not None or bool(faults)
    return render(request, "judgements/one_conflict.html", told, status=400 if bad else 200)
