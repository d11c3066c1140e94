"""An entry as what is hashed: the one place that knows the canonical form."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from custodes_workbench.history.models import Entry

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
    told["at"] = entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds")
    return json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(entry: Entry) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(entry).encode("utf-8", "surrogatepass")).hexdigest()


def digest_of(*, salt: str, text: str) -> str:
    """SHA-256 of salt and text, 64 hexadecimal digits."""
    return hashlib.sha256((salt + text).encode("utf-8", "surrogatepass")).hexdigest()
