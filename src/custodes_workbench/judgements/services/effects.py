"""What follows from conflicts: who stands how to an effort, and which answers are set aside."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from custodes_workbench.access import Relation
from custodes_workbench.efforts.models import Effort, Standing
from custodes_workbench.judgements.models import Answer, Assignment, ConflictOfInterest
from custodes_workbench.judgements.selectors.panel import BECAUSE, keeps_out
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round

FROM_FOLDER = "came with the folder"
"""How a standing says that it was read in."""
KEPT_OUT = ("recuse", "block")
"""Rulings that keep somebody out."""


def follow_conflicts(*, round_: Round, person: User) -> None:
    """Let every effect of a person's conflicts hold, from the next request on.

    An undecided one keeps out as a decided one does. Answers are set aside only by a decision,
    and count again when it is lifted.
    """
    rows = list(ConflictOfInterest.objects.filter(round=round_, person=person))
    efforts = set(Effort.objects.filter(round=round_).values_list("pk", flat=True))
    out = {
        effort
        for row in rows
        if keeps_out(row)
        for effort in (efforts if row.effort_id is None else {row.effort_id})
    }
    decided = {
        effort
        for row in rows
        if keeps_out(row) and row.decided in KEPT_OUT
        for effort in (efforts if row.effort_id is None else {row.effort_id})
    }
    _stand(round_, person, out=out)
    _set_aside(person, efforts=decided, before="", after=BECAUSE)
    _set_aside(person, efforts=efforts - decided, before=BECAUSE, after="")


def _stand(round_: Round, person: User, *, out: set[int]) -> None:
    standing = Standing.objects.filter(
        effort__round=round_, person=person, relation=Relation.CONFLICTED, until=None
    )
    held = set(standing.values_list("effort_id", flat=True))
    for effort in out - held:
        Standing.objects.create(
            effort_id=effort, person=person, relation=Relation.CONFLICTED, because=BECAUSE
        )
    ours = standing.filter(because__in=(BECAUSE, FROM_FOLDER))
    ours.exclude(effort__in=out).update(until=timezone.now())


def _set_aside(person: User, *, efforts: set[int], before: str, after: str) -> None:
    Answer.objects.filter(
        effort__in=efforts, member__person=person, set_aside_because=before
    ).update(set_aside_because=after)
    Assignment.objects.filter(
        effort__in=efforts, member__person=person, ended_because=before
    ).update(ended_because=after, version=F("version") + 1)
