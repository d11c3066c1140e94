"""Which inputs drive net: rank correlations over the worlds that were drawn anyway."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from custodes.assessment._record import Driver
from custodes.catalogue import QUANTITIES
from custodes.quantities import Worlds

MOST_DRIVERS = 8
"""How many are told."""
_NOISE = 4.0
"""A correlation below this many times 1/sqrt(worlds) is not told apart from none."""


def ranks(values: Worlds) -> Worlds:
    """Centred ranks of the values, scaled to unit length; 0 where all are equal."""
    if np.ptp(values) == 0:
        return np.zeros(len(values))
    order = np.empty(len(values))
    order[np.argsort(values, kind="stable")] = np.arange(len(values))
    centred = order - order.mean()
    unit: Worlds = centred / np.sqrt(np.sum(centred * centred))
    return unit


def drivers_of(net: Worlds, inputs: Mapping[str, Worlds]) -> tuple[Driver, ...]:
    """The inputs with the largest rank correlation with net, strongest first.

    Args:
        net: Shape (worlds,).
        inputs: Unit ranks of each uncertain input, by quantity.
    """
    if not inputs:
        return ()
    mine = ranks(net)
    names = list(inputs)
    # not a matrix product: its bits would hang on the number of threads of the linear algebra
    found = np.array([float(np.sum(inputs[name] * mine)) for name in names])
    floor = _NOISE / np.sqrt(len(mine))
    strongest = sorted(range(len(names)), key=lambda n: (-abs(found[n]), names[n]))[:MOST_DRIVERS]
    return tuple(
        Driver(
            quantity=names[number],
            owner=QUANTITIES[names[number]].owner if names[number] in QUANTITIES else "effort",
            rank_correlation=float(np.clip(found[number], -1, 1)),
        )
        for number in strongest
        if abs(found[number]) >= floor
    )
