"""Pages of people and roles: who is there, inviting, giving and taking roles, joining."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from custodes_workbench.access import SPOKEN, Act, Role, decide
from custodes_workbench.people import selectors, services
from custodes_workbench.people.forms import (
    AccountForm,
    InstitutionForm,
    InviteForm,
    PasswordForm,
    RoleForm,
)
from custodes_workbench.people.models import Institution, User
from custodes_workbench.web.lists import Column, Listing
from custodes_workbench.web.requests import SignedInRequest
from custodes_workbench.web.versions import see_version

COLUMNS = (
    Column("name", "Name", link="url"),
    Column("mail", "Mail address"),
    Column("account", "Account", choices=True),
    Column("roles", "Roles in the institution"),
    Column("interests_stated_on", "Interests stated on"),
)

SETTINGS = ("name", "currency", "verdict", "contact", "anonymous_critique", "organisations")
"""What can be changed of an institution."""


def _require_giver(request: SignedInRequest) -> None:
    if not decide(Act.GIVE_ROLES, request.user.facts):
        raise Http404


@login_required
def people(request: SignedInRequest) -> HttpResponse:
    """Everybody, and inviting somebody."""
    _require_giver(request)
    form = InviteForm(request.POST or None)
    link = ""
    if form.is_valid():
        told = form.cleaned_data
        link = services.invite_person(
            name=told["name"],
            mail=told["mail"],
            role=Role(told["role"]),
            by=request.user,
            address=lambda token: request.build_absolute_uri(reverse("people:join", args=[token])),
        )
        form = InviteForm()
    rows = [_row(each) for each in selectors.people_visible_to(request.user.facts)]
    listing = Listing(request, COLUMNS, rows, name="people")
    if listing.wants_file:
        return listing.as_file()
    told = {
        "listing": listing,
        "form": form,
        "link": link,
        "invitations": selectors.invitations_visible_to(request.user.facts),
    }
    bad = request.method == "POST" and not link
    return render(request, "people/people.html", told, status=400 if bad else 200)


def _row(person: User) -> dict[str, object]:
    held = selectors.roles_held(person).get("", frozenset())
    return {
        "name": person.name,
        "mail": person.email or "",
        "account": "yes" if selectors.has_account(person) else "no",
        "roles": ", ".join(sorted(role.value.replace("_", " ") for role in held)),
        "interests_stated_on": person.interests_stated_on,
        "url": reverse("people:person", args=[person.pk]),
    }


@login_required
def person(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person: their roles, and giving them another."""
    _require_giver(request)
    found = get_object_or_404(selectors.people_visible_to(request.user.facts), pk=pk)
    form = RoleForm(request.POST or None)
    if form.is_valid():
        services.give_role(
            person=found,
            role=Role(form.cleaned_data["role"]),
            by=request.user,
            facts=request.user.facts,
        )
        messages.success(request, "The role is given.")
        return redirect("people:person", pk)
    told = {
        "person": found,
        "held": selectors.memberships_of(found),
        "past": selectors.roles_history(found),
        "form": form,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "people/person.html", told, status=status)


@login_required
@require_POST
def take(request: SignedInRequest, pk: int, membership: int) -> HttpResponse:
    """Take a role away."""
    _require_giver(request)
    found = get_object_or_404(selectors.people_visible_to(request.user.facts), pk=pk)
    held = get_object_or_404(selectors.memberships_of(found), pk=membership)
    services.take_role(membership=held, by=request.user, facts=request.user.facts)
    messages.success(request, "The role is taken away.")
    return redirect("people:person", pk)


@login_required
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    _require_giver(request)
    found = get_object_or_404(selectors.invitations_visible_to(request.user.facts), pk=pk)
    services.withdraw_invitation(invitation=found, by=request.user)
    messages.success(request, "The invitation is taken back; its address is dead.")
    return redirect("people:people")


