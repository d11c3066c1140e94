"""Proper scores: smaller is better, and nobody gains by saying what they do not believe.

Source: Gneiting and Raftery 2007, doi 10.1198/016214506000001437; formulas derived in
docs/explanation/judgement.md.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy.special import ndtr, ndtri

from custodes.judgements._belief import SCORES_END, shares_by_halving
from custodes.quantities import Worlds

LOG_FLOOR = 1e-9
"""A probability is at least this, and at most 1 less this, in the log score."""
LEVELS = (0.05, 0.5, 0.95)
"""Levels of the three numbers of an answer."""
WILSON_LEVEL = 0.9
"""Confidence of the interval about a share."""

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(128)


class HasQuantiles(Protocol):
    """A distribution by its quantile function, as all of ours are."""

    def at(self, scores: Worlds) -> Worlds:
        """The quantiles at normal scores."""
        ...


def brier_score(p: float, outcome: float) -> float:
    """(p - o)^2, with o = 1 where it happened and 0 where not."""
    return (p - outcome) ** 2


def brier_score_of_categories(shares: Sequence[float], happened: int) -> float:
    """The Brier score summed over categories; `happened` is the place of the one that did."""
    return sum((p - (place == happened)) ** 2 for place, p in enumerate(shares))


def log_score(p: float, outcome: int) -> float:
    """-ln(p if it happened, otherwise 1 - p), with p kept within [1e-9, 1 - 1e-9]."""
    kept = min(max(p, LOG_FLOOR), 1 - LOG_FLOOR)
    return -math.log(kept) if outcome else -math.log1p(-kept)


def pinball_score(
    quantiles: Sequence[float], realisation: float, *, levels: Sequence[float] = LEVELS
) -> float:
    """Sum over levels a of (a - 1(y < q)) (y - q): for answers without a fitted distribution."""
    return sum(
        (level - (realisation < q)) * (realisation - q)
        for q, level in zip(quantiles, levels, strict=True)
    )


def interval_score(low: float, high: float, realisation: float, *, alpha: float = 0.1) -> float:
    """(u - l) + (2/alpha) (l - y)+ + (2/alpha) (y - u)+ of a central 1 - alpha range."""
    missed = max(low - realisation, 0.0) + max(realisation - high, 0.0)
    return (high - low) + 2 / alpha * missed


def crps(distribution: HasQuantiles, realisation: float) -> float:
    """The continuous ranked probability score, 2 int (u - 1(y < Q(u))) (y - Q(u)) du.

    By quadrature over normal scores, split at the median and at the realisation, where the
    integrand has kinks; in the unit of the quantity. A point's score is its distance.
    """
    place = _score_of(distribution, realisation)
    cuts = sorted({-SCORES_END, 0.0, place, SCORES_END})
    total = 0.0
    for start, end in itertools.pairwise(cuts):
        scores = start + (end - start) / 2 * (_NODES + 1)
        quantiles = distribution.at(scores)
        density = np.exp(-(scores**2) / 2) / math.sqrt(2 * math.pi)
        loss = (ndtr(scores) - (realisation < quantiles)) * (realisation - quantiles)
        total += float(np.sum(_WEIGHTS * loss * density)) * (end - start) / 2
    return 2 * total


def _score_of(distribution: HasQuantiles, value: float) -> float:
    """The normal score at which the quantiles pass a value, within [-8.2, 8.2]."""
    share = float(shares_by_halving(distribution.at, np.array([value]))[0])
    return float(np.clip(ndtri(share), -SCORES_END, SCORES_END))


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with its interval."""

    share: float
    """k / n."""
    low: float
    """Lower end."""
    high: float
    """Upper end."""


def wilson(held: int, asked: int, *, level: float = WILSON_LEVEL) -> Interval:
    """The share k/n with its interval. Source: Wilson 1927, doi 10.1080/01621459.1927.10502953.

    Args:
        held: k, how often it was so.
        asked: n, 1 or more.
        level: Confidence of the interval.
    """
    z = float(ndtri(0.5 + level / 2))
    share = held / asked
    middle = (share + z**2 / (2 * asked)) / (1 + z**2 / asked)
    root = math.sqrt(share * (1 - share) / asked + z**2 / (4 * asked**2))
    half = z / (1 + z**2 / asked) * root
    return Interval(share=share, low=max(middle - half, 0.0), high=min(middle + half, 1.0))
