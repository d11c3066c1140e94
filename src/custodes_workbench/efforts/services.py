"""Writes of efforts: putting them into a round."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from custodes.efforts import Effort as EffortRecord
from custodes_workbench.access import Act, decide, require
from custodes_workbench.efforts.models import Effort, Revision
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of


@transaction.atomic
def add_efforts(
    *, round_: Round, efforts: Sequence[EffortRecord], by: User, source: str
) -> list[Effort]:
    """Put efforts into a round, as they were read; they go to the panel without screening.

    Args:
        round_: The round.
        efforts: The library's records.
        by: Who imports them.
        source: The file or folder, for the history.

    Raises:
        Refused: They may not import into this round now.
    """
    require(decide(Act.IMPORT_EFFORTS, facts_of(by, round_)))
    first = round_.efforts.count()
    rows = []
    for order, record in enumerate(efforts, start=first):
        row = Effort.objects.create(
            round=round_, effort_id=record.id, order=order, state=Effort.State.ACCEPTED
        )
        Revision.objects.create(effort=row, n=1, record=record.model_dump(mode="json"), by=by)
        rows.append(row)
    record_event(
        "efforts imported",
        by=by,
        subject=f"round {round_.slug}",
        round_=round_.slug,
        told={"number": len(rows), "source": source},
    )
    return rows
