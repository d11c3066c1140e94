"""The page of the safeguards group: its members, its terms."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from custodes_workbench.access import Act, decide
from custodes_workbench.handling import selectors, services
from custodes_workbench.handling.forms import EndForm, ProposeForm
from custodes_workbench.people.selectors import with_accounts
from custodes_workbench.web.requests import SignedInRequest


@login_required
def safeguards(request: SignedInRequest) -> HttpResponse:
    """Who is in the group; propose somebody, or read the terms that one was proposed to accept."""
    leads = bool(decide(Act.LEAD_SAFEGUARDS, request.user.facts))
    own = selectors.membership_of(request.user)
    if not leads and own is None:
        raise Http404
    people = list(with_accounts().order_by("name")) if leads else []
    form = ProposeForm(request.POST if leads and request.POST else None, people=people)
    if leads and form.is_valid():
        told = form.cleaned_data
        services.propose_member(
            person=next(each for each in people if each.pk == told["person"]),
            work=told["work"],
            by=request.user,
        )
        messages.success(request, "They are proposed; the terms wait for them.")
        return redirect("handling:safeguards")
    told = {
        "leads": leads,
        "own": own,
        "members": selectors.members_visible_to(request.user.facts),
        "form": form,
        "end_form": EndForm(),
    }
    return render(request, "handling/safeguards.html", told, status=400 if form.errors else 200)


@login_required
@require_POST
def accept(request: SignedInRequest) -> HttpResponse:
    """Accept the group's terms."""
    if selectors.membership_of(request.user) is None:
        raise Http404
    services.accept_terms(by=request.user)
    messages.success(request, "You are in the safeguards group.")
    return redirect("handling:safeguards")


@login_required
@require_POST
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take somebody out of the group."""
    found = get_object_or_404(selectors.members_visible_to(request.user.facts), pk=pk)
    form = EndForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say why.")
        return redirect("handling:safeguards")
    services.end_membership(member=found, reason=form.cleaned_data["reason"], by=request.user)
    messages.success(request, "They are out of the group; what they read stays read.")
    return redirect("handling:safeguards")
