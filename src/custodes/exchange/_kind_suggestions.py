"""Kinds for imported efforts whose source states none: suggested, and marked as suggested."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from custodes.efforts import Effort, Kind, suggest_kind
from custodes.exchange._efforts_import import EffortsImport


def with_suggested_kinds(
    imported: EffortsImport, *, progress: Callable[[int, int], None] | None = None
) -> EffortsImport:
    """The same import, with a kind for every effort whose words speak for one.

    A kind from the source stays as it is. An effort that no word speaks for stays `other`.

    Args:
        imported: The import.
        progress: Is told how many are done, and of how many.
    """
    if "kind" in imported.columns.columns or "kind" in imported.columns.fixed:
        return imported
    efforts: list[Effort] = []
    for number, effort in enumerate(imported.efforts, start=1):
        kind = _suggested(effort.title, effort.description)
        efforts.append(
            effort.model_copy(update={"kind": kind, "kind_suggested": True}) if kind else effort
        )
        if progress is not None and number % _EVERY == 0:
            progress(number, len(imported.efforts))
    return replace(imported, efforts=tuple(efforts))


_EVERY = 200
"""Efforts between two words about how far it is."""


@lru_cache(maxsize=4096)
def _suggested(title: str, description: str) -> Kind | None:
    return suggest_kind(title, description).kind
