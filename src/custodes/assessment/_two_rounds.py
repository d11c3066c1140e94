"""What the discussion changed: net risk on the blind answers against net risk on the last ones."""

from __future__ import annotations

from concurrent.futures import Executor

from custodes.assessment._assess import Assessment, assess
from custodes.assessment._only import only_efforts
from custodes.assessment._record import Summary
from custodes.records import Record


class RoundsCompared(Record):
    """One effort under one worldview, with its conditions, on the first and the last answers."""

    effort: str
    """The effort's id."""
    worldview: str
    """The worldview's name."""
    blind: Summary
    """Net on the blind answers alone."""
    last: Summary
    """Net on the last usable answer of each expert."""
    p_raises_risk_blind: float
    """Share of worlds in which it raises risk, on the blind answers."""
    p_raises_risk_last: float
    """The same on the last answers."""

    @property
    def change(self) -> float:
        """Mean net on the last answers less that on the blind ones; below 0 it became safer."""
        return self.last.mean - self.blind.mean


def compare_rounds(
    assessment: Assessment, *, executor: Executor | None = None
) -> tuple[RoundsCompared, ...]:
    """Net risk of the efforts that somebody answered twice about, before and after discussion.

    The same conditions, seed and draws serve both, so nothing but the answers differs.

    Args:
        assessment: A result on the last answers.
        executor: Any `concurrent.futures.Executor`.

    Returns:
        One for each such effort and worldview, in the result's order; none where nobody revised.
    """
    record, round_ = assessment.record, assessment.round_
    revised = {answer.effort for answer in round_.judgements if answer.round > 1}
    efforts = tuple(effort for effort in round_.efforts if effort.id in revised)
    if not efforts:
        return ()
    kept = {str(effort.id) for effort in efforts}
    first = assess(
        only_efforts(round_.blind, kept),
        worldviews=record.round.worldviews,
        samples=record.samples,
        seed=record.seed,
        sampler=record.sampler,
        conditions={name: assessment.effort(name).conditions for name in kept},
        executor=executor,
    )
    return tuple(
        RoundsCompared(
            effort=before.id,
            worldview=name,
            blind=before.worldview(name).after.net,
            last=assessment.effort(before.id).worldview(name).after.net,
            p_raises_risk_blind=before.worldview(name).after.p_raises_risk,
            p_raises_risk_last=assessment.effort(before.id).worldview(name).after.p_raises_risk,
        )
        for before in first.record.efforts
        for name in record.round.worldviews
    )
