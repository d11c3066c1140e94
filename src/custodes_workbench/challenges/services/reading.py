"""Writes of challenges: those that come with a folder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from custodes.challenges import Challenge as ChallengeRecord
from custodes_workbench.access import Act, decide, require
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of

_KEPT = ("handling", "raised_at", "answered_at")
"""Columns of `challenges.csv` that are kept as they were read."""
_COLUMNS = {
    **{name: name for name in ("by", "claim", "text", "quantity", "p05", "p50", "p95")},
    **{name: name for name in ("status", "owner", "answer", "reply", "ruling")},
    "answered_by": "answered_as",
    "ruled_by": "ruled_as",
}
"""Columns of `challenges.csv`, and where they are kept."""


@transaction.atomic
def read_in_challenges(*, row: Round, challenges: Sequence[ChallengeRecord], by: User) -> None:
    """Store the challenges of a round that was read in.

    Args:
        row: The round, with its efforts.
        challenges: As the library read them.
        by: Who reads them in.

    Raises:
        Refused: They may not import into this round now.
    """
    require(decide(Act.IMPORT_EFFORTS, facts_of(by, row)))
    if not challenges:
        return
    efforts = {each.effort_id: each for each in row.efforts.prefetch_related("revisions")}
    for each in challenges:
        told = each.model_dump(mode="json")
        Challenge.objects.create(
            effort=efforts[each.effort],
            revision=efforts[each.effort].revision,
            challenge_id=each.id,
            **{column: told[name] for name, column in _COLUMNS.items()},
            due=dt.datetime.fromisoformat(each.due).date() if each.due else None,
            as_read={name: told[name] for name in _KEPT if told[name]},
        )
    record_event(
        "challenges read in",
        by=by,
        subject=f"round {row.slug}",
        round_=row.slug,
        told={"number": len(challenges)},
    )