@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Open the account that somebody was invited to."""
    found = selectors.invitation_of(token)
    if found is None:
        raise Http404
    needs = not selectors.has_account(found.person)
    form = PasswordForm(request.POST or None) if needs else None
    if request.method == "POST" and (form is None or form.is_valid()):
        password = form.cleaned_data["password"] if form else ""
        services.accept_invitation(invitation=found, password=password)
        messages.success(request, "You are in. Sign in to begin.")
        return redirect("account_login")
    told = {"invitation": found, "form": form, "role": SPOKEN[Role(found.role)]}
    status = 400 if request.method == "POST" else 200
    return render(request, "people/join.html", told, status=status)


@login_required
def own_account(request: SignedInRequest) -> HttpResponse:
    """An account that stays, for the one person of a workbench."""
    if not request.user.alone:
        raise Http404
    form = AccountForm(request.POST or None)
    if form.is_valid():
        services.open_own_account(person=request.user, **form.cleaned_data)
        update_session_auth_hash(request, request.user)
        messages.success(request, "The account is yours. You can invite others now.")
        return redirect("people:people")
    status = 400 if request.method == "POST" else 200
    return render(request, "people/own_account.html", {"form": form}, status=status)


@login_required
def institution(request: SignedInRequest) -> HttpResponse:
    """The institution, for those who work for it."""
    facts = request.user.facts
    if not decide(Act.SEE_INSTITUTION, facts):
        raise Http404
    found = selectors.the_institution()
    if found is None:
        raise Http404
    may = bool(decide(Act.EDIT_INSTITUTION, facts))
    initial = {name: getattr(found, name) for name in (*SETTINGS, "version")}
    form = InstitutionForm(request.POST or None, initial=initial) if may else None
    conflict = False
    if form is not None and form.is_valid():
        values = {name: form.cleaned_data[name] for name in SETTINGS}
        saved = services.propose_institution(
            institution=found,
            values=values,
            because=form.cleaned_data["because"],
            by=request.user,
            version=form.cleaned_data["version"],
        )
        if saved:
            waits = "It is proposed. A second person has to confirm it."
            done = "The institution is changed."
            messages.success(request, done if request.user.alone else waits)
            return redirect("people:institution")
        conflict = True
        see_version(form, found.version)
    told = {
        "institution": found,
        "proposed": _proposed(found) if may else [],
        "is_own": found.proposed_by_id == request.user.pk,
        "form": form,
        "conflict": conflict,
        "may_give_roles": bool(decide(Act.GIVE_ROLES, facts)),
        "may_send_mail": bool(decide(Act.SEND_MAIL, facts)),
    }
    status = 409 if conflict else 400 if request.method == "POST" else 200
    return render(request, "people/institution.html", told, status=status)


def _proposed(found: Institution) -> list[tuple[str, str, str]]:
    """What would change: the setting, as it is, as it would be."""
    return [
        (str(InstitutionForm.base_fields[name].label), _said(getattr(found, name)), _said(value))
        for name, value in found.proposed.items()
        if value != getattr(found, name)
    ]


def _said(value: object) -> str:
    """A setting as a person reads it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


@login_required
@require_POST
def confirm_institution(request: SignedInRequest) -> HttpResponse:
    """Change the institution as another person proposed, or say no."""
    if not decide(Act.EDIT_INSTITUTION, request.user.facts):
        raise Http404
    found = selectors.the_institution()
    if found is None:
        raise Http404
    if request.POST.get("does") == "drop":
        services.drop_institution_change(institution=found, by=request.user)
        messages.success(request, "It stays as it was.")
        return redirect("people:institution")
    version = request.POST.get("version", "")
    saved = services.confirm_institution(
        institution=found, by=request.user, version=int(version) if version.isdecimal() else 0
    )
    told = (
        "The institution is changed." if saved else "Something else is proposed now; look at it."
    )
    messages.success(request, told)
    return redirect("people:institution")
