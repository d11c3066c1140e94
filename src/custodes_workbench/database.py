"""Which database: PostgreSQL by `DATABASE_URL`, otherwise SQLite made safe.

Imported by the settings before Django loads, because the newer SQLite has to be there first.
"""

from __future__ import annotations

import sqlite3
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from custodes.errors import Fault, InputError

SAFE_WAL = (3, 51, 3)
"""The first SQLite whose write-ahead log cannot be corrupted by a reset.

Source: sqlite.org, release 3.51.3 of 13 March 2026; 3.7.0 to 3.51.2 have the fault.
"""


def use_newer_sqlite() -> None:
    """Put `pysqlite3`, which brings a newer SQLite, in the place of Python's own."""
    try:
        import pysqlite3  # noqa: PLC0415 (only on systems that have a wheel)
    except ModuleNotFoundError:
        return
    if pysqlite3.sqlite_version_info > sqlite3.sqlite_version_info:
        sys.modules["sqlite3"] = pysqlite3
        sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def sqlite_version() -> tuple[int, int, int]:
    """The version of the SQLite that Django will use."""
    version: tuple[int, int, int] = sys.modules["sqlite3"].sqlite_version_info
    return version


def sqlite_settings(file: Path | str) -> dict[str, Any]:
    """Django's settings for a SQLite file that loses nothing it has acknowledged.

    Args:
        file: Where the database is, or will be made.
    """
    journal = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        if sqlite_version() >= SAFE_WAL
        else "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": f"{journal} PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
        },
    }


def database_settings(url: str | None, *, folder: Path) -> dict[str, Any]:
    """Django's settings for the database.

    Args:
        url: `DATABASE_URL`: `postgres://user:password@host:port/name`, or `sqlite:///file`; none
            is a SQLite file in the folder.
        folder: Where the workbench keeps its data.

    Raises:
        InputError: The address is of another sort.
    """
    if not url:
        return sqlite_settings(folder / "workbench.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite_settings(unquote(parts.path.removeprefix("/")) or ":memory:")
    if parts.scheme not in ("postgres", "postgresql"):
        fault = Fault(
            message=f"{parts.scheme or 'no kind'} is not a kind of database we know",
            cure="write postgres://user:password@host:5432/name or sqlite:///file",
            field="DATABASE_URL",
        )
        raise InputError([fault])
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**dict(parse_qsl(parts.query)), "options": "-c synchronous_commit=on"},
    }
