"""The S-process beside the optimum: the same money, shared out by recommenders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from custodes.choice._record import GivenStep, SharedOutRecord, SProcess
from custodes.choice._s_process import Curve, Variant, share_out
from custodes.judgements import Conflict, set_aside

VARIANTS: tuple[tuple[Variant, bool], ...] = (
    ("plain", False),
    ("signed", False),
    ("mean", False),
    ("plain", True),
    ("mean", True),
)
"""Variants that are shown, each with whether the brake is on."""


def s_process_of(
    curves: Sequence[Curve],
    *,
    pots: Mapping[str, float],
    budget: float,
    stopped: Mapping[str, str],
    conflicts: Sequence[Conflict] = (),
) -> SProcess | None:
    """The money shared out by every variant; none where there are no curves or no money.

    Args:
        curves: Recommenders' curves.
        pots: Money of each; equal parts of the budget where none is stated.
        budget: Money to be shared out where no pots are stated.
        stopped: Efforts that the brake stops, each with its reason.
        conflicts: Conflicts of the round; a curve of somebody who is out is not heard.
    """
    out = [each for each in curves if each.recommender in set_aside(each.effort, conflicts)]
    heard = [each for each in curves if each not in out]
    names = sorted({each.recommender for each in curves})
    held = {name: pots.get(name, 0.0) for name in names} if pots else {}
    if not held:
        held = {name: budget / len(names) for name in names}
    if not names or sum(held.values()) <= 0:
        return None
    return SProcess(
        pots=held,
        rescaled=True,
        blocked=dict(stopped),
        set_aside=tuple(sorted(f"{each.recommender}: {each.effort}" for each in out)),
        results=tuple(
            _shared(heard, held, variant, dict(stopped) if brake else None)
            for variant, brake in VARIANTS
        ),
    )


def _shared(
    curves: Sequence[Curve],
    pots: Mapping[str, float],
    variant: Variant,
    blocked: Mapping[str, str] | None,
) -> SharedOutRecord:
    found = share_out(curves, pots=pots, variant=variant, blocked=blocked)
    return SharedOutRecord(
        variant=variant,
        brake=blocked is not None,
        given=dict(found.given),
        left=found.left,
        steps=tuple(
            GivenStep(
                step=number,
                recommender=each.recommender,
                effort=each.effort,
                amount=each.amount,
                marginal=each.marginal,
                refused_because=each.refused_because,
            )
            for number, each in enumerate(found.steps, start=1)
        ),
    )
