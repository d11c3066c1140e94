"""What mitigations do to a quantity: one operation a quantity, so that any order gives the same.

Source: docs/explanation/model.md.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from custodes import catalogue
from custodes.quantities import Operation, Worlds

NEUTRAL: dict[Operation, float] = {"times": 1.0, "excess": 1.0, "lift": 0.0}
"""The strength that changes nothing."""


def changed(quantity: str, values: Worlds, strengths: Sequence[Worlds]) -> Worlds:
    """A quantity after mitigations.

    Formula::

        times    x -> x f             if x > 0, otherwise unchanged
        excess   x -> 1 + (x - 1) f   if x > 1, otherwise unchanged
        lift     x -> 1 - (1 - x)(1 - f)

    with f the product over mitigations (of 1 - f for lift), clipped once, at the end.

    Args:
        quantity: Its name; it has an operation.
        values: What it was, last axis worlds.
        strengths: One array a mitigation, in the order of their ids; neutral where not adopted.

    Returns:
        Values in the quantity's range; unchanged, to the bit, where every strength is neutral.
    """
    record = catalogue.QUANTITIES[quantity]
    operation = record.operation or "times"
    factor = np.asarray(1.0)
    for strength in strengths:
        factor = factor * (1.0 - strength if operation == "lift" else strength)
    if operation == "times":
        moved = np.where(values > 0, values * factor, values)
    elif operation == "excess":
        moved = np.where(values > 1, 1.0 + (values - 1.0) * factor, values)
    else:
        moved = 1.0 - (1.0 - values) * factor
    bounded = np.clip(moved, record.low, record.high)
    return np.where(factor == 1.0, values, bounded)
