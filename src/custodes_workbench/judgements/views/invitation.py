"""The page of an invitation, open to whoever holds its address."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from custodes_workbench.judgements.forms.invitation import (
    AcceptForm,
    DeclineForm,
    InterestsForm,
)
from custodes_workbench.judgements.services.invitations import (
    Invitation,
    accept_invitation,
    decline_invitation,
    invitation_of,
    state_interests,
)
from custodes_workbench.rounds.records import settings_of


@never_cache
@sensitive_post_parameters("password")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked; a statement of interests; then the titles, acceptance or refusal."""
    found = invitation_of(token)
    if found is None:
        raise Http404
    does = request.POST.get("does", "")
    interests = InterestsForm(request.POST if does == "state" else None)
    if does == "state" and interests.is_valid():
        told = interests.cleaned_data
        state_interests(
            invitation=found,
            affiliations=told["affiliations"],
            coauthors=told["coauthors"],
            ties=told["ties"],
            interests=told["interests"],
        )
        return redirect("judgements:invitation", token)
    accept = _accept_form(request, found, does)
    if does == "accept" and accept.is_valid():
        accept_invitation(
            invitation=found,
            declared=accept.declared(),
            password=accept.cleaned_data.get("password", ""),
        )
        return redirect("judgements:answered", "accepted")
    decline = DeclineForm(request.POST if does == "decline" else None)
    if does == "decline" and decline.is_valid():
        decline_invitation(
            invitation=found,
            because=decline.cleaned_data["because"],
            text=decline.cleaned_data["text"],
        )
        return redirect("judgements:answered", "declined")
    forms = {"state": interests, "accept": accept, "decline": decline}
    wrong = forms.get(does)
    told = {
        "invitation": found,
        "member": found.member,
        "round": found.member.round,
        "settings": settings_of(found.member.round),
        "stages": [each for each in found.member.round.stages.all() if each.closes_at],
        "efforts": found.efforts(),
        "interests_form": interests,
        "accept_form": accept,
        "decline_form": decline,
        "form": wrong,
    }
    return render(request, "judgements/invitation.html", told, status=400 if wrong else 200)


def _accept_form(request: HttpRequest, found: Invitation, does: str) -> AcceptForm:
    return AcceptForm(
        request.POST if does == "accept" else None,
        efforts=found.efforts(),
        needs_account=found.needs_account,
    )


def answered(request: HttpRequest, answer: str) -> HttpResponse:
    """Thanks, and what happens next; the same page for everybody."""
    if answer not in ("accepted", "declined"):
        raise Http404
    return render(request, "judgements/answered.html", {"accepted": answer == "accepted"})
