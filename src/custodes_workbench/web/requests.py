"""What a page receives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from custodes_workbench.people.models import User


class SignedInRequest(HttpRequest):
    """A request whose user is known; a page behind ``login_required`` names it."""

    user: User


def is_fragment_wanted(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page only."""
    return request.headers.get("HX-Request") == "true"
