"""The checks of the service itself: the history's chain, and that every row fits the others."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import IntegrityError, connection

from custodes_workbench.history.selectors import broken_roots, verify_chain


def broken_chain() -> Iterator[str]:
    """The first entry of the history that does not fit, and signed roots that it breaks."""
    verified = verify_chain()
    if verified.broken_at is not None:
        yield f"entry {verified.broken_at} of the history: {verified.what}"
    yield from broken_roots()


def broken_rows() -> Iterator[str]:
    """Rows that point nowhere, and pages of a SQLite file that are damaged."""
    try:
        connection.check_constraints()
    except IntegrityError as error:
        yield f"a row points to one that is not there: {error}"
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            told = [row[0] for row in cursor.fetchall()]
        yield from (f"the database file: {each}" for each in told if each != "ok")
