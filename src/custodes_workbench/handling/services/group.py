"""Writes of the safeguards group: proposed by a sponsor, counted once the terms are accepted."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from custodes_workbench.access import Act, Refused, decide, require
from custodes_workbench.handling.models import SafeguardsMember
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import User


@transaction.atomic
def propose_member(*, person: User, work: str, by: User) -> SafeguardsMember:
    """Propose somebody whose work is safeguards on powerful systems, and answer for them.

    Args:
        person: Who.
        work: Which safeguards on which systems.
        by: The sponsor.

    Raises:
        Refused: They may not, or the person is proposed already.
    """
    require(decide(Act.LEAD_SAFEGUARDS, by.facts))
    User.objects.select_for_update().get(pk=person.pk)
    if SafeguardsMember.objects.filter(person=person, ended_at=None).exists():
        msg = f"{person.name} is in the group or proposed already."
        raise Refused(msg)
    made = SafeguardsMember.objects.create(person=person, work=work, sponsor=by)
    record_event(
        "safeguards member proposed", by=by, subject=person.history_name, told={"work": work}
    )
    return made


@transaction.atomic
def accept_terms(*, by: User) -> None:
    """Accept the group's terms; from now on its things can be opened.

    Raises:
        Refused: Nobody has proposed them, or they have accepted already.
    """
    accepted = SafeguardsMember.objects.filter(person=by, ended_at=None, accepted_at=None).update(
        accepted_at=timezone.now()
    )
    if not accepted:
        msg = "You are not proposed for the group, or have accepted its terms already."
        raise Refused(msg)
    record_event("safeguards terms accepted", by=by, subject=by.history_name)


@transaction.atomic
def end_membership(*, member: SafeguardsMember, reason: str, by: User) -> None:
    """Take somebody out of the group; what they read stays read.

    Args:
        member: Who.
        reason: Why.
        by: Who takes them out.

    Raises:
        Refused: They may not, or it has ended already.
    """
    require(decide(Act.LEAD_SAFEGUARDS, by.facts))
    ended = SafeguardsMember.objects.filter(pk=member.pk, ended_at=None).update(
        ended_at=timezone.now()
    )
    if not ended:
        msg = "This has ended already."
        raise Refused(msg)
    record_event(
        "safeguards membership ended", by=by, subject=member.person.history_name, reason=reason
    )
