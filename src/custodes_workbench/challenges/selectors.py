"""Reads of challenges."""

from __future__ import annotations

from custodes.challenges import Challenge as ChallengeRecord
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.challenges.records import challenge_record
from custodes_workbench.rounds.models import Round


def challenges_computed(round_: Round) -> tuple[ChallengeRecord, ...]:
    """Every challenge of a round, in the order of their ids.

    Only for `round_of`; a page never shows these.
    """
    rows = Challenge.objects.filter(effort__round=round_).select_related("effort")
    return tuple(challenge_record(each) for each in rows.order_by("pk"))
