"""Writes about people: the first account, roles."""

from __future__ import annotations

from django.db import transaction

from custodes_workbench.access import Act, Facts, Role, decide, require
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import Institution, Membership, User

ALONE_MAIL = "you@this-machine.invalid"
"""The address of the one account of a laptop; no mail is ever sent there."""


@transaction.atomic
def first_person() -> User:
    """The one account of a laptop, made when there is none."""
    found = User.objects.filter(email=ALONE_MAIL).first()
    if found:
        return found
    person = User(email=ALONE_MAIL, name="You")
    person.set_unusable_password()
    person.save(force_insert=True)
    Institution.objects.get_or_create(name="Your institution")
    record_event("first account made", by=person, subject=person.history_name)
    return person


@transaction.atomic
def give_role(
    *, person: User, role: Role, by: User, facts: Facts, round_: str = "", substitute: bool = False
) -> Membership:
    """Give somebody a role in the institution or in a round.

    Args:
        person: Who gets it.
        role: Which.
        by: Who gives it.
        facts: Of the giver, in the round where it is one.
        round_: The round's address; empty for the institution.
        substitute: Whether a decision maker stands in for one with a conflict.

    Raises:
        Refused: The giver may not.
    """
    require(decide(Act.GIVE_ROLES, facts))
    held, made = Membership.objects.get_or_create(
        person=person,
        role=role.value,
        round=round_,
        until=None,
        defaults={"given_by": by, "substitute": substitute},
    )
    if made:
        told = {"role": role.value, "substitute": substitute}
        record_event("role given", by=by, subject=person.history_name, round_=round_, told=told)
    return held
