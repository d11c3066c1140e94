"""Pages for what is not there, not allowed, or went wrong."""

from __future__ import annotations

import logging
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

_LOG = logging.getLogger("custodes_workbench")


def not_here(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """The same page for what does not exist and for what is not the reader's."""
    return render(request, "web/not_here.html", status=404)


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """A form that did not come from a page of this workbench."""
    return render(request, "web/not_from_here.html", status=403)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Our own fault, with a number to report."""
    number = secrets.token_hex(4)
    _LOG.error("error %s at %s", number, request.path)
    return HttpResponse(render_to_string("web/went_wrong.html", {"number": number}), status=500)
