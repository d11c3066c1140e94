"""A form that is sent twice is done once; one that could not be saved comes back."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from custodes_workbench.operations import services
from custodes_workbench.operations.unsaved import not_saved, why_not_saved

KEY = "post_key"
"""The name of the hidden field that carries a form's key."""


class SessionsWhereTheyCan(SessionMiddleware):
    """Keep sessions, and go on without where the database takes nothing; a page can be read."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session, if that can be done."""
        try:
            return super().process_response(request, response)
        except (DatabaseError, SessionInterrupted) as error:
            why = why_not_saved(error)
            if not why:
                raise
            return response if request.method in ("GET", "HEAD") else not_saved(request, why)


class _NotSaved(HttpResponse):
    """Stands for the page until the transaction is rolled back and pages can be made again."""

    status_code = 503

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class OncePerPost:
    """Carry out a post with a key in one transaction with that key.

    A double click, a resend, the back button and a second tab meet the key that is already
    there, and are answered as the first was. A form that was not accepted gives its key back.
    What the database could not take comes back as a page with the text.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, a keyed post at most once."""
        try:
            response = self._answer(request)
        except DatabaseError as error:
            why = why_not_saved(error)
            if not why:
                raise
            response = _NotSaved(why)
        return not_saved(request, response.why) if isinstance(response, _NotSaved) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:  # noqa: ARG002 (Django's signature)
        """Take note that the database could take nothing; leave every other fault alone."""
        why = why_not_saved(exception)
        return _NotSaved(why) if why else None

    def _answer(self, request: HttpRequest) -> HttpResponse:
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
