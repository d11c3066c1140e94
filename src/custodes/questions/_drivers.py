"""What the efforts with most at stake hang on: tornado, turns, and what worldviews differ in.

Source: docs/explanation/questions.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from custodes.assessment import EffortDraws, score
from custodes.questions._decisions import Choice
from custodes.questions._record import Disagreement, EffortDrivers, Move, Step
from custodes.questions._sensitivity import Bar, break_evens_of, bridge, tornado_of
from custodes.questions._values import Values

EFFORTS = 3
"""Efforts looked at: those where knowing everything is worth most."""
MOVES = 10
"""Quantities told of each."""
STEPS = 8
"""Assumptions told between two worldviews."""
_TURNS = 5
"""Widest bars for which the values are looked for at which the mean turns."""


def drivers_of(
    values: Values,
    unlimited: Values,
    *,
    draws_of: Callable[[Choice], EffortDraws],
    worldviews: Sequence[str],
) -> tuple[EffortDrivers, ...]:
    """What the results of the first efforts hang on, most at stake first.

    Args:
        values: The decisions with the options that are open.
        unlimited: The same with every option; counted where the limit leaves nothing to decide.
        draws_of: The draws of an effort.
        worldviews: The round's worldviews, in order.
    """
    at_stake = sorted(
        values.decisions.choices,
        key=lambda each: (
            -values.evpi_of(each.stake.assessed.id),
            -unlimited.evpi_of(each.stake.assessed.id),
            each.stake.assessed.id,
        ),
    )
    view = values.decisions.worldview
    return tuple(
        _drivers(each, draws_of(each), view, [name for name in worldviews if name != view])
        for each in at_stake[:EFFORTS]
        if unlimited.evpi_of(each.stake.assessed.id) > 0
    )


def _drivers(
    choice: Choice, draws: EffortDraws, view: str, others: Sequence[str]
) -> EffortDrivers:
    assessed = choice.stake.assessed
    package = frozenset(assessed.conditions)
    bars = [each for each in tornado_of(draws, worldview=view, package=package) if each.width > 0]
    return EffortDrivers(
        effort=assessed.id,
        conditions=assessed.conditions,
        mean=_mean(draws, view, package),
        tornado=tuple(
            _move(draws, bar, view, package, turns=place < _TURNS)
            for place, bar in enumerate(bars[:MOVES])
        ),
        worldviews=tuple(
            Disagreement(
                worldview=other,
                mean=_mean(draws, other, package),
                steps=tuple(
                    Step(quantity=each.quantity, alone=each.alone)
                    for each in bridge(draws, start=view, end=other, package=package)[:STEPS]
                    if each.alone != 0
                ),
            )
            for other in others
        ),
    )


def _mean(draws: EffortDraws, view: str, package: frozenset[str]) -> float:
    values = draws.with_mitigations(draws.values[view], package)
    return float(np.mean(score(values, verdict=draws.drawn.shared.verdict)))


def _move(
    draws: EffortDraws, bar: Bar, view: str, package: frozenset[str], *, turns: bool
) -> Move:
    low, high = np.quantile(draws.values[view][bar.quantity], (0.05, 0.95))
    found = break_evens_of(draws, bar.quantity, worldview=view, package=package) if turns else ()
    return Move(
        quantity=bar.quantity,
        low=float(low),
        high=float(high),
        at_low=bar.at_low,
        at_high=bar.at_high,
        turns=tuple(each.at for each in found),
    )
