"""Two camps: where one pooled number would speak for nobody.

Source: docs/explanation/judgement.md. The split is the exact least-squares one; the threshold, a
factor of ten and twice the experts' own spread, is our assumption. A statistical split is not a
fact about people.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from custodes.judgements._belief import Panel, StatedBelief
from custodes.judgements._linear_pool import pooled_quantiles
from custodes.quantities import Z95

LEAST_EXPERTS = 4
"""Fewer answers are not split."""
LEAST_SHARE = 0.2
"""Each camp has at least two experts and this share of the panel."""
FAR = math.log(10)
"""Distance on log-odds or a logarithm from which camps are far apart: a factor of ten."""
SPREADS = 2.0
"""... and at least so many of the experts' own mean standard deviations."""


@dataclass(frozen=True, slots=True)
class Split:
    """A panel in two camps."""

    lower: tuple[int, ...]
    """Places, in the panel, of the experts with the lower medians."""
    upper: tuple[int, ...]
    """Places of the others."""
    lower_median: float
    """Median of the lower camp's medians, on the scale."""
    upper_median: float
    """Median of the upper camp's medians, on the scale."""
    far_apart: bool
    """Whether no single view of the panel should be quoted."""

    @property
    def camps(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The lower camp and the upper one."""
        return self.lower, self.upper

    @property
    def distance(self) -> float:
        """Upper median less lower median, on the scale."""
        return self.upper_median - self.lower_median


def split_of(medians: Sequence[float], spreads: Sequence[float]) -> Split | None:
    """The exact two-means split of medians on the scale; none of fewer than four.

    Args:
        medians: One an expert, on a scale of log-odds or logarithms.
        spreads: Each expert's (f(p95) - f(p05)) / (2 * 1.645).
    """
    count = len(medians)
    if count < LEAST_EXPERTS:
        return None
    order = sorted(range(count), key=lambda place: (medians[place], place))
    ordered = np.array([medians[place] for place in order])
    least = max(2, math.ceil(LEAST_SHARE * count))
    cuts = range(least, count - least + 1)
    # min takes the first of equal sums
    cut = min(cuts, key=lambda at: _squares(ordered[:at]) + _squares(ordered[at:]))
    lower, upper = float(np.median(ordered[:cut])), float(np.median(ordered[cut:]))
    is_far = upper - lower >= FAR and upper - lower >= SPREADS * float(np.mean(spreads))
    return Split(
        lower=tuple(sorted(order[:cut])),
        upper=tuple(sorted(order[cut:])),
        lower_median=lower,
        upper_median=upper,
        far_apart=is_far,
    )


def _squares(values: np.ndarray) -> float:
    return float(np.sum((values - values.mean()) ** 2))


def camps_of(panel: Panel) -> Split | None:
    """The two camps of a panel; none of fewer than four answers.

    On the plain scale, where a factor of ten has no meaning, camps are far apart when their
    linear pools' ranges from 5 to 95 % do not meet, and the distance is twice the spread too.
    """
    ends = np.array([belief.at(ndtri([0.05, 0.5, 0.95])) for belief in panel.floored])
    spreads = (ends[:, 2] - ends[:, 0]) / (2 * Z95)
    split = split_of(ends[:, 1].tolist(), spreads.tolist())
    if split is None or panel.scale.name != "identity":
        return split
    apart = _range_of(panel, split.lower)[1] < _range_of(panel, split.upper)[0]
    is_far = apart and split.distance >= SPREADS * float(spreads.mean())
    return Split(
        lower=split.lower,
        upper=split.upper,
        lower_median=split.lower_median,
        upper_median=split.upper_median,
        far_apart=is_far,
    )


def _range_of(panel: Panel, places: Sequence[int]) -> tuple[float, float]:
    """5th and 95th percentile of a camp's linear pool, on the scale."""
    camp: list[StatedBelief] = [panel.floored[place] for place in places]
    weights = panel.weights[list(places)]
    low, high = pooled_quantiles(camp, weights / weights.sum(), ndtri(np.array([0.05, 0.95])))
    return float(low), float(high)
