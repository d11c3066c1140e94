"""Panels of the small round, as an officer sets them; and what a test asks of them."""

from django.utils import timezone

from custodes_workbench.efforts.models import Effort
from custodes_workbench.judgements.models import ConflictOfInterest, PanelMember
from custodes_workbench.judgements.selectors.report import ruling_that_waits
from custodes_workbench.judgements.services.conflicts import find_conflicts
from custodes_workbench.judgements.services.panel import (
    ProposalGiven,
    invitation_token,
    invite_member,
    propose_member,
)
from custodes_workbench.judgements.services.rulings import (
    RulingGiven,
    confirm_ruling,
    decide_conflict,
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


def a_conflict(row, person, effort="first", **values):
    """A conflict that nobody has decided."""
    about = Effort.objects.get(round=row, effort_id=effort)
    told = {"type": "employer", "declared": False, **values}
    return ConflictOfInterest.objects.create(round=row, person=person, effort=about, **told)


def rule_on(conflict, cast, decided, *, by="omar", second="lena", **told):
    """A ruling, as somebody sees the conflict now; what clears it is confirmed by a second."""
    conflict.refresh_from_db()
    decide_conflict(
        conflict=conflict,
        given=RulingGiven(decided=decided, reason="looked into", **told),
        by=cast.now(by),
        version=conflict.version,
    )
    waiting = ruling_that_waits(conflict)
    if waiting is not None and second:
        conflict.refresh_from_db()
        confirm_ruling(ruling=waiting, by=cast.now(second), version=conflict.version)


def found_for(cast, row, name, **person):
    """What is found about somebody of whom this is known; their mail proves nothing."""
    who = cast.people[name]
    person = {"email": f"{name}@gmail.com", **person}
    type(who).objects.filter(pk=who.pk).update(**person)
    who.refresh_from_db()
    return find_conflicts(round_=row, person=who, by=cast.now("omar"))
