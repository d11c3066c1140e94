"""What every page knows about its reader."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest

from custodes_workbench.access import SPOKEN, Act, Role, decide
from custodes_workbench.people.models import User

OWN_ROLES = tuple(role for role in Role if role is not Role.PUBLIC)
"""The roles that one person alone can act in."""


def whoever_reads(request: HttpRequest) -> dict[str, Any]:
    """The reader's roles in words, what the navigation offers, and a fresh key for a form."""
    keys = ("post_key", "second_key", "third_key", "fourth_key")
    told: dict[str, Any] = {name: uuid.uuid4() for name in keys}
    reader = getattr(request, "user", None)
    if not isinstance(reader, User):
        return told
    facts = reader.facts
    told["may_read_history"] = bool(decide(Act.READ_HISTORY, facts))
    roles = {reader.acting_as} if reader.alone else set().union(*reader.held.values())
    told["judges"] = Role.EXPERT in roles
    told["regulates"] = Role.REGULATOR in roles
    told["may_see_institution"] = bool(decide(Act.SEE_INSTITUTION, facts))
    if reader.alone:
        told["acting_as"] = reader.acting_as
        told["own_roles"] = [(role.value, SPOKEN[role]) for role in OWN_ROLES]
    return told
