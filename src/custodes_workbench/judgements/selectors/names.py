"""Which names a text holds: people, organisations and addresses that would give somebody away."""

from __future__ import annotations

import re

from custodes_workbench.efforts.models import Revision
from custodes_workbench.people.models import User

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LEAST_LETTERS = 4
"""A part of a name with fewer letters is too often an ordinary word."""


def names_in(text: str) -> tuple[str, ...]:
    """Names, organisations and mail addresses in a text, as they stand there.

    Searched for is everybody in the workbench's register, every applicant and every address,
    whatever round they belong to: a warning that depended on the panel would tell who is on it.

    Args:
        text: What somebody wants to post.
    """
    found = {match[0] for match in _ADDRESS.finditer(text)}
    for name in _known():
        found |= {
            match[0] for match in re.finditer(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
        }
    return tuple(sorted(found))


def _known() -> set[str]:
    names: set[str] = set()
    for name, affiliations in User.objects.values_list("name", "affiliations"):
        names |= {name.strip(), *name.split(), *map(str.strip, affiliations.splitlines())}
    for applicant in Revision.objects.values_list("record__applicant", flat=True):
        names.add(str(applicant or "").strip())
    return {name for name in names if len(name) >= _LEAST_LETTERS}
