"""Putting efforts into a round."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from custodes.efforts import Effort as EffortRecord
from custodes_workbench.access import Act, decide, require
from custodes_workbench.efforts.models import Effort, Revision, Upload
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of


@transaction.atomic
def add_efforts(
    *,
    round_: Round,
    efforts: Sequence[EffortRecord],
    by: User,
    source: str,
    upload: Upload | None = None,
) -> list[Effort]:
    """Put efforts into a round, as they were read.

    Those of a folder go to the panel without screening; those of an uploaded file are screened.

    Args:
        round_: The round.
        efforts: The library's records.
        by: Who imports them.
        source: The file or folder, for the history.
        upload: The file that an officer sent, where it is one.

    Raises:
        Refused: They may not import into this round now.
    """
    require(decide(Act.IMPORT_EFFORTS, facts_of(by, round_)))
    state = Effort.State.ACCEPTED if upload is None else Effort.State.SUBMITTED
    rows = []
    for order, record in enumerate(efforts, start=next_order(round_)):
        row = Effort.objects.create(
            round=round_, effort_id=record.id, order=order, state=state, imported_in=upload
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


def next_order(round_: Round) -> int:
    """The place after the last effort of a round."""
    last = Effort.objects.filter(round=round_).aggregate(last=Max("order"))["last"]
    return 0 if last is None else int(last) + 1
