"""Reads of imports: a file that waits is seen by who sent it."""

from __future__ import annotations

from django.db.models import QuerySet

from custodes.efforts import Effort as EffortRecord
from custodes_workbench.access import Act, decide
from custodes_workbench.efforts.models import Effort, Upload
from custodes_workbench.efforts.records import effort_record
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of


def uploads_of(person: User, round_: Round) -> QuerySet[Upload]:
    """The files that an officer sent to a round; nobody else's.

    Args:
        person: The officer.
        round_: The round.
    """
    rows = Upload.objects.filter(round=round_, person=person).select_related("round")
    if not decide(Act.IMPORT_EFFORTS, facts_of(person, round_)):
        return rows.none()
    return rows


def efforts_held(round_: Round) -> list[EffortRecord]:
    """What the round holds already, as an import is compared with it; only for officers.

    Args:
        round_: The round.
    """
    rows = Effort.objects.filter(round=round_).prefetch_related("revisions")
    return [effort_record(each) for each in rows if not _was_taken_back(each)]


def _was_taken_back(effort: Effort) -> bool:
    """An import that was undone leaves its rows withdrawn; they are in nobody's way."""
    return effort.effort_id != str(effort.revision.record["id"])
