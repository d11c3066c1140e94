"""A range with another stated confidence, brought to 90 %.

Source: docs/explanation/judgement.md; the linear rule is IDEA's four-step answer (Hemming and
others 2018, doi 10.1111/2041-210X.12857), here on the quantity's scale.
"""

from __future__ import annotations

import sys

import numpy as np

from custodes.quantities import Quantity, scale_for

WANTED = 0.9
"""Confidence of a range from p05 to p95."""

_MOST = sys.float_info.max


def at_wanted_confidence(
    numbers: tuple[float, float, float], *, confidence: float, quantity: Quantity
) -> tuple[float, float, float]:
    """p05 = f^-1(B - (B-L) .9/c), p50 = best, p95 = f^-1(B + (U-B) .9/c), with f the scale.

    A share stays inside (0, 1) without being cut off. Numbers that the scale cannot take (out of
    order, or a positive quantity with an end at 0) stay as they are; their flags tell.

    Args:
        numbers: Lower, best and upper.
        confidence: Stated confidence that the truth lies between, in (0, 1).
        quantity: Gives the scale.
    """
    lower, best, upper = numbers
    scale = scale_for(quantity.family, lower, upper)
    takes = not (scale.name == "ln" and lower <= 0) and lower <= best <= upper
    if not takes or lower == upper:
        return numbers
    low, middle, high = (scale.forward(x) for x in numbers)
    factor = WANTED / confidence
    with np.errstate(over="ignore"):
        p05 = float(scale.inverse(middle - (middle - low) * factor))
        p95 = float(scale.inverse(middle + (high - middle) * factor))
    # beyond what a number can hold it is outside every range, and flagged so
    return (max(min(p05, best), -_MOST), best, min(max(p95, best), _MOST))
