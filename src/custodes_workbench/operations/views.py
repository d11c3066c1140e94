"""The page of the outbox."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from custodes_workbench.access import Act, decide
from custodes_workbench.operations import selectors, services
from custodes_workbench.operations.models import Mail
from custodes_workbench.web.lists import Column, Listing
from custodes_workbench.web.requests import SignedInRequest

COLUMNS = (
    Column("to", "To"),
    Column("kind", "What", choices=True),
    Column("about", "About", choices=True),
    Column("queued_at", "Queued"),
    Column("state", "State", choices=True),
    Column("note", "Why"),
)
PLACE_OF_LINK = "(the link stands here)"
"""Instead of a link in a preview: only its recipient may hold it."""


@login_required
def outbox(request: SignedInRequest) -> HttpResponse:
    """What waits to be sent, as its recipients will read it, and what became of the rest."""
    facts = request.user.facts
    if not decide(Act.SEND_MAIL, facts):
        raise Http404
    mails = selectors.mails_visible_to(facts)
    queued = mails.filter(state=Mail.State.QUEUED).order_by("pk")
    waiting = [each for each in queued if not services.is_held(each)]
    if request.method == "POST":
        count = request.POST.get("count", "")
        sent, failed, dropped = services.send_queued(
            by=request.user, count=int(count) if count.isdecimal() else -1
        )
        told = f"{sent} sent, {failed} failed, {dropped} dropped."
        (messages.warning if failed else messages.success)(request, told)
        return redirect("operations:outbox")
    listing = Listing(request, COLUMNS, mails, name="outbox")
    if listing.wants_file:
        return listing.as_file()
    told_: dict[str, Any] = {
        "listing": listing,
        "waiting": [(each, *services.text_of(each, link=PLACE_OF_LINK)) for each in waiting],
        "held": len(queued) - len(waiting),
        "failed": mails.filter(state=Mail.State.FAILED),
        "has_server": settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"),
    }
    return render(request, "operations/outbox.html", told_)


@login_required
@require_POST
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Queue a mail again that failed."""
    found = get_object_or_404(selectors.mails_visible_to(request.user.facts), pk=pk)
    services.try_again(mail=found, by=request.user)
    return redirect("operations:outbox")
