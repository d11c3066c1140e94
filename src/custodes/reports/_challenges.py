"""What the numbers of published challenges would change."""

from __future__ import annotations

from custodes.assessment import Assessment, AssessmentRecord, Challenged, with_challenges
from custodes.challenges import Challenge
from custodes.rounds import Round


def what_they_change(
    record: AssessmentRecord, round_: Round, challenges: tuple[Challenge, ...]
) -> tuple[Challenged, ...]:
    """What challenges that carry a number would make of their efforts.

    Args:
        record: The result as it is.
        round_: Its round.
        challenges: The challenges that are looked at.
    """
    return with_challenges(Assessment(record=record, round_=round_), challenges)
