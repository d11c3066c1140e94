"""The result of a test, computed again from the values that its samples were given."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from scipy.special import betaincinv

from custodes.evidence._runs import Interval, Recomputed

_MOST = 1e100
"""No score is larger; sums of those below stay finite."""
_LETTERS = {"C": 1.0, "P": 0.5, "I": 0.0, "N": 0.0}


def jeffreys_interval(*, items: int, right: float) -> Interval:
    """The 5th, 50th and 95th percentile of the share of items that a system gets right.

    Quantiles of Beta(k + 1/2, n - k + 1/2): the posterior after Jeffreys' prior (1946,
    doi:10.1098/rspa.1946.0056). For a k that is not whole it is a convention, and our assumption.

    Args:
        items: n, the number of different items, at least 1.
        right: k, the sum of the items' values, from 0 to n.
    """
    after = (right + 0.5, items - right + 0.5)
    low, middle, high = (float(betaincinv(*after, level)) for level in (0.05, 0.5, 0.95))
    return Interval(p05=low, p50=middle, p95=high)


def number_of(value: object) -> float | None:
    """What a value counts: C is 1, P a half, I and N 0; none where it is no number.

    Args:
        value: A sample's value, as the log holds it.
    """
    if isinstance(value, str):
        return _LETTERS.get(value)
    if isinstance(value, bool | int | float) and abs(value) <= _MOST:
        return float(value)
    return None


def recomputed(values: Mapping[str, Sequence[object]]) -> Recomputed | None:
    """What one scorer's values say; none where one of them is not recomputable.

    Args:
        values: By item, the values of its epochs.
    """
    means: list[float] = []
    seen: Counter[str] = Counter()
    for given in values.values():
        numbers = [number_of(value) for value in given]
        known = [number for number in numbers if number is not None]
        if len(known) < len(numbers) or not known:
            return None
        means.append(math.fsum(known) / len(known))
        seen.update(str(value) for value in given)
    if not means:
        return None
    total = math.fsum(means)
    is_share = all(0 <= mean <= 1 for mean in means)
    return Recomputed(
        items=len(means),
        values=dict(seen),
        mean=total / len(means),
        interval=jeffreys_interval(items=len(means), right=total) if is_share else None,
    )
