"""Writes of challenges: those that come with a folder."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from custodes.challenges import Challenge as ChallengeRecord
from custodes_workbench.access import Act, decide, require
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of

_COLUMNS = ("handling", "raised_at", "owner", "due", "answered_by", "answered_at", "ruled_by")
"""Columns of `challenges.csv` that are kept as they were read."""


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
            **{
                name: told[name]
                for name in (
                    *("by", "claim", "text", "quantity", "p05", "p50", "p95"),
                    *("status", "answer", "ruling"),
                )
            },
            as_read={name: told[name] for name in _COLUMNS if told[name]},
        )
    record_event(
        "challenges read in",
        by=by,
        subject=f"round {row.slug}",
        round_=row.slug,
        told={"number": len(challenges)},
    )
