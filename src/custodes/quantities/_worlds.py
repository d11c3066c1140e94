"""Arrays over worlds, and the one function of them that several formulas share."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Worlds: TypeAlias = npt.NDArray[np.float64]
"""An array whose last axis is the worlds; formulas are elementwise and broadcast."""

_SERIES_BELOW = 1e-12


def mean_exponential(t: Worlds) -> Worlds:
    """E1(t) = (exp(t) - 1) / t, and 1 + t/2 where |t| < 1e-12: the mean of exp over [0, t].

    Source: docs/explanation/model.md.
    """
    near = np.abs(t) < _SERIES_BELOW
    safe = np.where(near, 1.0, t)
    return np.where(near, 1.0 + t / 2.0, np.expm1(safe) / safe)
