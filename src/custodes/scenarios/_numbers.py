"""What the small models share: a number or an array of them, and null where there is none."""

from __future__ import annotations

from collections.abc import Callable
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


def root(falling: Callable[[float], float], *, low: float, high: float) -> float:
    """Where a falling function crosses 0, by halving down to neighbouring doubles.

    Args:
        falling: Above 0 at ``low``, below 0 at ``high``; infinities are welcome.
        low: Lower end.
        high: Upper end.
    """
    middle = low + (high - low) / 2
    while low < middle < high:
        if falling(middle) > 0:
            low = middle
        else:
            high = middle
        middle = low + (high - low) / 2
    return middle
