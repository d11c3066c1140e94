"""Pages of challenges: those of a round, those of one effort, one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from custodes.challenges import Challenge as ChallengeRecord
from custodes_workbench.access import Act, decide, require
from custodes_workbench.challenges import selectors, services
from custodes_workbench.challenges.forms import (
    AnswerForm,
    AssignForm,
    RaiseForm,
    ReplyForm,
    RuleForm,
    WithdrawForm,
)
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.challenges.records import challenge_record
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import efforts_visible_to, facts_about
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import rounds_visible_to
from custodes_workbench.web.lists import Column, Listing
from custodes_workbench.web.requests import SignedInRequest

COLUMNS = (
    Column("id", "Challenge", link="url"),
    Column("effort", "Effort", choices=True),
    Column("status", "State", choices=True),
    Column("quantity", "Quantity", choices=True),
    Column("text", "What is objected"),
    Column("target", "Against", choices=True),
    Column("by", "Raised by", choices=True),
    Column("owner", "Who must answer", choices=True),
    Column("due", "To be answered until"),
    Column("late", "Overdue", choices=True),
)
_SHOWN = 120
_MEANWHILE = "This was changed meanwhile. What you typed stands below; look at what stands now."


@login_required
def challenges(request: SignedInRequest, slug: str) -> HttpResponse:
    """The challenges of a round that the reader sees, and the efforts that they may challenge."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    seen = list(selectors.challenges_visible_to(request.user, row))
    open_to = [
        each
        for each in efforts_visible_to(request.user, row)
        if decide(Act.CHALLENGE, facts_about(request.user, each))
    ]
    if not seen and not open_to and not _sees_any(request, row):
        raise Http404
    listing = Listing(request, COLUMNS, [_told(each) for each in seen], name="challenges")
    if listing.wants_file:
        return listing.as_file()
    told = {"round": row, "listing": listing, "open_to": open_to}
    return render(request, "challenges/challenges.html", told)


def _sees_any(request: SignedInRequest, row: Round) -> bool:
    return any(
        decide(Act.SEE_CHALLENGES, facts_about(request.user, each))
        for each in efforts_visible_to(request.user, row)
    )


def _told(row: Challenge) -> dict[str, object]:
    text = row.text if len(row.text) <= _SHOWN else f"{row.text[:_SHOWN].rsplit(' ', 1)[0]} ..."
    return {
        "id": row.challenge_id,
        "url": _address(row),
        "effort": row.effort.title,
        "status": row.status,
        "quantity": row.quantity.replace("_", " "),
        "text": text,
        "target": challenge_record(row).target,
        "by": row.by,
        "owner": row.owner,
        "due": row.due,
        "late": "yes" if selectors.is_overdue(row) else "no",
    }


def _address(row: Challenge) -> str:
    return reverse("challenges:challenge", args=[row.effort.round.slug, row.challenge_id])


