"""What is odd about an answer: flagged, never dropped.

Source: docs/explanation/judgement.md; docs/explanation/model.md.
"""

from __future__ import annotations

import math
from types import MappingProxyType

from custodes.judgements._moments import implied_mean
from custodes.quantities import Amount, Quantity, distribution

FLAGS = MappingProxyType(
    {
        "order": "the three numbers do not rise",
        "outside": "a number is outside the quantity's range",
        "point": "no uncertainty is stated",
        "certain": "a share of exactly 0 or 1; log-odds take it as 1e-9 or 1 - 1e-9",
        "zero_on_log": "p05 is below a thousandth of p50 and is taken as p50/1000",
        "wide": "p95 is more than a million times p05",
        "narrow": "p95 is less than 1.05 times p05",
        "mean_above_p95": "the mean that the range implies is above p95",
    }
)
"""Every flag with what it says."""
KEPT_OUT = frozenset({"order", "outside"})
"""Flags that keep an answer out of the pool until the expert repairs it."""

_WIDE = 1e6
_NARROW = 1.05
_LEAST_OF_MEDIAN = 1e-3
_SHARE_END = 1e-9


def flags_of(numbers: tuple[float, float, float], quantity: Quantity | None) -> tuple[str, ...]:
    """The flags of an answer, in the order of `FLAGS`.

    Args:
        numbers: p05, p50, p95 in the quantity's unit.
        quantity: What was asked; None where it is not known, and only the order can be judged.

    >>> flags_of((0.3, 0.2, 0.1), None)
    ('order',)
    """
    p05, p50, p95 = numbers
    point = p05 == p50 == p95
    found = {
        "order": not p05 <= p50 <= p95,
        "point": point,
    }
    if quantity is not None:
        median_refused = quantity.family == "positive" and not point and p50 <= 0
        found["outside"] = median_refused or any(
            not quantity.low <= number <= quantity.high for number in numbers
        )
        found["certain"] = quantity.family == "share" and not {0.0, 1.0}.isdisjoint(numbers)
        if not (found["order"] or found["outside"] or point):
            found |= _of_the_spread(numbers, quantity)
            stated = distribution(Amount(p05=p05, p50=p50, p95=p95), quantity)
            found["mean_above_p95"] = implied_mean(stated) > p95
    return tuple(flag for flag in FLAGS if found.get(flag))


def _of_the_spread(numbers: tuple[float, float, float], quantity: Quantity) -> dict[str, bool]:
    p05, p50, p95 = numbers
    if quantity.family == "share":
        low, high = (min(max(x, _SHARE_END), 1 - _SHARE_END) for x in (p05, p95))
        return _of_the_ratio(math.exp(math.log(high / (1 - high)) - math.log(low / (1 - low))))
    if quantity.family == "positive" or (quantity.family == "signed" and p05 > 0):
        raised = max(p05, p50 * _LEAST_OF_MEDIAN)
        return {"zero_on_log": raised > p05, **_of_the_ratio(p95 / raised)}
    if quantity.family == "signed" and p95 < 0:
        return _of_the_ratio(p05 / p95)
    return {}


def _of_the_ratio(ratio: float) -> dict[str, bool]:
    return {"wide": ratio > _WIDE, "narrow": ratio < _NARROW}
