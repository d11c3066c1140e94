"""What background work there is: every app registers the function of its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from custodes_workbench.operations.models import Job

Tell: TypeAlias = Callable[[int, int], None]
"""Called with what is done and what there is in all; raises :class:`Cancelled`."""
Work: TypeAlias = "Callable[[Job, Tell], None]"
"""Carries out a job and stores its result; doing it twice must do no harm."""

_WORKS: dict[str, Work] = {}


class Cancelled(Exception):  # noqa: N818 (it reads as what happened)
    """Somebody asked for the job to stop, or another worker has taken it over."""


def register_work(kind: str, work: Work) -> None:
    """Add the function of a kind of job; called once, when the app is ready."""
    _WORKS[kind] = work


def work_of(kind: str) -> Work:
    """The function of a kind of job.

    Raises:
        KeyError: There is no such kind.
    """
    return _WORKS[kind]
