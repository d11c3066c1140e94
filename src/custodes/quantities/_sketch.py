"""A distribution as plain numbers, for whoever draws it or tells it: no arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from custodes.quantities._distribution import Distribution
from custodes.quantities._worlds import Worlds

WORLDS = 20
"""Worlds of a sketch; each stands for 1 in 20."""
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Probabilities of a smaller value whose quantiles are told."""

_SCORES = np.linspace(-2.6, 2.6, 131)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is drawn of a distribution."""

    values: tuple[float, ...]
    """Rising values, close enough for a curve."""
    shares: tuple[float, ...]
    """The probability of a smaller value, for each of them."""
    worlds: tuple[float, ...]
    """Twenty values of equal probability, each the middle of its twentieth, rising."""
    levels: tuple[float, ...]
    """The quantiles at `LEVELS`."""


def sketch(found: Distribution) -> Sketch:
    """The numbers to draw a distribution from.

    Args:
        found: The distribution; a point has one value throughout.
    """
    middles = (np.arange(WORLDS) + 0.5) / WORLDS
    return Sketch(
        values=_floats(found.at(_SCORES)),
        shares=_floats(ndtr(_SCORES)),
        worlds=_floats(found.at(ndtri(middles))),
        levels=_floats(found.at(ndtri(np.array(LEVELS)))),
    )


def _floats(values: Worlds) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
