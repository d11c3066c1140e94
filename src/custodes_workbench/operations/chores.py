"""What the worker does by the clock: every app registers its own, and each does no harm twice."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TypeAlias

Chore: TypeAlias = Callable[[], None]
"""Looks whether something is due, and does it."""
EVERY = 60.0
"""How often the chores are looked at, in seconds."""

_CHORES: dict[str, Chore] = {}
_log = logging.getLogger("custodes_workbench.chores")


def register_chore(name: str, chore: Chore) -> None:
    """Add a chore; called once, when the app is ready.

    Args:
        name: As the log calls it.
        chore: What is done.
    """
    _CHORES[name] = chore


def do_chores() -> None:
    """Do each chore; one that fails is told to the log, and the others are done all the same."""
    for name, chore in _CHORES.items():
        try:
            chore()
        except Exception:  # noqa: BLE001 (one chore must not stop the others)
            _log.exception("the chore %s failed", name)


class ChoreClock:
    """Says when the chores are due again."""

    def __init__(self) -> None:
        """They are due at once."""
        self._next = 0.0

    def strikes(self) -> bool:
        """Whether they are due; if so, not again before :data:`EVERY` has passed."""
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + EVERY
        return True
