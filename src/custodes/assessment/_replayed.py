"""A kept result, computed again from the round as it is now, and what moved.

Source: docs/howto/follow-up-a-decision.md.
"""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

from custodes.assessment._assess import Assessment, Progress, assess
from custodes.assessment._record import Result
from custodes.assessment._whole_record import AssessmentRecord
from custodes.rounds import Round


@dataclass(frozen=True, slots=True)
class Moved:
    """One effort under one worldview, with its conditions, then and now."""

    effort: str
    """The effort, by id."""
    worldview: str
    """The worldview."""
    then: Result
    """As it was kept."""
    now: Result
    """As it is computed now, with the same draws and seed."""
    conditions_then: tuple[str, ...]
    """The package, then."""
    conditions_now: tuple[str, ...]
    """The package, now."""
    quantities: tuple[str, ...]
    """Quantities of the effort that were used otherwise; none where a system, the world or a
    mitigation moved it."""


@dataclass(frozen=True, slots=True)
class ReplayedAssessment:
    """A kept result and the same computed now."""

    assessment: Assessment
    """What is found now."""
    same_inputs: bool
    """Whether the round is what it was."""
    moved: tuple[Moved, ...]
    """What is not what it was, in the order of the kept result."""
    gone: tuple[str, ...]
    """Efforts that are in the round no more."""
    new: tuple[str, ...]
    """Efforts that were not in it then."""

    @property
    def is_same(self) -> bool:
        """Whether every effort comes out as it was kept, bit for bit."""
        return not (self.moved or self.gone or self.new)


def replayed(
    kept: AssessmentRecord,
    round_: Round,
    *,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> ReplayedAssessment:
    """Compute a kept result again, from the round as it is now.

    Conditions that a person fixed stay; those that were recommended are looked for again.

    Args:
        kept: The result as it was written.
        round_: The round.
        executor: Any `concurrent.futures.Executor`.
        progress: Told how far it is.

    Raises:
        InputError: The round lacks a worldview of the result, or does not fit together.
    """
    here = {str(each.id) for each in round_.efforts}
    found = assess(
        round_,
        worldviews=kept.round.worldviews,
        samples=kept.samples,
        seed=kept.seed,
        sampler=kept.sampler,
        conditions={
            each.id: each.conditions
            for each in kept.efforts
            if each.conditions_given and each.id in here
        },
        executor=executor,
        progress=progress,
    )
    now = {each.id: each for each in found.record.efforts}
    moved = tuple(
        Moved(
            effort=then.id,
            worldview=name,
            then=result.after,
            now=now[then.id].worldviews[name].after,
            conditions_then=then.conditions,
            conditions_now=now[then.id].conditions,
            quantities=tuple(
                quantity
                for quantity, used in now[then.id].quantities.items()
                if then.quantities.get(quantity) != used
            ),
        )
        for then in kept.efforts
        if then.id in now
        for name, result in then.worldviews.items()
        if now[then.id].worldviews[name] != result
    )
    known = {each.id for each in kept.efforts}
    return ReplayedAssessment(
        assessment=found,
        same_inputs=found.record.inputs_sha256 == kept.inputs_sha256,
        moved=moved,
        gone=tuple(each.id for each in kept.efforts if each.id not in now),
        new=tuple(name for name in now if name not in known),
    )
