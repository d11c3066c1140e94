"""Writes about people: the first account, roles."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes_workbench.access import Act, Facts, Refused, Role, by_one_person, decide, require
from custodes_workbench.history.services import Actor, is_root_due, record_event, sign_root
from custodes_workbench.operations.services import Service, drop_mail, queue_mail
from custodes_workbench.people.models import Institution, Invitation, Membership, User
from custodes_workbench.people.selectors import (
    SALT,
    auditors,
    digest_of_token,
    has_account,
    the_institution,
    with_accounts,
)

ALONE_MAIL = "you@this-machine.invalid"
"""The address of the one account of a laptop; no mail is ever sent there."""
MAIL = "invitation"
"""The kind of the mail that an invitation into the institution sends."""
ROOT_MAIL = "root of the history"
"""The kind of the mail that gives an auditor a root to keep."""


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


@transaction.atomic
def take_role(*, membership: Membership, by: User, facts: Facts) -> None:
    """Take a role away; it acts on the person's next request.

    Args:
        membership: Which.
        by: Who takes it.
        facts: Of whoever takes it, in the round where it is one.

    Raises:
        Refused: They may not, or nobody would be left who gives roles.
    """
    require(decide(Act.GIVE_ROLES, facts))
    givers = (Role.ADMINISTRATOR.value, Role.LEAD_OFFICER.value)
    left = Membership.objects.filter(role__in=givers, round="", until=None, person__is_active=True)
    if membership.role in givers and not left.exclude(pk=membership.pk).exists():
        msg = "Nobody would be left who can give roles."
        raise Refused(msg)
    Membership.objects.filter(pk=membership.pk).update(until=timezone.now())
    record_event(
        "role taken",
        by=by,
        subject=membership.person.history_name,
        round_=membership.round,
        told={"role": membership.role},
    )


@transaction.atomic
def invite_person(
    *, name: str, mail: str, role: Role, by: User, address: Callable[[str], str]
) -> str:
    """Invite somebody into the institution; a mail with the address waits in the outbox.

    Args:
        name: As they are called.
        mail: Theirs.
        role: What they will be.
        by: Who invites them.
        address: Makes the whole address of a token.

    Returns:
        The address at which they open their account; it holds for two weeks and works once.

    Raises:
        Refused: They may not give roles, or have no account of their own that stays.
    """
    require(decide(Act.GIVE_ROLES, by.facts))
    if by.alone and not by.has_usable_password():
        msg = "Open an account of your own first: with a second person you sign in like anybody."
        raise Refused(msg)
    person = User.objects.filter(email__iexact=mail).first()
    if person is None:
        person = User(email=mail, name=name, is_active=False)
        person.set_unusable_password()
        person.save(force_insert=True)
    token = signing.dumps(secrets.token_urlsafe(32), salt=SALT)
    made = Invitation.objects.create(
        person=person, role=role.value, token_digest=digest_of_token(token), made_by=by
    )
    link = address(token)
    institution = the_institution()
    queue_mail(
        to=person,
        kind=MAIL,
        subject=str(made.pk),
        template="people/mail/invitation.txt",
        about=str(institution or "the institution"),
        link=link,
        by=by,
    )
    told = {"role": role.value}
    record_event("person invited", by=by, subject=person.history_name, told=told)
    return link


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> None:
    """Take an invitation back; its address is dead at once.

    Args:
        invitation: Which.
        by: Who takes it back.

    Raises:
        Refused: They may not.
    """
    require(decide(Act.GIVE_ROLES, by.facts))
    if not _end(invitation, Invitation.End.WITHDRAWN):
        return
    drop_mail(kind=MAIL, subject=str(invitation.pk))
    record_event("invitation withdrawn", by=by, subject=invitation.person.history_name)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, password: str) -> None:
    """Open the account of somebody who was invited, with the role they were invited to.

    Args:
        invitation: As :func:`~custodes_workbench.people.selectors.invitation_of` gave it.
        password: Of the new account; left alone where there is one.

    Raises:
        Refused: It was used or withdrawn meanwhile.
    """
    if not _end(invitation, Invitation.End.ACCEPTED):
        msg = "This invitation was used or withdrawn meanwhile."
        raise Refused(msg)
    join_by_invitation(
        person=invitation.person,
        role=Role(invitation.role),
        round_="",
        given_by=invitation.made_by,
        password=password,
    )


def _end(invitation: Invitation, end: Invitation.End) -> bool:
    waiting = Invitation.objects.filter(pk=invitation.pk, ended_at=None)
    return bool(waiting.update(ended_at=timezone.now(), end=end))


@transaction.atomic
def open_own_account(*, person: User, name: str, mail: str, password: str) -> None:
    """Give the first person an account that stays: they keep looking after the workbench.

    Args:
        person: The one person of a workbench.
        name: As they want to be called.
        mail: Theirs.
        password: Of the account.
    """
    person.name, person.email = name, mail
    person.set_password(password)
    person.save(update_fields=["name", "email", "password"])
    for role in (Role.ADMINISTRATOR, Role.LEAD_OFFICER):
        Membership.objects.get_or_create(person=person, role=role.value, round="", until=None)
    record_event("account opened", by=person, subject=person.history_name)


@transaction.atomic
def first_administrator(*, name: str, mail: str, password: str) -> User:
    """The first account of an institution's workbench.

    Args:
        name: As they are called.
        mail: Theirs.
        password: Of the account.

    Raises:
        Refused: Somebody has an account already.
    """
    if with_accounts().exists():
        msg = "There is an account already; ask whoever has it for an invitation."
        raise Refused(msg)
    Institution.objects.get_or_create(defaults={"name": "The institution"})
    person = User(email=mail, name=name)
    person.set_unusable_password()
    person.save(force_insert=True)
    open_own_account(person=person, name=name, mail=mail, password=password)
    return person


@transaction.atomic
def propose_institution(
    *,
    institution: Institution,
    values: Mapping[str, str | bool],
    because: str,
    by: User,
    version: int,
) -> bool:
    """Ask for the institution's settings to change; another person confirms.

    One person alone changes them at once, with the mark that it was one.

    Args:
        institution: Which.
        values: `name`, `currency`, `verdict`, `contact`, `organisations`,
            `anonymous_critique`.
        because: Why.
        by: Who wants it.
        version: Of the institution as the person saw it.

    Returns:
        Whether it was kept; not where somebody else has saved meanwhile.

    Raises:
        Refused: They may not.
    """
    require(decide(Act.EDIT_INSTITUTION, by.facts))
    seen = Institution.objects.filter(pk=institution.pk, version=version)
    if not seen.update(
        proposed=dict(values),
        proposed_because=because,
        proposed_by=by,
        version=F("version") + 1,
    ):
        return False
    told = {"values": dict(values)}
    record_event(
        "change of the institution proposed",
        by=by,
        subject="institution",
        reason=because,
        told=told,
    )
    return not by.alone or confirm_institution(institution=institution, by=by, version=version + 1)


@transaction.atomic
def confirm_institution(*, institution: Institution, by: User, version: int) -> bool:
    """Change the institution's settings as another person proposed.

    Args:
        institution: Which.
        by: Who confirms; not who proposed it, unless one person is alone.
        version: Of the institution as the person saw it.

    Returns:
        Whether it was changed; not where something else is proposed meanwhile.

    Raises:
        Refused: They may not, proposed it themselves, or nothing is proposed.
    """
    require(decide(Act.EDIT_INSTITUTION, by.facts))
    current = Institution.objects.select_for_update().get(pk=institution.pk)
    if not current.proposed:
        msg = "No change of the institution waits."
        raise Refused(msg)
    alone = by_one_person(
        Act.EDIT_INSTITUTION,
        prepared_by=current.proposed_by_id,
        confirmed_by=by.pk,
        alone=by.alone,
    )
    seen = Institution.objects.filter(pk=current.pk, version=version)
    if not seen.update(
        **current.proposed,
        proposed={},
        proposed_because="",
        proposed_by=None,
        version=F("version") + 1,
    ):
        return False
    record_event(
        "institution changed",
        by=by,
        subject="institution",
        reason=current.proposed_because,
        by_one_person=alone,
        told=dict(current.proposed),
    )
    return True


def end_sessions(people: Collection[int | None]) -> int:
    """Sign people out wherever they are signed in.

    Args:
        people: Their keys.

    Returns:
        How many sessions ended.
    """
    keys = {str(each) for each in people}
    found = [
        each.pk for each in Session.objects.all() if each.get_decoded().get(SESSION_KEY) in keys
    ]
    return Session.objects.filter(pk__in=found).delete()[0]


@transaction.atomic
def drop_institution_change(*, institution: Institution, by: User) -> None:
    """Say no to a change of the institution, or take it back.

    Args:
        institution: Which.
        by: Who says so; whoever proposed it may, too.

    Raises:
        Refused: They may not.
    """
    require(decide(Act.EDIT_INSTITUTION, by.facts))
    waiting = Institution.objects.filter(pk=institution.pk, proposed_by__isnull=False)
    if waiting.update(
        proposed={}, proposed_because="", proposed_by=None, version=F("version") + 1
    ):
        record_event("change of the institution dropped", by=by, subject="institution")


@transaction.atomic
def publish_root(*, by: Actor) -> None:
    """Sign the history's last hash, and mail it to the auditors, who keep it elsewhere.

    Args:
        by: Who causes it.
    """
    root = sign_root(by=by)
    if root is None:
        return
    for person in auditors():
        queue_mail(
            to=person,
            kind=ROOT_MAIL,
            subject=str(root.n),
            template="people/mail/root.txt",
            about=f"entry {root.n}, {root.hash}",
            link="",
            by=person,
        )


def publish_root_if_due() -> None:
    """The daily root; does nothing where nothing was done."""
    if is_root_due():
        publish_root(by=Service())
