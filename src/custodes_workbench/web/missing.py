"""What a round still lacks: every app that knows of something registers a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from custodes_workbench.rounds.models import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that a round lacks."""

    text: str
    """What, as a sentence that says what to do."""
    url: str
    """Where it is done."""


Finder: TypeAlias = "Callable[[Round], Iterable[Missing]]"
"""Tells what a round lacks in one app; for its officers, so that it names no answers."""

_FINDERS: list[Finder] = []


def tell_what_is_missing(finder: Finder) -> None:
    """Add an app's function; called once, when the app is ready."""
    if finder not in _FINDERS:
        _FINDERS.append(finder)


def missing_from(round_: Round) -> list[Missing]:
    """Everything that a round lacks at its stage, in the order of the apps."""
    return [each for finder in _FINDERS for each in finder(round_)]
