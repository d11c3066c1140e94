"""Challenges that may be published, and what their numbers would change."""

from __future__ import annotations

from collections.abc import Collection

from custodes.assessment import Assessment, AssessmentRecord, Challenged, with_challenges
from custodes.challenges import Challenge
from custodes.rounds import Round


def published_challenges(round_: Round, open_ids: Collection[str]) -> tuple[Challenge, ...]:
    """The challenges without a handling mark to efforts that are published.

    Args:
        round_: The round.
        open_ids: The efforts that are published.
    """
    return tuple(
        each for each in round_.challenges if each.effort in open_ids and not each.handling
    )


def what_they_change(
    record: AssessmentRecord, round_: Round, challenges: tuple[Challenge, ...]
) -> tuple[Challenged, ...]:
    """What challenges that carry a number would make of their efforts.

    Args:
        record: The result as it is.
        round_: Its round.
        challenges: The challenges that are looked at.
    """
    only = round_.model_copy(update={"challenges": challenges})
    return with_challenges(Assessment(record=record, round_=only))
