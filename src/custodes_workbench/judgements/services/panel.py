"""Writes of panels: proposing a person, inviting them, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes_workbench.access import Act, Refused, decide, require
from custodes_workbench.history.services import record_event
from custodes_workbench.judgements.models import Assignment, ConflictOfInterest, PanelMember
from custodes_workbench.judgements.selectors.panel import ON_PANEL, is_undecided, keeps_out
from custodes_workbench.judgements.services.conflicts import find_conflicts
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.operations.services import queue_mail
from custodes_workbench.people.models import User
from custodes_workbench.people.services import name_person
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of

SALT = "custodes.invitation"
"""Keeps a signature for an invitation from being one for anything else."""
MAIL = "panel invitation"
"""The kind of the mail that an invitation to a panel sends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalGiven:
    """Somebody who might judge, as an officer names them."""

    name: str
    mail: str
    expertise: str = ""
    affiliations: str = ""
    most_efforts: int = 8


@transaction.atomic
def propose_member(*, round_: Round, given: ProposalGiven, by: User) -> PanelMember:
    """Propose a person for the panel, and look for their conflicts at once.

    What a person with an account says of themselves is left as they say it.

    Args:
        round_: The round.
        given: Who.
        by: Who proposes them.

    Raises:
        Refused: They may not set the panel, or the person is on it.
    """
    facts = facts_of(by, round_)
    require(decide(Act.SET_PANEL, facts))
    person = name_person(name=given.name, mail=given.mail, by=by, facts=facts)
    _describe(person, given)
    Round.objects.select_for_update().get(pk=round_.pk)  # one code each
    member = PanelMember.objects.filter(round=round_, person=person).first()
    if member is not None and member.state in ON_PANEL:
        msg = f"{person.name} is on the panel or proposed for it."
        raise Refused(msg)
    if member is None:
        member = PanelMember.objects.create(
            round=round_, person=person, code=_free_code(round_), most_efforts=given.most_efforts
        )
    else:
        PanelMember.objects.filter(pk=member.pk).update(
            state=PanelMember.State.PROPOSED,
            most_efforts=given.most_efforts,
            invited_at=None,
            version=F("version") + 1,
        )
        member.refresh_from_db()
    record_event(
        "person proposed for the panel",
        by=by,
        subject=person.history_name,
        round_=round_.slug,
    )
    find_conflicts(round_=round_, person=person, by=by)
    return member


def _describe(person: User, given: ProposalGiven) -> None:
    for name in ("expertise", "affiliations"):
        said = getattr(given, name).strip()
        if said and not getattr(person, name):
            setattr(person, name, said)
    person.save(update_fields=["expertise", "affiliations"])


def _free_code(round_: Round) -> str:
    taken = set(PanelMember.objects.filter(round=round_).values_list("code", flat=True))
    return next(
        code
        for number in range(1, len(taken) + 2)
        for code in [f"E-{number:02}"]
        if code not in taken
    )


@transaction.atomic
def withdraw_member(*, member: PanelMember, by: User, reason: str, version: int) -> None:
    """Take back a proposal or an invitation; the link that was sent is dead at once.

    Args:
        member: Who; not yet accepted.
        by: Who takes it back.
        reason: Why.
        version: Of the member as the person saw it.

    Raises:
        Refused: They may not, or it was accepted.
        ChangedMeanwhileError: It changed meanwhile.
    """
    require(decide(Act.SET_PANEL, facts_of(by, member.round)))
    if Assignment.objects.filter(member=member, ended_because="").exists():
        msg = f"{member.person.name} judges efforts: end those assignments first."
        raise Refused(msg)
    _move(member, PanelMember.State.WITHDRAWN, version=version)
    record_event(
        "place on the panel withdrawn",
        by=by,
        subject=member.person.history_name,
        round_=member.round.slug,
        reason=reason,
    )


@transaction.atomic
def invite_member(
    *,
    member: PanelMember,
    by: User,
    version: int,
    address: Callable[[str], str] | None = None,
) -> PanelMember:
    """Invite a proposed person, after their conflicts were looked for and decided.

    Args:
        member: Who.
        by: Who invites them.
        version: Of the member as the person saw it.
        address: Makes the whole address of a token, for the mail that waits in the outbox; no
            mail without it.

    Raises:
        Refused: They may not, or a conflict is undecided or keeps the person off the panel.
        ChangedMeanwhileError: It changed meanwhile.
    """
    require(decide(Act.SET_PANEL, facts_of(by, member.round)))
    if member.state not in (PanelMember.State.PROPOSED, PanelMember.State.INVITED):
        msg = f"{member.person.name} has {member.get_state_display()} and cannot be invited."
        raise Refused(msg)
    find_conflicts(round_=member.round, person=member.person, by=by)
    rows = list(ConflictOfInterest.objects.filter(round=member.round, person=member.person))
    if any(is_undecided(each) for each in rows):
        msg = "Decide the conflicts of interest that were found, before the invitation."
        raise Refused(msg)
    if any(keeps_out(each) and each.effort_id is None for each in rows):
        msg = f"A conflict of interest keeps {member.person.name} off this round's panel."
        raise Refused(msg)
    _move(member, PanelMember.State.INVITED, version=version, invited_at=timezone.now())
    record_event(
        "person invited to the panel",
        by=by,
        subject=member.person.history_name,
        round_=member.round.slug,
    )
    invited = PanelMember.objects.get(pk=member.pk)
    if address:
        queue_mail(
            to=member.person,
            kind=MAIL,
            subject=f"{invited.pk} {invited.invited_at}",
            template="judgements/mail/invitation.txt",
            about=str(member.round.institution),
            link=address(invitation_token(invited, by=by)),
            by=by,
            round_=member.round.slug,
        )
    return invited


def invitation_token(member: PanelMember, *, by: User) -> str:
    """What an invitation's address carries; a later invitation makes it worthless.

    Args:
        member: An invited person.
        by: Who invites them.
    """
    at = member.invited_at
    told = {"member": member.pk, "by": by.pk, "at": at.isoformat() if at else ""}
    return signing.dumps(told, salt=SALT, compress=True)


def _move(member: PanelMember, state: str, *, version: int, **values: object) -> None:
    changed = PanelMember.objects.filter(pk=member.pk, version=version).update(
        state=state, version=F("version") + 1, **values
    )
    if not changed:
        raise ChangedMeanwhileError
