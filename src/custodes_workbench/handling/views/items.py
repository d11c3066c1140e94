"""Pages of marked things: those of a round, one of them, handing in, what is withheld."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from custodes.disclosure import Withheld, withheld_lines
from custodes_workbench.access import SPOKEN, Act, Role, decide
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import efforts_visible_to, facts_about
from custodes_workbench.handling import selectors, services
from custodes_workbench.handling.forms import (
    AcknowledgeForm,
    HandInForm,
    PersonForm,
    ReviewForm,
    ShareForm,
    WhyForm,
)
from custodes_workbench.handling.models import Item
from custodes_workbench.handling.views.keys import to_unlock
from custodes_workbench.handling.views.unlocked import private_of
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import rounds_visible_to
from custodes_workbench.web.lists import Column, Listing
from custodes_workbench.web.requests import SignedInRequest

COLUMNS = (
    Column("n", "Number", number=True, link="url"),
    Column("kind", "What", choices=True),
    Column("place", "Where"),
    Column("effort", "Effort", choices=True),
    Column("mark", "Mark", choices=True),
    Column("review_by", "Review by"),
    Column("state", "State", choices=True),
)
_MEANWHILE = "This was changed meanwhile. What you typed stands below; look at what stands now."
_TELLERS = (Role.LEAD_OFFICER, Role.OFFICER, Role.EXPERT, Role.APPLICANT)


def _round(request: SignedInRequest, slug: str) -> Round:
    row = selectors.round_with_marks(request.user, slug)
    if row is None:
        raise Http404
    return row


def _item(request: SignedInRequest, slug: str, n: int) -> Item:
    row = _round(request, slug)
    for each in selectors.items_visible_to(request.user, row):
        if each.n == n:
            return each
    raise Http404


@login_required
def items(request: SignedInRequest, slug: str) -> HttpResponse:
    """The marked things of a round that the reader knows of."""
    row = _round(request, slug)
    seen = selectors.items_visible_to(request.user, row)
    open_to = selectors.efforts_to_mark(request.user, row)
    if not seen and not open_to:
        raise Http404
    known = set(efforts_visible_to(request.user, row).values_list("pk", flat=True))
    listing = Listing(request, COLUMNS, [_told(each, known=known) for each in seen], name="marked")
    if listing.wants_file:
        return listing.as_file()
    told = {"round": row, "listing": listing, "open_to": open_to}
    return render(request, "handling/items.html", told)


def _told(item: Item, *, known: set[int]) -> dict[str, object]:
    return {
        "n": item.n,
        "url": item.get_absolute_url(),
        "kind": item.get_kind_display(),
        "place": item.place,
        "effort": item.effort.title if item.effort_id in known else "",
        "mark": item.mark,
        "review_by": item.review_by,
        "state": _state(item),
    }


def _state(item: Item) -> str:
    if item.erased_at:
        return "erased"
    if item.review_by and item.review_by < timezone.localdate():
        return "review overdue"
    return "holds"


@login_required
@sensitive_post_parameters("text")
def hand_in(request: SignedInRequest, slug: str, effort: str) -> HttpResponse:
    """Hand something in under a mark."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    about = get_object_or_404(efforts_visible_to(request.user, row), effort_id=effort)
    if about not in selectors.efforts_to_mark(request.user, row):
        raise Http404
    people = selectors.people_offered_to(request.user, about)
    form = HandInForm(
        request.POST or None,
        people=people,
        may_mark_effort=bool(decide(Act.SET_MARK, facts_about(request.user, about))),
        decided_by=_office(request, about),
    )
    if form.is_valid() and form.marking is not None:
        told = form.cleaned_data
        made = services.hand_in(
            effort=about,
            given=services.HandedIn(
                kind=told["kind"],
                marking=form.marking,
                text=told["text"],
                place=told["place"],
                readers=tuple(each for each in people if each.pk in told["readers"]),
            ),
            by=request.user,
        )
        messages.success(request, f"This is kept as number {made.n}.")
        return redirect(made)
    shown = {"round": row, "effort": about, "form": form, "has_people": bool(people)}
    return render(request, "handling/hand_in.html", shown, status=400 if form.errors else 200)


