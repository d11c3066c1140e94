"""What `custodes verify` looks at: every app adds what it can check of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

Check: TypeAlias = Callable[[], Iterable[str]]
"""Tells every place that is not as it should be, in sentences; nothing where all is well."""

_CHECKS: dict[str, Check] = {}


def register_check(name: str, check: Check) -> None:
    """Add a check; called once, when an app is ready.

    Args:
        name: What is checked, as `custodes verify` prints it.
        check: The function.
    """
    _CHECKS[name] = check


def checks() -> dict[str, Check]:
    """Every check by name, in the order in which they were added."""
    return dict(_CHECKS)
