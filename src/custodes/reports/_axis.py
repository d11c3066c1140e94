"""Where values stand on the axis of a drawing, and which of them are named.

Each scale is one of those on which distributions are stated: logit, ln, mirrored, identity.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

_FLOOR = 1e-9
_LEAST = 1e-12
_SHARES = (
    *(1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2),
    *(0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9999),
)
_MOST_TICKS = 7
_ROUND = (1, 2, 5)


def place(scale: str, value: float) -> float:
    """Where a value stands on the quantity's scale; what is off the scale stands at its end."""
    if scale == "logit":
        kept = min(max(value, _FLOOR), 1 - _FLOOR)
        return math.log(kept) - math.log1p(-kept)
    if scale == "ln":
        return math.log(max(value, _LEAST))
    if scale == "mirrored":
        return -math.log(max(-value, _LEAST))
    return value


def value_at(scale: str, where: float) -> float:
    """The value that stands there."""
    if scale == "logit":
        return 1 / (1 + math.exp(-where))
    if scale == "ln":
        return math.exp(where)
    return -math.exp(-where) if scale == "mirrored" else where


def ticks(scale: str, low: float, high: float) -> list[float]:
    """Round values that are not too close to each other."""
    if scale == "logit":
        values: list[float] = list(_SHARES)
    elif scale == "ln":
        values = list(_powers(low, high))
    elif scale == "mirrored":
        values = [-each for each in reversed(list(_powers(-high, -low)))]
    else:
        values = _steps(low, high)
    apart = (high - low) / _MOST_TICKS
    kept: list[float] = []
    last = -math.inf
    for value in values:
        where = place(scale, value)
        if low <= where <= high and where - last >= apart:
            kept.append(value)
            last = where
    return kept or [value_at(scale, low)]


def _powers(low: float, high: float) -> Iterator[float]:
    """1, 2 and 5 times the powers of ten between two logarithms; tens alone over a long way."""
    digits = _ROUND if high - low < math.log(10) * _MOST_TICKS / 2 else (1,)
    for power in range(math.floor(low / math.log(10)), math.ceil(high / math.log(10)) + 1):
        yield from (digit * 10.0**power for digit in digits)


def _steps(low: float, high: float) -> list[float]:
    """Round steps from end to end."""
    rough = (high - low) / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((digit * power for digit in _ROUND if digit * power >= rough), 10 * power)
    return [step * k for k in range(math.ceil(low / step), math.floor(high / step) + 1)]
