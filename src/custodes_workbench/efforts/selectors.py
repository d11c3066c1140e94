"""Reads of efforts: how a person stands to one, and which they see."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from custodes_workbench.access import Act, Facts, Purpose, Relation, Role, decide
from custodes_workbench.efforts.models import Effort, Standing
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import Reader, facts_of

STRICTEST = (Relation.CONFLICTED, Relation.OWN, Relation.ASSIGNED)
"""Where several hold, the first of these counts."""


def relations_in(reader: Reader, round_: Round) -> dict[int, Relation]:
    """How a reader stands to each effort of a round, by the effort's key; strangers left out.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    if not isinstance(reader, User):
        return {}
    now = timezone.now()
    rows = Standing.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now), person=reader, effort__round=round_
    ).values_list("effort_id", "relation")
    held: dict[int, Relation] = {}
    if reader.alone and reader.acting_as in (Role.EXPERT, Role.APPLICANT):
        own = Relation.ASSIGNED if reader.acting_as == Role.EXPERT else Relation.OWN
        held = dict.fromkeys(round_.efforts.values_list("pk", flat=True), own)
    for effort, relation in rows:
        stands = [held[effort]] if effort in held else []
        held[effort] = min([*stands, Relation(relation)], key=STRICTEST.index)
    return held


def facts_about(reader: Reader, effort: Effort, *, own_handed_in: bool = False) -> Facts:
    """What a ruling about an effort is made from.

    Args:
        reader: Signed in or not.
        effort: The effort.
        own_handed_in: Whether the reader has handed in an answer of their own about it.
    """
    relation = relations_in(reader, effort.round).get(effort.pk, Relation.STRANGER)
    return facts_of(reader, effort.round, relation=relation, own_handed_in=own_handed_in)


def efforts_visible_to(
    reader: Reader, round_: Round, purpose: Purpose = Purpose.PAGE
) -> QuerySet[Effort]:
    """The efforts of a round that a reader sees, in the order of the round.

    A draft is seen by who writes it, and by nobody else.

    Args:
        reader: Signed in or not.
        round_: The round.
        purpose: What the reading is for.
    """
    everything = (
        Effort.objects.filter(round=round_).select_related("round").prefetch_related("revisions")
    )
    if purpose is Purpose.COMPUTE:
        return everything.none()
    relations = relations_in(reader, round_)
    seen = [
        effort.pk
        for effort in everything
        for relation in [relations.get(effort.pk, Relation.STRANGER)]
        if decide(Act.SEE_EFFORT, facts_of(reader, round_, relation=relation))
        and (effort.state != Effort.State.DRAFT or relation is Relation.OWN)
    ]
    return everything.filter(pk__in=seen)


def efforts_computed(round_: Round) -> QuerySet[Effort]:
    """The efforts that enter an assessment: what went to the panel.

    Only for `round_of`; a page never shows these rows.
    """
    return Effort.objects.filter(
        round=round_, state__in=(Effort.State.ACCEPTED, Effort.State.SUBMITTED)
    ).prefetch_related("revisions")
