"""Writes about people: the first account, roles."""

from __future__ import annotations

from django.db import transaction

from custodes_workbench.access import Act, Facts, Role, decide, require
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import Institution, Membership, User
from custodes_workbench.people.selectors import has_account

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
def name_person(*, name: str, mail: str, by: User, facts: Facts) -> User:
    """The person with a mail address; written down, without an account, where there is none.

    Args:
        name: As they are called.
        mail: Where an invitation would go.
        by: Who names them.
        facts: Of whoever names them, in the round that it is for.

    Raises:
        Refused: They may not set a panel there.
    """
    require(decide(Act.SET_PANEL, facts))
    found = User.objects.filter(email__iexact=mail).first()
    if found is not None:
        return found
    person = User(email=mail, name=name, is_active=False)
    person.set_unusable_password()
    person.save(force_insert=True)
    record_event("person named", by=by, subject=person.history_name)
    return person


@transaction.atomic
def join_by_invitation(
    *, person: User, role: Role, round_: str, given_by: User, password: str = ""
) -> None:
    """Give an invited person their role, and an account if they have none.

    The invitation is the permission: whoever calls this has checked it.

    Args:
        person: Who accepts.
        role: Which role they were invited to.
        round_: The round's address.
        given_by: Who invited them.
        password: Of the new account; left alone where there is an account.
    """
    if not has_account(person):
        person.set_password(password)
        person.is_active = True
        person.save(update_fields=["password", "is_active"])
        record_event("account opened", by=person, subject=person.history_name, round_=round_)
    _, made = Membership.objects.get_or_create(
        person=person, role=role.value, round=round_, until=None, defaults={"given_by": given_by}
    )
    if made:
        told = {"role": role.value, "substitute": False}
        record_event(
            "role given", by=given_by, subject=person.history_name, round_=round_, told=told
        )


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


@transaction.atomic
def become_applicant(*, person: User, round_: str, facts: Facts) -> None:
    """Give somebody who answers a call the role of an applicant in its round.

    One person alone acts in the role and is given nothing.

    Args:
        person: Who applies.
        round_: The round's address.
        facts: Of the person, in the round.

    Raises:
        Refused: There is no call now.
    """
    require(decide(Act.APPLY, facts))
    if person.alone:
        return
    _, made = Membership.objects.get_or_create(
        person=person,
        role=Role.APPLICANT.value,
        round=round_,
        until=None,
        defaults={"given_by": person},
    )
    if made:
        told = {"role": Role.APPLICANT.value, "substitute": False}
        record_event(
            "role given", by=person, subject=person.history_name, round_=round_, told=told
        )
