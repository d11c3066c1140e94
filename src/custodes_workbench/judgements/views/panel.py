"""Pages of an officer who sets a panel: the register, one person, conflicts, progress."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from custodes_workbench.access import Act, decide, require
from custodes_workbench.judgements.forms.panel import (
    EndForm,
    ProposeForm,
    VersionForm,
    WithdrawForm,
)
from custodes_workbench.judgements.models import ConflictOfInterest, PanelMember
from custodes_workbench.judgements.selectors import panel as selectors
from custodes_workbench.judgements.selectors.interests import interests_visible_to
from custodes_workbench.judgements.services.assigning import end_assignment
from custodes_workbench.judgements.services.conflicts import find_conflicts
from custodes_workbench.judgements.services.panel import (
    invitation_token,
    invite_member,
    propose_member,
    withdraw_member,
)
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of, rounds_visible_to
from custodes_workbench.web.lists import Column, Listing
from custodes_workbench.web.requests import SignedInRequest

COLUMNS = (
    Column("code", "Code"),
    Column("name", "Name", link="url"),
    Column("state", "State", choices=True),
    Column("expertise", "Knows about"),
    Column("affiliations", "Organisations"),
    Column("load", "Efforts", number=True),
    Column("most", "At most", number=True),
    Column("stated", "Interests stated", choices=True),
    Column("conflicts", "Conflicts", choices=True),
)
PROGRESS_COLUMNS = (
    Column("code", "Code"),
    Column("name", "Name"),
    Column("asked", "Efforts asked", number=True),
    Column("done", "Handed in", number=True),
    Column("state", "State", choices=True),
)
_MEANWHILE = "This was changed meanwhile. What you typed stands below; look at what stands now."


@login_required
def experts(request: SignedInRequest, slug: str) -> HttpResponse:
    """The register of the round's experts; proposing one."""
    row = _round_with_panel(request.user, slug)
    facts = facts_of(request.user, row)
    form = ProposeForm(request.POST or None)
    if request.method == "POST":
        require(decide(Act.SET_PANEL, facts))
        if form.is_valid():
            member = propose_member(round_=row, given=form.given(), by=request.user)
            messages.success(request, f"{member.person.name} is proposed as {member.code}.")
            return redirect("judgements:expert", row.slug, member.code)
    listing = Listing(request, COLUMNS, _register(request.user, row), name="experts")
    if listing.wants_file:
        return listing.as_file()
    told = {
        "round": row,
        "listing": listing,
        "form": form,
        "may_set": bool(decide(Act.SET_PANEL, facts)),
    }
    return render(request, "judgements/experts.html", told, status=400 if form.errors else 200)


def _round_with_panel(reader: User, slug: str) -> Round:
    row = get_object_or_404(rounds_visible_to(reader), slug=slug)
    if not decide(Act.SEE_PANEL, facts_of(reader, row)):
        raise Http404
    return row


def _register(reader: User, row: Round) -> list[dict[str, object]]:
    load: dict[int, int] = {}
    for each in selectors.assignments_visible_to(reader, row).filter(ended_because=""):
        load[each.member_id] = load.get(each.member_id, 0) + 1
    found: dict[int, list[ConflictOfInterest]] = {}
    for conflict in selectors.conflicts_visible_to(reader, row):
        found.setdefault(conflict.person_id, []).append(conflict)
    return [
        {
            "code": each.code,
            "name": each.person.name,
            "url": reverse("judgements:expert", args=[row.slug, each.code]),
            "state": each.get_state_display(),
            "expertise": ", ".join(each.person.expertise.splitlines()),
            "affiliations": ", ".join(each.person.affiliations.splitlines()),
            "load": load.get(each.pk, 0),
            "most": each.most_efforts,
            "stated": selectors.has_stated(each),
            "conflicts": _conflicts_told(found.get(each.person_id, ())),
        }
        for each in selectors.panel_visible_to(reader, row)
    ]


def _conflicts_told(rows: Iterable[ConflictOfInterest]) -> str:
    theirs = [each for each in rows if each.type != "none"]
    if any(selectors.is_undecided(each) for each in theirs):
        return "to decide"
    if any(selectors.keeps_out(each) for each in theirs):
        return "kept out"
    return "decided" if theirs else "none found"