def _office(request: SignedInRequest, effort: Effort) -> str:
    """As whom somebody decides, in words; never by name."""
    roles = facts_about(request.user, effort).roles
    return next((SPOKEN[each] for each in _TELLERS if each in roles), SPOKEN[Role.PUBLIC])


@login_required
def item(request: SignedInRequest, slug: str, n: int) -> HttpResponse:
    """One marked thing: its mark and why, its readers, who opened it, with whom it was shared."""
    return _page(request, _item(request, slug, n))


def _page(
    request: SignedInRequest,
    row: Item,
    *,
    form: forms.Form | None = None,
    faults: tuple[str, ...] = (),
    text: str | None = None,
) -> HttpResponse:
    reader = request.user
    facts = selectors.facts_on(reader, row)
    decides = bool(decide(Act.SET_MARK, facts)) and row.erased_at is None
    marking = selectors.marking_of(row)
    openings = selectors.openings_shown_to(reader, row)
    knows_readers = openings is not None or Role.NAMED_READER in facts.roles
    readers = list(selectors.readers_of(row)) if knows_readers else []
    start = {"version": row.version}
    may_open = (
        row.kind != Item.Kind.EFFORT and row.erased_at is None and selectors.may_open(reader, row)
    )
    told = {
        "round": row.effort.round,
        "item": row,
        "sees_effort": efforts_visible_to(reader, row.effort.round)
        .filter(pk=row.effort_id)
        .exists(),
        "marking": marking,
        "markings": row.markings.all(),
        "is_overdue": marking.is_overdue(timezone.localdate()),
        "knows_readers": knows_readers and row.is_sealed,
        "readers": sorted(
            # by the name that is shown: a place among the names would tell of one that is not
            ((each, selectors.name_shown_to(reader, each.key.person, row)) for each in readers),
            key=lambda told: (told[1], told[0].pk),
        ),
        "openings": openings
        if openings is None
        else [(each.at, selectors.name_shown_to(reader, each.person, row)) for each in openings],
        "sharings": list(row.sharings.all()) if openings is not None else None,
        "decides": decides,
        "may_open": bool(may_open),
        "needs_key": row.is_sealed and private_of(request) is None,
        "unlock_url": to_unlock(row.get_absolute_url()),
        "text": text,
        "form": form,
        "faults": faults,
    }
    if decides:
        given = marking.model_dump(
            include={"mark", "ground", "reason", "against", "consulted", "lifted_when"}
        )
        now = {each.key.person_id for each in readers if each.key.retired_at is None}
        made = {
            "review": ReviewForm(initial=start | given, decided_by=""),
            "reader": PersonForm(
                people=[
                    each for each in selectors.people_with_keys(row.effort) if each.pk not in now
                ]
            ),
            "share": ShareForm(initial={"shared_on": timezone.localdate()}),
            "erase": WhyForm(initial=start),
        }
        told |= {
            f"{name}_form": form if isinstance(form, type(each)) else each
            for name, each in made.items()
        }
    bad = form is not None or bool(faults)
    return render(request, "handling/item.html", told, status=400 if bad else 200)


@login_required
@require_POST
def open_one(request: SignedInRequest, slug: str, n: int) -> HttpResponse:
    """Show what a marked thing says; that is kept in the log."""
    row = _item(request, slug, n)
    if row.is_sealed and private_of(request) is None and selectors.may_open(request.user, row):
        return redirect(to_unlock(row.get_absolute_url()))
    text = services.open_item(item=row, by=request.user, private=private_of(request))
    return _page(request, row, text=text)


@login_required
@require_POST
def review(request: SignedInRequest, slug: str, n: int) -> HttpResponse:
    """Decide on a mark again."""
    row = _item(request, slug, n)
    form = ReviewForm(request.POST, decided_by=_office(request, row.effort))

    def save(told: dict[str, Any]) -> None:
        if form.marking is not None:
            services.review_mark(
                item=row,
                marking=form.marking,
                by=request.user,
                version=told["version"],
                private=private_of(request),
            )

    return _saved(request, row, form, save)


@login_required
@require_POST
def add_reader(request: SignedInRequest, slug: str, n: int) -> HttpResponse:
    """Name one more reader."""
    row = _item(request, slug, n)
    people = selectors.people_with_keys(row.effort)
    form = PersonForm(request.POST, people=people)
    return _saved(
        request,
        row,
        form,
        lambda told: services.name_reader(
            item=row,
            person=next(each for each in people if each.pk == told["person"]),
            by=request.user,
            private=private_of(request),
        ),
    )


