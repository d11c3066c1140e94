"""Pages on which somebody declares their own interests: standing ones, and in one round."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from custodes_workbench.access import Act, decide
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import efforts_visible_to, facts_about
from custodes_workbench.judgements.forms.conflicts import DeclareForm, InterestForm, RenewForm
from custodes_workbench.judgements.selectors.interests import own_conflicts, own_interests
from custodes_workbench.judgements.services.conflicts import declare_conflict
from custodes_workbench.judgements.services.interests import (
    declare_interests,
    renew_declaration,
    take_back_interest,
)
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import STATEMENT_HOLDS, statement_has_expired
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import rounds_visible_to
from custodes_workbench.web.requests import SignedInRequest


@login_required
def interests(request: SignedInRequest) -> HttpResponse:
    """One's standing declaration: add a tie, take one back, say that it is complete."""
    person = request.user
    does = request.POST.get("does", "")
    if does == "take back":
        asked = request.POST.get("interest", "")
        pk = int(asked) if asked.isdecimal() else 0
        take_back_interest(interest=get_object_or_404(own_interests(person), pk=pk), by=person)
        messages.success(request, "It is taken back.")
        return redirect("judgements:interests")
    form = InterestForm(request.POST if does == "add" else None, auto_id="tie-%s")
    if does == "add" and form.is_valid():
        declare_interests(given=[form.given()], by=person)
        messages.success(request, "It is declared. Conflicts were looked for with it.")
        return redirect("judgements:interests")
    renew = RenewForm(
        request.POST if does == "renew" else None, initial={"aliases": person.aliases}
    )
    if does == "renew" and renew.is_valid():
        renew_declaration(by=person, aliases=renew.cleaned_data["aliases"])
        messages.success(request, "Your declaration holds for a year from today.")
        return redirect("judgements:interests")
    stated = person.interests_stated_on
    told = {
        "interests": own_interests(person),
        "stated": stated,
        "until": stated + STATEMENT_HOLDS if stated else None,
        "is_over": statement_has_expired(person),
        "tie_form": form,
        "renew_form": renew,
        "form": renew if does == "renew" else form,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "judgements/interests.html", told, status=status)


@login_required
def own_in_round(request: SignedInRequest, slug: str) -> HttpResponse:
    """What one declared in a round, and declaring a tie with one of its efforts."""
    row = get_object_or_404(rounds_visible_to(request.user), slug=slug)
    offered = _declarable(request.user, row)
    declared = list(own_conflicts(request.user, row))
    if not (offered or declared):
        raise Http404
    form = DeclareForm(request.POST or None, efforts=offered)
    if form.is_valid():
        chosen = form.cleaned_data["effort"]
        effort = next(each for each in offered if each.effort_id == chosen)
        declare_conflict(effort=effort, given=form.given(), by=request.user)
        done = "It is declared. You see this effort again when an officer has decided it so."
        messages.success(request, done)
        return redirect("rounds:round", slug)
    told = {"round": row, "declared": declared, "form": form if offered else None}
    status = 400 if request.method == "POST" else 200
    return render(request, "judgements/own_interests.html", told, status=status)


def _declarable(reader: User, row: Round) -> list[Effort]:
    return [
        each
        for each in efforts_visible_to(reader, row)
        if decide(Act.DECLARE_CONFLICT, facts_about(reader, each))
    ]