@login_required
def raise_one(request: SignedInRequest, slug: str, effort: str) -> HttpResponse:
    """Raise a challenge to an effort."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    about = get_object_or_404(efforts_visible_to(request.user, row), effort_id=effort)
    require(decide(Act.CHALLENGE, facts_about(request.user, about)))
    form = RaiseForm(request.POST or None, effort=about.effort_id, claims=_claims(about))
    looked = "look" in request.POST
    if form.is_valid() and form.challenge is not None and not looked:
        made = services.raise_challenge(
            effort=about,
            given=form.challenge,
            by=request.user,
            due=form.cleaned_data["due"],
        )
        messages.success(request, f"Challenge {made.challenge_id} is raised.")
        return redirect(_address(made))
    told = {
        "round": row,
        "effort": about,
        "form": form,
        "looked": looked and form.challenge is not None,
        "weighed": _weighed(about, form.challenge) if looked else "",
    }
    return render(request, "challenges/raise.html", told, status=400 if form.errors else 200)


def _weighed(effort: Effort, given: ChallengeRecord | None) -> str:
    """Where it is told what a challenge would do before it is raised; empty without a number."""
    if given is None or given.amount is None:
        return ""
    told = {name: getattr(given, name) for name in ("quantity", "p05", "p50", "p95")}
    address = reverse("assessments:weighed", args=[effort.round.slug, effort.effort_id])
    return f"{address}?{urlencode(told)}"


def _claims(effort: Effort) -> list[tuple[str, str]]:
    claims = effort.revision.explanation.get("claims", ())
    return [
        (str(each["id"]), str(each.get("claim", each["id"])))
        for each in claims
        if isinstance(each, dict) and each.get("id")
    ]


@login_required
def challenge(request: SignedInRequest, slug: str, challenge_id: str) -> HttpResponse:
    """One challenge: what is objected, what was answered, what was ruled, what it would change."""
    return _page(request, _seen(request, slug, challenge_id))


def _seen(request: SignedInRequest, slug: str, challenge_id: str) -> Challenge:
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    seen = selectors.challenges_visible_to(request.user, row)
    return get_object_or_404(seen, challenge_id=challenge_id)


def _page(
    request: SignedInRequest,
    row: Challenge,
    *,
    form: forms.Form | None = None,
    faults: tuple[str, ...] = (),
) -> HttpResponse:
    facts = selectors.facts_on(request.user, row)
    waits = row.status in ("open", "answered")
    own = row.person_id == request.user.pk
    may_rule = decide(Act.RULE_ON_CHALLENGE, facts) and (not own or request.user.alone)
    start = {"version": row.version}
    limits = ("owner", "due", "words", "may_reply")
    may_answer = waits and decide(Act.ANSWER_CHALLENGE, facts)
    answering = selectors.answering(row, facts)
    may_reply = decide(Act.REPLY_TO_ANSWER, facts) and selectors.replying(row, request.user)
    may_assign = row.status == "open" and decide(Act.ASSIGN_CHALLENGE, facts)
    may_withdraw = waits and own and decide(Act.CHALLENGE, facts)
    offered: dict[str, tuple[object, forms.Form]] = {
        "assign": (
            may_assign,
            AssignForm(initial=start | {name: getattr(row, name) for name in limits}),
        ),
        "answer": (
            may_answer and answering,
            AnswerForm(initial=start | {"answer": row.answer}, words=row.words),
        ),
        "reply": (may_reply, ReplyForm(initial=start, words=row.words)),
        "rule": (row.status == "answered" and may_rule, RuleForm(initial=start)),
        "withdraw": (may_withdraw, WithdrawForm(initial=start)),
    }
    told = {
        "round": row.effort.round,
        "challenge": row,
        "own": own,
        "target": challenge_record(row).target,
        "is_late": selectors.is_overdue(row),
        "too_late": answering.reason if may_answer else "",
        "changes": selectors.changes_since(request.user, row, row.revision),
        "changes_since_answer": selectors.changes_since(request.user, row, row.answered_revision),
        "form": form,
        "faults": faults,
        "sees_effect": bool(decide(Act.SEE_RESULTS, facts)),
        **{
            f"{name}_form": (form if isinstance(form, type(made)) else made) if may else None
            for name, (may, made) in offered.items()
        },
    }
    bad = form is not None or bool(faults)
    return render(request, "challenges/challenge.html", told, status=400 if bad else 200)


@login_required
@require_POST
def answer(request: SignedInRequest, slug: str, challenge_id: str) -> HttpResponse:
    """Answer a challenge."""
    row = _seen(request, slug, challenge_id)
    form = AnswerForm(request.POST, words=row.words)
    return _saved(
        request,
        row,
        form,
        lambda told: services.answer_challenge(
            challenge=row, answer=told["answer"], by=request.user, version=told["version"]
        ),
    )


@login_required
@require_POST
def assign(request: SignedInRequest, slug: str, challenge_id: str) -> HttpResponse:
    """Say who answers a challenge, until when, and in how many words."""
    row, form = _seen(request, slug, challenge_id), AssignForm(request.POST)
    return _saved(
        request,
        row,
        form,
        lambda told: services.assign_challenge(challenge=row, by=request.user, **told),
    )


@login_required
@require_POST
def reply(request: SignedInRequest, slug: str, challenge_id: str) -> HttpResponse:
    """Reply to the answer to one's own challenge."""
    row = _seen(request, slug, challenge_id)
    form = ReplyForm(request.POST, words=row.words)
    return _saved(
        request,
        row,
        form,
        lambda told: services.reply_to_answer(
            challenge=row, reply=told["reply"], by=request.user, version=told["version"]
        ),
    )


@login_required
@require_POST
def rule(request: SignedInRequest, slug: str, challenge_id: str) -> HttpResponse:
    """Uphold or reject a challenge."""
    row, form = _seen(request, slug, challenge_id), RuleForm(request.POST)
    return _saved(
        request,
        row,
        form,
        lambda told: services.rule_on_challenge(
            challenge=row,
            status=told["status"],
            reason=told["reason"],
            by=request.user,
            version=told["version"],
        ),
    )


@login_required
@require_POST
def withdraw(request: SignedInRequest, slug: str, challenge_id: str) -> HttpResponse:
    """Take back one's own challenge."""
    row, form = _seen(request, slug, challenge_id), WithdrawForm(request.POST)
    return _saved(
        request,
        row,
        form,
        lambda told: services.withdraw_challenge(
            challenge=row, reason=told["reason"], by=request.user, version=told["version"]
        ),
    )


def _saved(
    request: SignedInRequest,
    row: Challenge,
    form: forms.Form,
    save: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, row, form=form)
    try:
        save(form.cleaned_data)
    except services.ChangedMeanwhileError:
        row.refresh_from_db()
        form.data = {**form.data, "version": row.version}
        return _page(request, row, form=form, faults=(_MEANWHILE,))
    messages.success(request, "This is kept.")
    return redirect(_address(row))