@login_required
@require_POST
def drop_reader(request: SignedInRequest, slug: str, n: int, person: int) -> HttpResponse:
    """Take a reader away."""
    row = _item(request, slug, n)
    if not decide(Act.SET_MARK, selectors.facts_on(request.user, row)):
        raise Http404
    named = [each.key.person for each in selectors.readers_of(row) if each.key.person_id == person]
    if not named:
        raise Http404
    services.remove_reader(item=row, person=named[0], by=request.user, private=private_of(request))
    messages.success(request, "The text has a new key. What was read before stays read.")
    return redirect(row)


@login_required
@require_POST
def erase(request: SignedInRequest, slug: str, n: int) -> HttpResponse:
    """Erase what a marked thing says."""
    row, form = _item(request, slug, n), WhyForm(request.POST)
    return _saved(
        request,
        row,
        form,
        lambda told: services.erase_item(
            item=row, reason=told["reason"], by=request.user, version=told["version"]
        ),
    )


@login_required
@require_POST
def share(request: SignedInRequest, slug: str, n: int) -> HttpResponse:
    """Keep that it was shared."""
    row, form = _item(request, slug, n), ShareForm(request.POST)
    return _saved(
        request,
        row,
        form,
        lambda told: services.share_item(
            item=row, given=services.SharingGiven(**told), by=request.user
        ),
    )


@login_required
def sharing(request: SignedInRequest, slug: str, n: int, pk: int) -> HttpResponse:
    """One sharing: note that it was acknowledged, or ask it back."""
    row = _item(request, slug, n)
    found = get_object_or_404(selectors.sharings_of(row), pk=pk)
    if not decide(Act.SET_MARK, selectors.facts_on(request.user, row)):
        raise Http404
    kinds = {"acknowledge": AcknowledgeForm, "recall": WhyForm}
    asked = request.POST.get("what", "")
    start = {"version": found.version, "on": timezone.localdate()}
    made = {
        name: kind(request.POST) if name == asked else kind(initial=start)
        for name, kind in kinds.items()
    }
    form = made.get(asked)
    if form is not None and form.is_valid():
        told = form.cleaned_data
        try:
            if asked == "recall":
                services.ask_recall(
                    sharing=found,
                    reason=told["reason"],
                    by=request.user,
                    version=told["version"],
                )
            else:
                services.acknowledge_sharing(
                    sharing=found, on=told["on"], by=request.user, version=told["version"]
                )
        except services.ChangedMeanwhileError:
            messages.info(request, _MEANWHILE)
            return redirect("handling:sharing", slug, n, pk)
        messages.success(request, "This is kept.")
        return redirect(row)
    told = {
        "round": row.effort.round,
        "item": row,
        "sharing": found,
        "form": form,
        "acknowledge_form": made["acknowledge"],
        "recall_form": made["recall"],
    }
    return render(request, "handling/sharing.html", told, status=400 if form else 200)


def withheld(request: HttpRequest, slug: str) -> HttpResponse:
    """What of a round is withheld from the public, why, and which reviews are overdue."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    if not selectors.may_see_withheld(request.user, row):
        raise Http404
    unexplained = [Withheld(what="effort")] * selectors.unexplained_efforts(row)
    year = timezone.localdate().year
    told = {
        "round": row,
        "lines": withheld_lines([*selectors.told_of(row), *unexplained]),
        "overdue": selectors.overdue_numbers(row),
        "year": year,
        "hidden": selectors.hidden_in_year(year),
    }
    return render(request, "handling/withheld.html", told)


def _saved(
    request: SignedInRequest,
    row: Item,
    form: forms.Form,
    save: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    if not decide(Act.SET_MARK, selectors.facts_on(request.user, row)):
        raise Http404
    if not form.is_valid():
        return _page(request, row, form=form)
    try:
        save(form.cleaned_data)
    except services.ChangedMeanwhileError:
        row.refresh_from_db()
        form.data = {**form.data, "version": row.version}
        return _page(request, row, form=form, faults=(_MEANWHILE,))
    messages.success(request, "This is kept.")
    return redirect(reverse("handling:item", args=[row.effort.round.slug, row.n]))
