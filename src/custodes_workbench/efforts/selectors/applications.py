"""Reads of calls and of what an applicant writes; a draft is its writer's alone."""

from __future__ import annotations

from django.db.models import QuerySet

from custodes_workbench.access import Act, Purpose, decide
from custodes_workbench.efforts.models import Application, CallText, Effort
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import Reader, facts_of

_FOR_THE_WRITER = frozenset({Purpose.PAGE, Purpose.LIST, Purpose.COUNT})


def calls_visible_to(reader: Reader) -> QuerySet[Round]:
    """Rounds whose call a reader sees: everybody, from the call on.

    Args:
        reader: Signed in or not.
    """
    rows = Round.objects.prefetch_related("stages")
    seen = [each.pk for each in rows if decide(Act.SEE_CALL, facts_of(reader, each))]
    return rows.filter(pk__in=seen)


def text_of_call(round_: Round) -> CallText:
    """What officers say in a call that the reader sees; blank where they have not.

    Args:
        round_: The round.
    """
    return CallText.objects.filter(round=round_).first() or CallText(round=round_, version=0)


def drafts_of(person: User, purpose: Purpose = Purpose.PAGE) -> QuerySet[Application]:
    """What a person has in their forms; nobody else's, for no purpose.

    Args:
        person: The writer.
        purpose: What the reading is for.
    """
    rows = Application.objects.filter(person=person).select_related("round", "effort")
    return rows if purpose in _FOR_THE_WRITER else rows.none()


def own_applications(person: User, round_: Round) -> QuerySet[Effort]:
    """What a person has applied with in a round.

    Args:
        person: The applicant.
        round_: The round.
    """
    return Effort.objects.filter(round=round_, applicant=person).prefetch_related("revisions")
