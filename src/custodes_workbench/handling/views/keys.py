"""The page of one's own key: making, unlocking, locking, another passphrase."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from custodes_workbench.access import Refused
from custodes_workbench.handling import selectors, services
from custodes_workbench.handling.forms import PassphraseForm, RelockForm, UnlockForm
from custodes_workbench.handling.views.unlocked import lock_for, private_of, unlock_for
from custodes_workbench.web.requests import SignedInRequest


@login_required
def reader_key(request: SignedInRequest) -> HttpResponse:
    """Whether one has a key and whether it is unlocked."""
    return _page(request)


def _page(request: SignedInRequest, form: forms.Form | None = None) -> HttpResponse:
    key = selectors.key_of(request.user)
    told = {
        "key": key,
        "is_unlocked": private_of(request) is not None,
        "then": request.POST.get("then", request.GET.get("then", "")),
        "form": form,
        **{
            f"{name}_form": form if isinstance(form, kind) and type(form) is kind else kind()
            for name, kind in (
                ("make", PassphraseForm),
                ("unlock", UnlockForm),
                ("relock", RelockForm),
            )
        },
    }
    return render(request, "handling/reader_key.html", told, status=400 if form else 200)


@login_required
@require_POST
@sensitive_post_parameters()
def make(request: SignedInRequest) -> HttpResponse:
    """Make a key, or one in place of the one that was."""
    form = PassphraseForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    services.make_reader_key(person=request.user, passphrase=form.cleaned_data["passphrase"])
    response = redirect("handling:reader_key")
    lock_for(request, response)
    messages.success(request, "Your key is made. Things can be handed in for you from now on.")
    return response


@login_required
@require_POST
@sensitive_post_parameters()
def unlock(request: SignedInRequest) -> HttpResponse:
    """Unlock one's key for a quarter of an hour."""
    form = UnlockForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        form.add_error("passphrase", "That was tried too often. Wait a minute.")
        return _page(request, form)
    try:
        private = services.unlocked(
            person=request.user, passphrase=form.cleaned_data["passphrase"]
        )
    except Refused as refusal:
        form.add_error("passphrase", str(refusal))
        return _page(request, form)
    then = request.POST.get("then", "")
    safe = url_has_allowed_host_and_scheme(then, {request.get_host()})
    response = HttpResponseRedirect(then if then and safe else reverse("handling:reader_key"))
    unlock_for(request, response, private)
    messages.success(request, "Your key is unlocked for 15 minutes.")
    return response


@login_required
@require_POST
def lock(request: SignedInRequest) -> HttpResponse:
    """Lock one's key at once."""
    response = redirect("handling:reader_key")
    lock_for(request, response)
    messages.success(request, "Your key is locked.")
    return response


@login_required
@require_POST
@sensitive_post_parameters()
def relock(request: SignedInRequest) -> HttpResponse:
    """Put another passphrase on one's key."""
    form = RelockForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        form.add_error("old", "That was tried too often. Wait a minute.")
        return _page(request, form)
    try:
        services.relock_reader_key(
            person=request.user,
            old=form.cleaned_data["old"],
            new=form.cleaned_data["passphrase"],
        )
    except Refused as refusal:
        form.add_error("old", str(refusal))
        return _page(request, form)
    response = redirect("handling:reader_key")
    lock_for(request, response)
    messages.success(request, "Your key has the new passphrase.")
    return response


def to_unlock(then: str) -> str:
    """Where one unlocks one's key, and is brought back from.

    Args:
        then: The address to go back to.
    """
    return f"{reverse('handling:reader_key')}?{urlencode({'then': then})}"
