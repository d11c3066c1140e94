"""A form that is sent twice is done once."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from custodes_workbench.operations import services

KEY = "post_key"
"""The name of the hidden field that carries a form's key."""


class OncePerPost:
    """Carry out a post with a key in one transaction with that key.

    A double click, a resend, the back button and a second tab meet the key that is already
    there, and are answered as the first was. A form that was not accepted gives its key back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, a keyed post at most once."""
        key = _key_of(request)
        if key is None:
            return self.get_response(request)
        person = request.user if request.user.is_authenticated else None
        try:
            with transaction.atomic():
                post = services.claim_post(key, person=person)
                response = self.get_response(request)
                if isinstance(response, HttpResponseRedirect):
                    services.close_post(post, answered_with=response.url)
                elif response.status_code >= 500:  # noqa: PLR2004 (a server's own fault)
                    transaction.set_rollback(True)
                else:
                    services.give_back_post(post)
                return response
        except IntegrityError:
            answered = services.answer_to(key, person=person)
            if answered is None:
                raise
        messages.info(request, "This was sent before and has been done once.")
        return HttpResponseRedirect(answered)


def _key_of(request: HttpRequest) -> uuid.UUID | None:
    if request.method != "POST":
        return None
    try:
        return uuid.UUID(request.POST.get(KEY, ""))
    except ValueError:
        return None
