"""One effort of a kept result, computed again.

Source: docs/howto/follow-up-a-decision.md.
"""

from __future__ import annotations

from custodes.assessment._assess import assess
from custodes.assessment._only import only_efforts
from custodes.assessment._record import EffortAssessment
from custodes.assessment._whole_record import AssessmentRecord
from custodes.rounds import Round


def recomputed(record: AssessmentRecord, round_: Round, effort: str) -> EffortAssessment:
    """An effort of a kept result, computed again from a round, with the same draws and seed.

    From the round of the result it comes out equal to `record`'s, bit for bit; from the round as
    it is today it tells what moved. Conditions that a person fixed stay; those that were
    recommended are looked for again.

    Args:
        record: The result that was kept.
        round_: The round that it is computed from now.
        effort: The effort, by id; the result and the round hold it.

    Raises:
        KeyError: The result does not hold the effort.
        InputError: The round does not, or lacks a worldview of the result.
    """
    kept = {each.id: each for each in record.efforts}[effort]
    again = assess(
        only_efforts(round_, {effort}),
        worldviews=record.round.worldviews,
        samples=record.samples,
        seed=record.seed,
        sampler=record.sampler,
        conditions={effort: kept.conditions} if kept.conditions_given else None,
    )
    return again.effort(effort)
