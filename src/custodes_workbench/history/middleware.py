"""A refusal is an entry too, and a page that says why."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from custodes_workbench.access import Refused
from custodes_workbench.history.services import record_event
from custodes_workbench.web.typed import typed_in


class RefusalsAreKept:
    """Turn :class:`Refused` into a page with its reason, and keep what was refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a refusal; leave every other exception alone."""
        if not isinstance(exception, Refused):
            return None
        if request.user.is_authenticated:
            with transaction.atomic():
                record_event("act refused", by=request.user, subject=request.path[:200])
        told = {"reason": str(exception), "typed": typed_in(request)}
        return render(request, "web/refused.html", told, status=403)
