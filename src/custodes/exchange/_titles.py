"""Titles and ids for what has none: made from the text, the same way every time."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_DASH = re.compile(r"\s*\u2014\s*|\s+[\u2013-]+\s+")
"""What ends a title: a long dash, or a short one between blanks."""
_WORDS = 14
_LONGEST = 100
_LONGEST_BEFORE_A_DASH = 160
_ID_LENGTH = 60
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def title_from(text: str) -> str:
    """The title that a description begins with: up to the first dash, or its first words.

    >>> title_from("Debate as oversight \u2014 led by A. Person. Seed grant.")
    'Debate as oversight'
    """
    line = " ".join(text.split())
    before = next((part for part in _DASH.split(line, maxsplit=1)[:1] if part), "")
    if before and len(before) < len(line) and len(before) <= _LONGEST_BEFORE_A_DASH:
        return before
    words = (before or line).split(" ")
    kept = " ".join(words[:_WORDS])
    while len(kept) > _LONGEST and " " in kept:
        kept = kept.rpartition(" ")[0]
    kept = kept[:_LONGEST_BEFORE_A_DASH]
    return kept if kept == line else f"{kept.rstrip(' ,;:')}\u2026"


def id_from(title: str) -> str:
    """An id of letters, digits and hyphens; a title without any gives one from its hash.

    >>> id_from("R&D Investment")
    'r-d-investment'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    if len(slug) > _ID_LENGTH:
        cut = slug[: _ID_LENGTH + 1].rpartition("-")[0]
        slug = cut or slug[:_ID_LENGTH]
    if slug:
        return slug
    return f"effort-{hashlib.sha256(title.encode('utf-8', 'replace')).hexdigest()[:8]}"


def is_an_id(text: str) -> bool:
    """Whether a source's own id can stand as it is."""
    return _ID.fullmatch(text) is not None
