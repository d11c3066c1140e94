"""The chosen portfolio, by the model's own rule for several efforts in the same worlds.

Independent of what the solver was given: hazard groups overlap, log hazards add, on all draws.
Source: docs/explanation/model.md; docs/explanation/choice.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from custodes.assessment import (
    Alone,
    EffortDraws,
    Joint,
    Outcome,
    Parts,
    Result,
    RoundDraws,
    draw_effort,
    result_of,
    together,
)
from custodes.choice._problem import Numbers, Option
from custodes.efforts import HAZARDS
from custodes.rounds import Round

OVERLAPS = (0.0, 0.5, 1.0)
"""Overlaps that are always shown."""
_HAZARDS = ("accident", "misuse")


@dataclass(frozen=True, slots=True, eq=False)
class Portfolio:
    """What the chosen efforts do together under one worldview."""

    result: Result
    """With the round's overlap."""
    net_by_overlap: dict[float, float]
    """Mean net for several overlaps of benefits on one named hazard."""


def portfolio(
    round_: Round, drawn: RoundDraws, options: Sequence[Option], *, cost: float, overlap: float
) -> dict[str, Portfolio]:
    """What options do together, by worldview.

    Args:
        round_: The round, with the worldviews of the draws.
        drawn: All its draws.
        options: The options; none is no change.
        cost: What they cost.
        overlap: How far benefits on one named hazard overlap, 0 to 1.
    """
    efforts = {str(each.id): each for each in round_.efforts}
    drawn_efforts = [draw_effort(drawn, efforts[option.effort]) for option in options]
    found: dict[str, Portfolio] = {}
    for worldview in drawn.shared.worldviews:
        found[worldview.name] = _under(
            drawn, drawn_efforts, options, worldview.name, cost=cost, overlap=overlap
        )
    return found


def _under(
    drawn: RoundDraws,
    efforts: Sequence[EffortDraws],
    options: Sequence[Option],
    view: str,
    *,
    cost: float,
    overlap: float,
) -> Portfolio:
    samples = drawn.shared.samples
    outcomes = [
        each.outcome(view, frozenset(option.conditions))
        for each, option in zip(efforts, options, strict=True)
    ]
    risk = _risk_before(efforts, view, samples)
    alone = [
        _alone(found, each.inputs.effort.hazards)
        for found, each in zip(outcomes, efforts, strict=True)
    ]
    joint = together(alone, risk_before=risk, overlap=overlap)
    zero = np.zeros(samples)
    beside = sum((each.social_value + each.net for each in outcomes), zero)
    usefulness = sum((each.usefulness for each in outcomes), zero)
    return Portfolio(
        result=result_of(
            Outcome(
                net=_full(joint.net, samples),
                usefulness=usefulness,
                social_value=beside - joint.net,
                risk_before=risk,
                parts=_parts(joint),
                checks={},
            ),
            samples=samples,
            cost=cost or 1.0,
        ),
        net_by_overlap={
            rho: float(np.mean(together(alone, risk_before=risk, overlap=rho).net))
            for rho in sorted({*OVERLAPS, overlap})
        },
    )


def _risk_before(efforts: Sequence[EffortDraws], view: str, samples: int) -> Numbers:
    """The largest risk without any effort that one of them names: that world holds them all."""
    if not efforts:
        return np.full(samples, 0.5)
    plain = [each.outcome(view, frozenset()).risk_before for each in efforts]
    return _full(np.maximum.reduce(np.broadcast_arrays(*plain)), samples)


def _full(values: Numbers, samples: int) -> Numbers:
    return np.array(np.broadcast_to(values, (samples,)))


def _alone(found: Outcome, hazards: Sequence[str]) -> Alone:
    zero = np.zeros(1)
    accident, misuse = found.parts.accident, found.parts.misuse
    return Alone(
        net=found.net,
        benefit_accident=-accident.get("benefit", zero),
        benefit_misuse=-misuse.get("benefit", zero),
        increase={
            f"{hazard}:{name}": part
            for hazard, parts in zip(_HAZARDS, (accident, misuse), strict=True)
            for name, part in parts.items()
            if name != "benefit"
        },
        accident_groups=_of_class(hazards, "accident"),
        misuse_groups=_of_class(hazards, "misuse"),
    )


def _of_class(hazards: Sequence[str], class_: str) -> tuple[str, ...]:
    return tuple(name for name in hazards if HAZARDS.get(name) == class_)


def _parts(joint: Joint) -> Parts:
    parts: dict[str, dict[str, Numbers]] = {
        "accident": {"benefit": -joint.benefit_accident},
        "misuse": {"benefit": -joint.benefit_misuse},
    }
    for name, part in joint.increase.items():
        hazard, _, mechanism = name.partition(":")
        parts[hazard][mechanism] = part
    return Parts(accident=parts["accident"], misuse=parts["misuse"])
