"""Answers to an invitation: a statement of interests, acceptance, refusal.

The signed address is the permission. It expires, and dies with a later invitation, with the
withdrawal of this one and with the answer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes_workbench.access import Refused, Role, Stage
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import efforts_computed
from custodes_workbench.history.services import record_event
from custodes_workbench.judgements.models import ConflictOfInterest, PanelMember
from custodes_workbench.judgements.selectors.panel import kept_out
from custodes_workbench.judgements.services.conflicts import find_conflicts
from custodes_workbench.judgements.services.effects import follow_conflicts
from custodes_workbench.judgements.services.interests import InterestGiven, declare_interests
from custodes_workbench.judgements.services.panel import SALT
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import has_account
from custodes_workbench.people.services import join_by_invitation

HOLDS = dt.timedelta(days=30)
"""How long an invitation can be answered."""
LATEST = (Stage.PUBLISHED, Stage.FOLLOW_UP)
"""Stages at which nobody joins a panel any more."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that holds."""

    member: PanelMember
    by: User

    @property
    def expires_at(self) -> dt.datetime:
        """Until when it can be answered."""
        return (self.member.invited_at or timezone.now()) + HOLDS

    @property
    def needs_account(self) -> bool:
        """Whether accepting opens an account."""
        return not has_account(self.member.person)

    @property
    def is_stated(self) -> bool:
        """Whether interests were stated since this invitation, so that titles may be shown."""
        made, invited = self.member.statement_at, self.member.invited_at
        return made is not None and invited is not None and made >= invited

    def efforts(self) -> list[Effort]:
        """What they might judge, once interests are stated; without what a conflict excludes."""
        if not self.is_stated:
            return []
        pairs = kept_out(self.member.round)
        return [
            each
            for each in efforts_computed(self.member.round)
            if (self.member.person_id, each.pk) not in pairs
        ]


def invitation_of(token: str) -> Invitation | None:
    """The invitation behind a token; none where it is forged, expired, answered or withdrawn.

    Args:
        token: From the address.
    """
    try:
        told = signing.loads(token, salt=SALT, max_age=HOLDS)
    except signing.BadSignature:
        return None
    member = (
        PanelMember.objects.select_related("person", "round")
        .filter(pk=told["member"], state=PanelMember.State.INVITED)
        .first()
    )
    if member is None or member.invited_at is None:
        return None
    if member.invited_at.isoformat() != told["at"] or member.round.stage_name in LATEST:
        return None
    by = User.objects.filter(pk=told["by"]).first()
    return Invitation(member, by) if by else None


@transaction.atomic
def state_interests(
    *, invitation: Invitation, affiliations: str, coauthors: str, ties: str, interests: str
) -> None:
    """Keep what somebody says of their interests, and look for conflicts with it.

    Args:
        invitation: That they answer.
        affiliations: Where they work or worked within three years, one a line.
        coauthors: With whom they have written within three years, one a line.
        ties: Organisations and people that they have a tie with, one a line.
        interests: Anything else, in their own words.
    """
    member = invitation.member
    person = member.person
    now = timezone.now()
    known = [*person.affiliations.splitlines(), *affiliations.splitlines()]
    person.affiliations = "\n".join(dict.fromkeys(each.strip() for each in known if each.strip()))
    person.interests = interests.strip()
    person.interests_stated_on = timezone.localdate()
    person.save(update_fields=["affiliations", "interests", "interests_stated_on"])
    PanelMember.objects.filter(pk=member.pk).update(statement_at=now, version=F("version") + 1)
    ConflictOfInterest.objects.get_or_create(
        round=member.round,
        person=person,
        effort=None,
        type="none",
        declared=True,
        defaults={"text": "A statement of interests was made.", "rule": "statement"},
    )
    record_event(
        "interests stated", by=person, subject=person.history_name, round_=member.round.slug
    )
    declare_interests(
        given=[
            InterestGiven(type=type_, with_whom=each.strip()[:200])
            for type_, said in (("coauthor_within_3_years", coauthors), ("other", ties))
            for each in said.splitlines()
            if each.strip()
        ],
        by=person,
    )
    find_conflicts(round_=member.round, person=person, by=person)


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, declared: Mapping[int, tuple[str, str]], password: str
) -> None:
    """Join the panel, with what was declared for single efforts, and with an account.

    Args:
        invitation: That is accepted.
        declared: By the effort's key: the sort of conflict, and what was said about it.
        password: Of the new account; unused where there is one.

    Raises:
        Refused: No statement of interests was made.
    """
    member = invitation.member
    if not invitation.is_stated:
        msg = "State your interests first."
        raise Refused(msg)
    offered = {each.pk: each for each in invitation.efforts()}
    for key, (type_, text) in declared.items():
        if key in offered:
            ConflictOfInterest.objects.create(
                round=member.round,
                person=member.person,
                effort=offered[key],
                type=type_,
                declared=True,
                text=text,
                rule="declared",
            )
    _answer(member, PanelMember.State.ACCEPTED)
    join_by_invitation(
        person=member.person,
        role=Role.EXPERT,
        round_=member.round.slug,
        given_by=invitation.by,
        password=password,
    )
    follow_conflicts(round_=member.round, person=member.person)
    record_event(
        "invitation accepted",
        by=member.person,
        subject=member.person.history_name,
        round_=member.round.slug,
        told={"conflicts declared": len(declared)},
    )


@transaction.atomic
def decline_invitation(*, invitation: Invitation, because: str, text: str) -> None:
    """Say no, with the reason.

    Args:
        invitation: That is declined.
        because: `conflict`, `not_my_field`, `too_much`, `other`.
        text: In their own words.
    """
    member = invitation.member
    _answer(member, PanelMember.State.DECLINED, declined_because=because, declined_text=text)
    record_event(
        "invitation declined",
        by=member.person,
        subject=member.person.history_name,
        round_=member.round.slug,
        told={"because": because},
    )


def _answer(member: PanelMember, state: str, **values: object) -> None:
    changed = PanelMember.objects.filter(pk=member.pk, state=PanelMember.State.INVITED).update(
        state=state, answered_at=timezone.now(), version=F("version") + 1, **values
    )
    if not changed:
        msg = "This invitation was answered or withdrawn meanwhile."
        raise Refused(msg)
