"""Who sends a request: their roles, whether they are alone, whether they were idle too long."""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from custodes_workbench.access import Role
from custodes_workbench.people import selectors

ACTING_AS = "acting_as"
"""Where a session keeps the role that its one person acts in."""
CAME_BACK_TO = "came_back_to"
"""Where a session keeps the page to which a change of the role leads back."""
STARTED_BY = "started_by"
"""Where a session keeps the start of the process that it belongs to."""
_ROUND = re.compile(r"/rounds/[-\w]+/")
BEGAN = "began"
"""Where a session keeps when it began, as a time stamp."""
LAST_SEEN = "last_seen"
"""Where a session keeps when it was last used, as a time stamp."""


class WhoIsThere:
    """Read the person's roles on every request, so that a change acts at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the roles to the person, or end a session that is over."""
        if request.user.is_authenticated:
            alone = selectors.is_alone()
            if _is_over(request, alone=alone):
                logout(request)
            else:
                person = request.user
                person.held = selectors.roles_held(person)
                person.alone = alone
                if alone:
                    person.acting_as = request.session.get(ACTING_AS, Role.LEAD_OFFICER.value)
        response = self.get_response(request)
        if request.method == "GET" and CAME_BACK_TO in request.session:
            return _or_further_up(request, response)
        return response


def _or_further_up(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page, or where the role just taken sees none: its round's page, or the first page."""
    back = request.session.pop(CAME_BACK_TO)
    is_shut = response.status_code in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
    if back != request.get_full_path() or not is_shut:
        return response
    round_ = _ROUND.match(request.path)
    above = round_[0] if round_ and round_[0] != request.path else reverse("people:start")
    if above != reverse("people:start"):
        request.session[CAME_BACK_TO] = above
    messages.info(request, "In this role you do not see the page that you were on.")
    return redirect(above)


def _is_over(request: HttpRequest, *, alone: bool) -> bool:
    session = request.session
    if STARTED_BY in session:
        return not alone or bool(session[STARTED_BY] != settings.START_TOKEN)
    now = timezone.now().timestamp()
    age: float = now - session.setdefault(BEGAN, now)
    idle: float = now - session.get(LAST_SEEN, now)
    if now - session.get(LAST_SEEN, 0) > 60:  # noqa: PLR2004 (once a minute is enough)
        session[LAST_SEEN] = now
    return idle > 60 * int(settings.IDLE_MINUTES) or age > settings.SESSION_COOKIE_AGE
