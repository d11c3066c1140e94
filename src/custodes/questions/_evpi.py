"""The most that any answer could be worth: deciding when everything is known.

Source: docs/explanation/questions.md; Raiffa and Schlaifer 1961 for the closed form.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.special import ndtr

from custodes.quantities import Worlds


def evpi(benefits: Worlds) -> float:
    """Expected value of perfect information, `mean_s max_d NB_ds - max_d mean_s NB_ds` >= 0.

    Args:
        benefits: Net benefit of every option in every draw, shape (options, draws).
    """
    gaps = benefits - benefits[np.argmax(benefits.mean(axis=1))]
    # as differences from the best option, so that what all options share leaves no rounding
    return max(0.0, float(gaps.max(axis=0).mean() - gaps.mean(axis=1).max()))


def evpi_of_normal(mean: float, spread: float) -> float:
    """EVPI of two options whose difference is normal.

    psi(m, s) = s phi(m/s) - |m| Phi(-|m|/s); s = 0 gives 0.

    Args:
        mean: m, the mean of the difference.
        spread: s >= 0, its standard deviation.
    """
    if spread == 0:
        return 0.0
    ratio = abs(mean) / spread
    density = math.exp(-ratio * ratio / 2) / math.sqrt(2 * math.pi)
    return max(0.0, spread * density - abs(mean) * float(ndtr(-ratio)))


def shares_best(benefits: Worlds) -> Worlds:
    """Share of draws in which each option is the best; the first of equals counts."""
    best = np.argmax(benefits, axis=0)
    shares: Worlds = np.bincount(best, minlength=len(benefits)) / benefits.shape[1]
    return shares


def expected_losses(benefits: Worlds) -> Worlds:
    """What each option loses on average against the best one of each draw; the least is EVPI."""
    losses: Worlds = (benefits.max(axis=0) - benefits).mean(axis=1)
    return losses
