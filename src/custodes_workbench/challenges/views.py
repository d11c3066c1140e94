"""Pages of challenges: those of a round, those of one effort, one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from custodes_workbench.access import Act, decide, require
from custodes_workbench.challenges import selectors, services
from custodes_workbench.challenges.forms import AnswerForm, RaiseForm, RuleForm, WithdrawForm
from custodes_workbench.challenges.models import Challenge
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
    Column("by", "Raised by", choices=True),
    Column("due", "To be answered until"),
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
        "by": row.by,
        "due": row.due,
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
    if form.is_valid() and form.challenge is not None:
        made = services.raise_challenge(
            effort=about,
            given=form.challenge,
            by=request.user,
            due=form.cleaned_data["due"],
        )
        messages.success(request, f"Challenge {made.challenge_id} is raised.")
        return redirect(_address(made))
    told = {"round": row, "effort": about, "form": form}
    return render(request, "challenges/raise.html", told, status=400 if form.errors else 200)


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
    offered: dict[str, tuple[bool, forms.Form]] = {
        "answer": (
            bool(waits and decide(Act.ANSWER_CHALLENGE, facts)),
            AnswerForm(initial=start | {"answer": row.answer}),
        ),
        "rule": (bool(row.status == "answered" and may_rule), RuleForm(initial=start)),
        "withdraw": (
            bool(waits and own and decide(Act.CHALLENGE, facts)),
            WithdrawForm(initial=start),
        ),
    }
    told = {
        "round": row.effort.round,
        "challenge": row,
        "own": own,
        "is_late": row.status == "open" and row.due is not None and row.due < timezone.localdate(),
        "form": form,
        "faults": faults,
        "sees_effect": bool(row.quantity and decide(Act.SEE_RESULTS, facts)),
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
    row, form = _seen(request, slug, challenge_id), AnswerForm(request.POST)
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
