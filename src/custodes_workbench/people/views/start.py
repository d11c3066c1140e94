"""Pages of people: where somebody starts, and in which role they act."""

from __future__ import annotations

import uuid
from importlib.metadata import version

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from custodes_workbench.access import Act, Role, decide
from custodes_workbench.operations.services import claim_post
from custodes_workbench.people import services
from custodes_workbench.people.forms import AccountForm
from custodes_workbench.people.middleware import ACTING_AS, CAME_BACK_TO, STARTED_BY
from custodes_workbench.people.selectors import (
    is_alone,
    should_set_up_second_factor,
    the_institution,
    with_accounts,
)
from custodes_workbench.web.requests import SignedInRequest
from custodes_workbench.web.waiting import waiting_for


@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """What waits for this person."""
    told = {
        "waiting": waiting_for(request.user),
        "needs_second_factor": should_set_up_second_factor(request.user),
        "may_start": bool(decide(Act.START_ROUND, request.user.facts)),
    }
    return render(request, "people/start.html", told)


def sign_in_here(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """Sign in the first person, by the address that the start printed.

    On a laptop at once, and once; for an institution by opening the first account.
    """
    if str(token) != settings.START_TOKEN:
        raise Http404
    if not settings.ALONE and not with_accounts().exists():
        return _first_account(request)
    if not is_alone():
        raise Http404
    try:
        with transaction.atomic():
            claim_post(token, person=None)
            person = services.first_person()
    except IntegrityError:
        return render(request, "people/used.html", status=410)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[STARTED_BY] = str(token)
    return redirect("people:start")


def about(request: HttpRequest) -> HttpResponse:
    """What this is, and how accessible it is."""
    told = {"version": version("custodes"), "institution": the_institution()}
    return render(request, "people/about.html", told)


def _first_account(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if form.is_valid():
        person = services.first_administrator(**form.cleaned_data)
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return redirect("people:start")
    return render(request, "people/first_account.html", {"form": form})


@login_required
@require_POST
def act_as(request: SignedInRequest) -> HttpResponse:
    """Choose the role that the one person acts in."""
    wanted = request.POST.get("role", "")
    if not request.user.alone or wanted not in {role.value for role in Role} - {"public"}:
        raise Http404
    request.session[ACTING_AS] = wanted
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return redirect("people:start")
    request.session[CAME_BACK_TO] = back
    return redirect(back)
