"""An entry as what is hashed: the one place that knows the canonical form."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from custodes_workbench.history.models import Entry, Root

FIRST = "0" * 64
"""What stands before the first entry."""

HASHED = (
    "n",
    "at",
    "actor",
    "true_actor",
    "role",
    "action",
    "object",
    "round",
    "by_one_person",
    "text_digest",
    "previous_hash",
)
"""The fields that the hash covers."""


def canonical(entry: Entry) -> str:
    """The entry as the JSON that is hashed: sorted keys, no spaces, times in UTC.

    Args:
        entry: A row, saved or not.
    """
    told = {name: getattr(entry, name) for name in HASHED}
    return _as_json({**told, "at": _time(entry.at)})


def signed_text(root: Root) -> str:
    """What a root's signature covers: its number, hash and time as canonical JSON.

    Args:
        root: A row, saved or not.
    """
    return _as_json({"n": root.n, "hash": root.hash, "at": _time(root.at)})


def root_file(root: Root) -> str:
    """A root as the file that others keep, read by `check_history.py`.

    Args:
        root: A saved row.
    """
    told = {"n": root.n, "hash": root.hash, "at": _time(root.at)}
    return json.dumps(told | {"key": root.key, "signature": root.signature}, indent=2) + "\n"


def chain_line(entry: Entry) -> str:
    """An entry as a line of the chain's file: what is hashed, and the hash.

    Args:
        entry: A saved row.
    """
    return _as_json(json.loads(canonical(entry)) | {"hash": entry.hash}) + "\n"


def hash_of(entry: Entry) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(entry).encode("utf-8", "surrogatepass")).hexdigest()


def digest_of(*, salt: str, text: str) -> str:
    """SHA-256 of salt and text, 64 hexadecimal digits."""
    return hashlib.sha256((salt + text).encode("utf-8", "surrogatepass")).hexdigest()


def _time(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat(timespec="microseconds")


def _as_json(told: dict[str, object]) -> str:
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
