"""Reads of standing declarations: one's own, and what conflicts are looked for with."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from custodes_workbench.access import Act, decide
from custodes_workbench.judgements.models import ConflictOfInterest, Interest
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import AT_WORK, STATEMENT_HOLDS, statement_has_expired
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import Reader, facts_of
from custodes_workbench.web.waiting import Waiting

RENEW_BEFORE = dt.timedelta(days=30)
"""How long before its end a person is asked to renew a statement."""


def own_interests(person: User) -> QuerySet[Interest]:
    """What somebody declares of themselves, with what has ended, for themselves.

    Args:
        person: Who is signed in.
    """
    return Interest.objects.filter(person=person, taken_back_at=None)


def interests_visible_to(reader: Reader, round_: Round, person: User) -> QuerySet[Interest]:
    """What somebody of a round declares, for those who see its panel.

    Args:
        reader: Signed in or not.
        round_: In which they have to do with each other.
        person: Who declared it.
    """
    rows = Interest.objects.filter(person=person, taken_back_at=None)
    return rows if decide(Act.SEE_PANEL, facts_of(reader, round_)) else rows.none()


def interests_computed(person: User) -> list[Interest]:
    """The ties that conflicts are looked for with; never shown."""
    return list(Interest.objects.filter(person=person, taken_back_at=None))


def own_conflicts(person: User, round_: Round) -> QuerySet[ConflictOfInterest]:
    """What a person declared of themselves in a round; never what was found or decided.

    Args:
        person: Who is signed in.
        round_: The round.
    """
    rows = ConflictOfInterest.objects.filter(round=round_, person=person, declared=True)
    return rows.exclude(type="none").select_related("effort")


def declaration_that_waits(person: User) -> list[Waiting]:
    """Whether a person's standing declaration is missing, over, or soon will be.

    Args:
        person: With the roles of the request.
    """
    if person.alone:
        return []
    stated = person.interests_stated_on
    url = reverse("judgements:interests")
    if stated is None:
        held = frozenset().union(*person.held.values()) if person.held else frozenset()
        return [Waiting(text="State your interests", url=url)] if held & set(AT_WORK) else []
    if statement_has_expired(person):
        text = "Renew your statement of interests: it is over, and you are kept out until then"
        return [Waiting(text=text, url=url)]
    if timezone.localdate() >= stated + STATEMENT_HOLDS - RENEW_BEFORE:
        return [Waiting(text="Renew your statement of interests", url=url)]
    return []
