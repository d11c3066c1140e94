"""What waits for a person: every app that has something to say registers a function."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.utils import timezone

if TYPE_CHECKING:
    from custodes_workbench.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that a person has to do."""

    text: str
    """What, as a link's text."""
    url: str
    """Where."""
    round: str = ""
    """In which round, by its title."""
    due: dt.datetime | None = None
    """Until when."""

    @property
    def is_late(self) -> bool:
        """Whether its day is past."""
        return self.due is not None and self.due < timezone.now()


Asker: TypeAlias = "Callable[[User], Iterable[Waiting]]"
"""Tells what waits for a person in one app."""

_ASKERS: list[Asker] = []


def tell_what_waits(asker: Asker) -> None:
    """Add an app's function; called once, when the app is ready."""
    if asker not in _ASKERS:
        _ASKERS.append(asker)


def waiting_for(person: User) -> list[Waiting]:
    """Everything that waits for a person, what is due first first."""
    found = [each for asker in _ASKERS for each in asker(person)]
    never = dt.datetime.max.replace(tzinfo=dt.UTC)
    return sorted(found, key=lambda each: (each.due or never, each.text))
