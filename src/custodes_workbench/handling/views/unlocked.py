"""A key that is unlocked for a while: one half in the browser, the other in the session."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

from custodes_workbench.handling.records.unlocked import (
    COOKIE,
    LASTS,
    from_cookie,
    new_session_secret,
    to_cookie,
)
from custodes_workbench.web.requests import SignedInRequest

_SECRET, _UNTIL = "reader_key_secret", "reader_key_until"


def unlock_for(request: SignedInRequest, response: HttpResponse, private: bytes) -> None:
    """Keep a key unlocked for a quarter of an hour, without keeping it anywhere whole.

    Args:
        request: Its session gets one half.
        response: Its cookie gets the other.
        private: The key.
    """
    until = int(timezone.now().timestamp()) + LASTS
    secret = new_session_secret()
    request.session[_SECRET], request.session[_UNTIL] = secret, until
    response.set_cookie(
        COOKIE,
        to_cookie(
            private,
            session_secret=secret,
            service_key=settings.SECRET_KEY,
            bound_to=f"person {request.user.pk} until {until}",
        ),
        max_age=LASTS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )


def private_of(request: SignedInRequest) -> bytes | None:
    """The person's unlocked key; none where it is locked, or was unlocked too long ago."""
    secret, until = request.session.get(_SECRET), request.session.get(_UNTIL, 0)
    if not secret or until < timezone.now().timestamp():
        return None
    return from_cookie(
        request.COOKIES.get(COOKIE, ""),
        session_secret=secret,
        service_key=settings.SECRET_KEY,
        bound_to=f"person {request.user.pk} until {until}",
    )


def lock_for(request: SignedInRequest, response: HttpResponse) -> None:
    """Forget both halves."""
    request.session.pop(_SECRET, None)
    request.session.pop(_UNTIL, None)
    response.delete_cookie(COOKIE, samesite="Strict")
