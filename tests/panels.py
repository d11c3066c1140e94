"""Panels of the small round, as an officer sets them; and what a test asks of them."""

from django.utils import timezone

from custodes_workbench.judgements.models import PanelMember
from custodes_workbench.judgements.services.panel import (
    ProposalGiven,
    invitation_token,
    invite_member,
    propose_member,
)


def a_proposal(name="Nora Newman", mail="nora@elsewhere.example", **told):
    """Somebody new."""
    return ProposalGiven(name=name, mail=mail, **told)


def an_invited(cast, row, **told):
    """Somebody new who was invited, with the token that was sent."""
    omar = cast.now("omar")
    member = propose_member(round_=row, given=a_proposal(**told), by=omar)
    member = invite_member(member=member, by=omar, version=member.version)
    return member, invitation_token(member, by=omar)


def all_stated(row):
    """Everybody on the panel has stated their interests."""
    PanelMember.objects.filter(round=row).update(statement_at=timezone.now())


def member_of(row, person):
    """A person's row on the panel."""
    return PanelMember.objects.select_related("round", "person").get(round=row, person=person)
