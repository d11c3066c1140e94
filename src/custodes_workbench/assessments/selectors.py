"""Reads of computing: the round as the library takes it, and the runs that a person sees."""

from __future__ import annotations

from django.db.models import QuerySet

from custodes.rounds import Round as LibraryRound
from custodes_workbench.access import Act, decide
from custodes_workbench.assessments.models import Run
from custodes_workbench.efforts.records import effort_record
from custodes_workbench.efforts.selectors import efforts_computed
from custodes_workbench.judgements import selectors as judging
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import (
    mitigations_of,
    settings_of,
    systems_of,
    worldview_of,
)
from custodes_workbench.rounds.selectors import Reader, facts_of, worldviews_now


def round_of(row: Round) -> LibraryRound:
    """The whole round as the library takes it, experts under their pseudonyms.

    Args:
        row: The round.
    """
    return LibraryRound(
        settings=settings_of(row),
        efforts=tuple(effort_record(each) for each in efforts_computed(row)),
        judgements=judging.judgements_computed(row),
        experts=judging.experts_computed(row),
        conflicts=judging.conflicts_computed(row),
        calibration=judging.seeds_computed(row),
        worldviews=tuple(worldview_of(each) for each in worldviews_now(row)),
        systems=systems_of(row),
        mitigations=mitigations_of(row),
    )


def runs_visible_to(reader: Reader, round_: Round) -> QuerySet[Run]:
    """The runs of a round, newest first, for those who may see results of every effort.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    if not decide(Act.SEE_RESULTS, facts_of(reader, round_)):
        return Run.objects.none()
    return Run.objects.filter(round=round_).select_related("job")
