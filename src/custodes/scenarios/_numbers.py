"""What the small models share: a number or an array of them, and null where there is none."""

from __future__ import annotations

from math import isfinite
from typing import SupportsFloat, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = float | npt.NDArray[np.float64]
"""A number, or an array of them: one for each world, or each point of a chart."""


def finite(value: SupportsFloat) -> float | None:
    """The value as a plain number; None where it is infinite or not defined.

    Args:
        value: A number of any sort, infinities and nan included.
    """
    number = float(value)
    return number if isfinite(number) else None


def log_odds(p: Numbers) -> Numbers:
    """ln p - ln(1 - p), elementwise; infinite at 0 and 1.

    Args:
        p: Probability, [0, 1].
    """
    with np.errstate(divide="ignore"):
        odds: npt.NDArray[np.float64] = np.log(p) - np.log1p(np.negative(p))
    return odds
