"""Pages of public critique: the list, writing one, confirming it, one with its answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.mail import EmailMessage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from custodes_workbench.access import Act, decide
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import the_institution
from custodes_workbench.publication import selectors, services
from custodes_workbench.publication.forms import AnswerForm, FileForm, WithholdForm
from custodes_workbench.publication.models import Critique
from custodes_workbench.web.lists import Column, Listing
from custodes_workbench.web.requests import SignedInRequest

COLUMNS = (
    Column("id", "Critique", link="url"),
    Column("page", "Of"),
    Column("round", "Round", choices=True),
    Column("version", "Version"),
    Column("status", "State", choices=True),
    Column("days", "Days it waits", number=True),
    Column("text", "What it says"),
)
_SHOWN = 160
_MEANWHILE = "This was changed meanwhile. What you typed stands below; look at what stands now."


def critiques(request: HttpRequest) -> HttpResponse:
    """Every public critique, those that wait first by age, and the way to write one."""
    rows = [_told(each) for each in selectors.public_critiques()]
    listing = Listing(request, COLUMNS, rows, name="critiques")
    if listing.wants_file:
        return listing.as_file()
    told = {
        "listing": listing,
        "waiting": sum(each["status"] == "received" for each in rows),
        "can_file": bool(selectors.public_pages()),
        "institution": the_institution(),
    }
    return render(request, "publication/critiques.html", told)


def _told(row: Critique) -> dict[str, object]:
    text = f"Withheld: {row.withheld}" if row.withheld else row.text
    since = row.confirmed_at or row.filed_at
    return {
        "id": row.critique_id,
        "url": row.get_absolute_url(),
        "page": row.page,
        "round": row.round.title if row.round else "",
        "version": row.page_version,
        "status": row.status,
        "days": (timezone.now() - since).days if row.status == "received" else None,
        "text": text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} ...",
    }


def file_one(request: HttpRequest) -> HttpResponse:
    """Write a critique; without an account, a few in an hour from one place."""
    pages = selectors.public_pages()
    if not pages:
        raise Http404
    unnamed = selectors.may_criticise_unnamed()
    start = {"about": request.GET.get("about", "")}
    form = FileForm(request.POST or None, initial=start, pages=pages, unnamed=unnamed)
    if form.is_valid():
        mail = form.cleaned_data["mail"]
        if _too_many(request, mail):
            refused: HttpResponse = ratelimit.respond_429(request)
            return refused
        made = services.file_critique(
            about=form.page(),
            text=form.cleaned_data["text"],
            by=form.cleaned_data["by"],
            has_address=bool(mail),
        )
        if not mail:
            return redirect(made)
        _send_link(request, made, mail)
        return redirect("publication:sent")
    status = 400 if form.errors else 200
    return render(request, "publication/file.html", {"form": form}, status=status)


def _too_many(request: HttpRequest, mail: str) -> bool:
    """Whether too much came from here, or went to this address, within the hour."""
    asked = ratelimit.consume(request, action="critique")
    return not asked or bool(
        mail and not ratelimit.consume(request, action="critique_mail", key=mail.casefold())
    )


def _send_link(request: HttpRequest, made: Critique, mail: str) -> None:
    """One mail to an address that is nowhere kept; it says nothing of what was written."""
    address = reverse("publication:confirm", args=[services.token_of(made)])
    link = request.build_absolute_uri(address)
    text = render_to_string("publication/confirm_mail.txt", {"link": link})
    subject, _, body = text.partition("\n")
    EmailMessage(subject=subject, body=body.lstrip(), to=[mail]).send()


def sent(request: HttpRequest) -> HttpResponse:
    """That a link is on its way."""
    return render(request, "publication/sent.html")


def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What the link leads to: the critique once more, and the button that makes it public."""
    found = services.critique_of(token)
    if found is None:
        raise Http404
    if found.confirmed_at is not None:
        return redirect(found)
    if request.method == "POST":
        return redirect(services.confirm_critique(critique=found))
    return render(request, "publication/confirm.html", {"critique": found})


def critique(request: HttpRequest, number: int) -> HttpResponse:
    """One critique with everything that became of it."""
    return _page(request, _seen(number))


def _seen(number: int) -> Critique:
    return get_object_or_404(selectors.public_critiques(), number=number)


def _page(
    request: HttpRequest,
    row: Critique,
    *,
    form: forms.Form | None = None,
    faults: tuple[str, ...] = (),
) -> HttpResponse:
    reader = request.user
    may = isinstance(reader, User) and bool(
        decide(Act.ANSWER_CRITIQUE, selectors.facts_on(reader, row))
    )
    start = {"version": row.version}
    answer_form = form if isinstance(form, AnswerForm) else AnswerForm(initial=start)
    withhold_form = form if isinstance(form, WithholdForm) else WithholdForm(initial=start)
    told = {
        "critique": row,
        "is_page_newer": selectors.version_now(row) != row.page_version,
        "shows_text": may or not row.withheld,
        "answer_form": answer_form if may else None,
        "withhold_form": withhold_form if may and not row.withheld else None,
        "form": form,
        "faults": faults,
    }
    bad = form is not None or bool(faults)
    return render(request, "publication/critique.html", told, status=400 if bad else 200)


@login_required
@require_POST
def answer(request: SignedInRequest, number: int) -> HttpResponse:
    """Answer, uphold or reject a critique."""
    row, form = _seen(number), AnswerForm(request.POST)
    return _saved(
        request,
        row,
        form,
        lambda told: services.answer_critique(
            critique=row,
            status=told["status"],
            answer=told["answer"],
            by=request.user,
            version=told["version"],
        ),
    )


@login_required
@require_POST
def withhold(request: SignedInRequest, number: int) -> HttpResponse:
    """Take a text out of what the public reads."""
    row, form = _seen(number), WithholdForm(request.POST)
    return _saved(
        request,
        row,
        form,
        lambda told: services.withhold_critique(
            critique=row, reason=told["reason"], by=request.user, version=told["version"]
        ),
    )


def _saved(
    request: SignedInRequest,
    row: Critique,
    form: forms.Form,
    save: Callable[[dict[str, Any]], None],
) -> HttpResponse:
    if not decide(Act.ANSWER_CRITIQUE, selectors.facts_on(request.user, row)):
        raise Http404
    if not form.is_valid():
        return _page(request, row, form=form)
    try:
        save(form.cleaned_data)
    except services.ChangedMeanwhileError:
        return _page(request, _seen(row.number or 0), form=form, faults=(_MEANWHILE,))
    messages.success(request, "It is kept, and public.")
    return redirect(row)
