"""What happens to a form that the database could not take: its text comes back."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from custodes_workbench.web.typed import typed_in

_BUSY = "Somebody else was saving for very long."
_FULL = "The disk of the workbench is full."
_READ_ONLY = "The workbench may only read at the moment."
_BY_WORDS = {
    "database or disk is full": _FULL,
    "disk I/O error": _FULL,
    "readonly database": _READ_ONLY,
    "database is locked": _BUSY,
}
"""How SQLite says it; a limit on a file's size is an input or output error to it."""
_BY_STATE = {"53100": _FULL, "25006": _READ_ONLY, "55P03": _BUSY}
"""How PostgreSQL says it: disk_full, read_only_sql_transaction, lock_not_available."""


def why_not_saved(error: BaseException) -> str:
    """Why the database could not take anything, in a sentence; empty for any other fault.

    Args:
        error: What a write raised, or what was raised over it.
    """
    if not isinstance(error, DatabaseError):
        return why_not_saved(error.__context__) if error.__context__ else ""
    state = getattr(error.__cause__, "sqlstate", None)
    if state in _BY_STATE:
        return _BY_STATE[state]
    return next((why for words, why in _BY_WORDS.items() if words in str(error)), "")


def not_saved(request: HttpRequest, why: str) -> HttpResponse:
    """The page that gives back what was typed, to be sent again; passwords are not.

    Args:
        request: What could not be saved.
        why: In a sentence.
    """
    told = {"why": why, "typed": typed_in(request)}
    return render(request, "operations/not_saved.html", told, status=503)
