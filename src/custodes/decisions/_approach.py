"""How an institution decides, in published versions, and what each changed in the last."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Sequence
from typing import Literal, NamedTuple

from pydantic import Field

from custodes.records import Record


class ApproachVersion(Record):
    """One published version of the approach; it is never changed afterwards."""

    n: int = Field(ge=1)
    """The version's number, from 1."""
    published_on: dt.date
    """When it was published."""
    text: str = Field(min_length=1)
    """Method, worldviews, weights, limits, rules, what is published, known mistakes."""
    by_one_person: bool = False
    """Whether one person did alone what takes two."""


class ChangedLine(NamedTuple):
    """One line of the difference between two texts."""

    change: Literal["same", "added", "removed"]
    """What happened to it."""
    text: str
    """The line."""


def differences(before: str, after: str) -> tuple[ChangedLine, ...]:
    """What one text changes in another, line by line, the unchanged lines too.

    Args:
        before: The earlier text.
        after: The later text.
    """
    sorts: dict[str, Literal["same", "added", "removed"]] = {
        "  ": "same",
        "+ ": "added",
        "- ": "removed",
    }
    compared = difflib.Differ().compare(before.splitlines(), after.splitlines())
    return tuple(ChangedLine(sorts[line[:2]], line[2:]) for line in compared if line[:2] in sorts)


def newest_first(versions: Sequence[ApproachVersion]) -> tuple[ApproachVersion, ...]:
    """The versions by their number, the highest first."""
    return tuple(sorted(versions, key=lambda each: -each.n))