@login_required
def expert(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """One person of the register: conflicts, invitation, efforts."""
    row = _round_with_panel(request.user, slug)
    member = get_object_or_404(selectors.panel_visible_to(request.user, row), code=code)
    return _expert_page(request, member)


def _expert_page(
    request: SignedInRequest,
    member: PanelMember,
    *,
    form: WithdrawForm | EndForm | None = None,
    faults: tuple[str, ...] = (),
) -> HttpResponse:
    row, reader = member.round, request.user
    may_set = bool(decide(Act.SET_PANEL, facts_of(reader, row)))
    seen = selectors.conflicts_visible_to(reader, row).filter(person=member.person)
    conflicts = [
        (each, selectors.may_rule_on(reader, each)) for each in seen if each.type != "none"
    ]
    assignments = list(selectors.assignments_visible_to(reader, row).filter(member=member))
    invited = member.state == PanelMember.State.INVITED
    link = (
        request.build_absolute_uri(
            reverse("judgements:invitation", args=[invitation_token(member, by=reader)])
        )
        if invited and may_set
        else ""
    )
    told = {
        "round": row,
        "member": member,
        "person": member.person,
        "stated": selectors.has_stated(member),
        "conflicts": conflicts,
        "interests": interests_visible_to(reader, row, member.person),
        "undecided": any(selectors.is_undecided(each) for each, _ in conflicts),
        "assignments": assignments,
        "may_set": may_set,
        "may_invite": may_set and member.state in ("proposed", "invited"),
        "may_withdraw": may_set
        and member.state in selectors.ON_PANEL
        and all(each.ended_because for each in assignments),
        "link": link,
        "withdraw_form": form
        if isinstance(form, WithdrawForm)
        else WithdrawForm(initial={"version": member.version}),
        "form": form,
        "faults": faults,
    }
    bad = form is not None or bool(faults)
    return render(request, "judgements/expert.html", told, status=400 if bad else 200)


@login_required
@require_POST
def look_again(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Look for conflicts again, with what is known now."""
    row = _round_with_panel(request.user, slug)
    member = get_object_or_404(selectors.panel_visible_to(request.user, row), code=code)
    require(decide(Act.SET_PANEL, facts_of(request.user, row)))
    new = find_conflicts(round_=row, person=member.person, by=request.user)
    messages.success(request, f"{len(new) or 'Nothing'} new.")
    return redirect("judgements:expert", slug, code)


@login_required
@require_POST
def invite(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Invite a person; the page then shows the address to send."""
    row = _round_with_panel(request.user, slug)
    member = get_object_or_404(selectors.panel_visible_to(request.user, row), code=code)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        invite_member(
            member=member,
            by=request.user,
            version=version,
            address=lambda token: request.build_absolute_uri(
                reverse("judgements:invitation", args=[token])
            ),
        )
    except ChangedMeanwhileError:
        member.refresh_from_db()
        return _expert_page(request, member, faults=(_MEANWHILE,))
    told = "A mail waits in the outbox; or send the address below yourself."
    messages.success(request, f"{member.person.name} is invited. {told}")
    return redirect("judgements:expert", slug, code)


@login_required
@require_POST
def withdraw(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Take back a proposal or an invitation."""
    row = _round_with_panel(request.user, slug)
    member = get_object_or_404(selectors.panel_visible_to(request.user, row), code=code)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _expert_page(request, member, form=form)
    told = form.cleaned_data
    try:
        withdraw_member(
            member=member, by=request.user, reason=told["reason"], version=told["version"]
        )
    except ChangedMeanwhileError:
        member.refresh_from_db()
        form.data = {**form.data, "version": member.version}
        return _expert_page(request, member, form=form, faults=(_MEANWHILE,))
    messages.success(request, f"{member.person.name} is not on the panel.")
    return redirect("judgements:experts", slug)


@login_required
@require_POST
def end(request: SignedInRequest, slug: str, code: str, effort: str) -> HttpResponse:
    """End an assignment; its answers are set aside."""
    row = _round_with_panel(request.user, slug)
    member = get_object_or_404(selectors.panel_visible_to(request.user, row), code=code)
    seen = selectors.assignments_visible_to(request.user, row).filter(member=member)
    assignment = get_object_or_404(seen, effort__effort_id=effort)
    form = EndForm(request.POST)
    if not form.is_valid():
        return _expert_page(request, member, form=form)
    end_assignment(assignment=assignment, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, "The assignment has ended; answers to it are set aside.")
    return redirect("judgements:expert", slug, code)


@login_required
def progress(request: SignedInRequest, slug: str) -> HttpResponse:
    """Who has handed in: names and states, never numbers that were answered."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    if not decide(Act.SEE_PROGRESS, facts_of(request.user, row)):
        raise Http404
    people, efforts = selectors.progress_of(request.user, row)
    listing = Listing(request, PROGRESS_COLUMNS, people, name="progress")
    if listing.wants_file:
        return listing.as_file()
    told = {"round": row, "stage": row.stage, "listing": listing, "efforts": efforts}
    told |= {"stages": list(row.stages.all())}
    return render(request, "judgements/progress.html", told)
