"""What people do to a claim: ask for assessments, give them, reply, publish."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from custodes_workbench.access import Act, Role
from custodes_workbench.claims import selectors, services
from custodes_workbench.claims.forms import (
    AssessForm,
    AssignForm,
    EndForm,
    PublishForm,
    ReplyForm,
    SendForm,
    WithdrawForm,
)
from custodes_workbench.claims.models import ClaimVersion
from custodes_workbench.claims.views.pages import people_with, shown, to_act
from custodes_workbench.people.selectors import roles_held
from custodes_workbench.web.requests import SignedInRequest
from custodes_workbench.web.versions import see_version


def _done(
    request: SignedInRequest,
    version: ClaimVersion,
    form: tuple[str, forms.Form],
    save: Callable[[], object],
    *,
    told: str,
    n: int | None = None,
) -> HttpResponse:
    """Save what a form says and go back to the claim; the page again where it cannot be."""
    name, sent = form
    if not sent.is_valid():
        return shown(request, version, form=form)
    try:
        save()
    except services.ChangedMeanwhileError:
        see_version(sent, version.n if n is None else n, name="n")
        return shown(request, version, form=(name, sent), conflict=True)
    except (services.NotNowError, services.ConflictError) as error:
        sent.add_error(None, str(error))
        return shown(request, version, form=(name, sent))
    messages.success(request, told)
    return redirect(version.claim)


@login_required
@require_POST
def assign(request: SignedInRequest, slug: str, claim_id: str) -> HttpResponse:
    """Ask somebody to assess a claim."""
    version = to_act(request, slug, claim_id, Act.ASSIGN_CLAIM)
    people = {each.pk: each for each in people_with(Role.CLAIMS_ASSESSOR, version.claim.round)}
    form = AssignForm(request.POST, people=people.values())

    def save() -> None:
        person = people[form.cleaned_data["person"]]
        person.held = roles_held(person)
        services.assign_assessor(version=version, person=person, by=request.user)

    return _done(request, version, ("assign", form), save, told="They are asked to assess it.")


@login_required
@require_POST
def end(request: SignedInRequest, slug: str, claim_id: str) -> HttpResponse:
    """Take a claim away from an assessor."""
    version = to_act(request, slug, claim_id, Act.ASSIGN_CLAIM)
    rows = version.claim.assessors.filter(ended_because="", from_folder=False)
    asked = {each.person_id: each for each in rows.select_related("person")}
    form = EndForm(request.POST, people=[each.person for each in asked.values()])

    def save() -> None:
        services.end_assessor(
            version=version,
            assessor=asked[form.cleaned_data["person"]],
            by=request.user,
            reason=form.cleaned_data["reason"],
        )

    return _done(request, version, ("end", form), save, told="It was taken away from them.")


@login_required
@require_POST
def assess(request: SignedInRequest, slug: str, claim_id: str) -> HttpResponse:
    """Hand an assessment in."""
    version = to_act(request, slug, claim_id, Act.ASSESS_CLAIM)
    own = selectors.own_assessor(request.user, version)
    if own is None:
        raise Http404
    form = AssessForm(request.POST)

    def save() -> None:
        n = form.cleaned_data["n"]
        services.assess_claim(version=version, given=form.given, by=request.user, n=n)

    told = "Your assessment is handed in."
    n = own.answers.count()
    return _done(request, version, ("assess", form), save, told=told, n=n)


@login_required
@require_POST
def send(request: SignedInRequest, slug: str, claim_id: str) -> HttpResponse:
    """Send the assessment to the claimant."""
    version = to_act(request, slug, claim_id, Act.PUBLISH_CLAIM)
    contacts = people_with(Role.DEVELOPER_CONTACT, version.claim.round)
    people = {each.pk: each for each in contacts}
    form = SendForm(request.POST, people=people.values())

    def save() -> None:
        services.send_to_claimant(
            version=version,
            contact=people.get(form.cleaned_data["contact"]),
            by=request.user,
            n=form.cleaned_data["n"],
            reason="Its assessing is over.",
        )

    return _done(request, version, ("send", form), save, told="It is with the claimant now.")


@login_required
@require_POST
def reply(request: SignedInRequest, slug: str, claim_id: str) -> HttpResponse:
    """Write the claimant's reply down."""
    version = to_act(request, slug, claim_id, Act.REPLY_TO_CLAIM)
    form = ReplyForm(request.POST)

    def save() -> None:
        told = form.cleaned_data
        services.reply_to_claim(version=version, text=told["text"], by=request.user, n=told["n"])

    return _done(request, version, ("reply", form), save, told="The reply is kept.")


@login_required
@require_POST
def publish(request: SignedInRequest, slug: str, claim_id: str) -> HttpResponse:
    """Publish a claim with its verdict, or say whether it was kept."""
    version = to_act(request, slug, claim_id, Act.PUBLISH_CLAIM)
    form = PublishForm(request.POST)

    def save() -> None:
        services.publish_claim(version=version, by=request.user, **form.cleaned_data)

    return _done(request, version, ("publish", form), save, told="The assessment is published.")


@login_required
@require_POST
def withdraw(request: SignedInRequest, slug: str, claim_id: str) -> HttpResponse:
    """Withdraw a claim: it counts no more, and stays with the reason."""
    version = to_act(request, slug, claim_id, Act.PUBLISH_CLAIM)
    form = WithdrawForm(request.POST)

    def save() -> None:
        services.withdraw_claim(version=version, by=request.user, **form.cleaned_data)

    return _done(request, version, ("withdraw", form), save, told="The claim is withdrawn.")
