"""The linear pool: the mixture of what experts believe, computed on the scale.

Source: docs/explanation/judgement.md. Known as the linear opinion pool (Stone 1961).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.special import ndtr, ndtri

from custodes.judgements._belief import Belief, StatedBelief
from custodes.quantities import TwoPieceNormal, Worlds

XTOL = 1e-12
"""Width on the scale, relative to its size, at which the search for a quantile stops."""

_HALVINGS = 200
_ROUNDING = 1e-12


class Mixture:
    """A weighted mixture of beliefs on one scale; the two-piece normals are computed at once."""

    def __init__(self, beliefs: Sequence[Belief], weights: Worlds) -> None:
        """Sort the beliefs into steps, two-piece normals on the shared scale, and others.

        Args:
            beliefs: Distributions on one scale.
            weights: One each, adding up to 1.
        """
        pairs = list(zip(beliefs, weights.tolist(), strict=True))
        self.beliefs = tuple(beliefs)
        self.jumps: dict[float, float] = {}
        """Weight of the point answers by where they stand; may be minus or plus infinity."""
        normals: list[tuple[float, float, float, float]] = []
        self._others: list[tuple[Belief, float]] = []
        for belief, weight in pairs:
            shape = belief.shape if isinstance(belief, StatedBelief) else None
            step = belief.step if isinstance(belief, StatedBelief) else None
            if step is not None:
                self.jumps[step] = self.jumps.get(step, 0.0) + weight
            elif (
                isinstance(belief, StatedBelief)
                and isinstance(shape, TwoPieceNormal)
                and shape.scale == belief.scale
                and shape.below > 0 < shape.above
            ):
                normals.append((shape.centre, shape.below, shape.above, weight))
            else:
                self._others.append((belief, weight))
        table = np.array(normals, dtype=np.float64).reshape(-1, 4)
        self._centre, self._below, self._above = (table[:, k, np.newaxis] for k in range(3))
        self._weight = table[:, 3]

    def shares(self, t: Worlds) -> Worlds:
        """The distribution function, sum of w_i CDF_i(t); t of shape (n,)."""
        away = t - self._centre
        scores = away / np.where(away < 0, self._below, self._above)
        total: Worlds = self._weight @ ndtr(scores)
        for belief, weight in self._others:
            total = total + weight * belief.cdf(t)
        for at, weight in self.jumps.items():
            total = total + weight * (t >= at)
        return total

    def quantiles(self, scores: Worlds) -> Worlds:
        """The smallest t at which the distribution function reaches each share.

        The search starts between the smallest and the largest of the experts' own quantiles,
        which always hold the pooled one. Where a point answer makes a step, the quantile stands
        on it exactly; points may stand at an infinity (a share of exactly 0 or 1).

        Args:
            scores: Normal scores of the shares, shape (n,).

        Returns:
            Quantiles on the scale, shape (n,).
        """
        shares: Worlds = ndtr(scores)
        lowest, highest = self.jumps.get(-math.inf, 0.0), self.jumps.get(math.inf, 0.0)
        is_low = shares <= (lowest + _ROUNDING if lowest else -1.0)
        is_high = shares > (1 - highest + _ROUNDING if highest else 2.0)
        rest = 1 - lowest - highest
        if rest <= _ROUNDING:
            return np.where(is_low, -math.inf, math.inf)
        inner = scores
        if lowest or highest:
            asked = np.where(is_low | is_high, 0.5, (shares - lowest) / rest)
            inner = ndtri(np.clip(asked, 1e-300, 1 - 1e-16))
        found = self._on_steps(shares, between=self._between(shares, inner))
        return np.where(is_low, -math.inf, np.where(is_high, math.inf, found))

    def _between(self, shares: Worlds, scores: Worlds) -> Worlds:
        """The quantiles by halving."""
        own = np.array([belief.at(scores) for belief in self.beliefs])
        own = np.where(np.isfinite(own), own, np.nan)
        low: Worlds = np.nanmin(own, axis=0)
        high: Worlds = np.nanmax(own, axis=0)
        for _ in range(_HALVINGS):
            if np.all(high - low <= XTOL * np.maximum(np.abs(low), 1.0)):
                break
            middle: Worlds = (low + high) / 2
            is_reached = self.shares(middle) >= shares
            low = np.where(is_reached, low, middle)
            high = np.where(is_reached, middle, high)
        return high

    def _on_steps(self, shares: Worlds, *, between: Worlds) -> Worlds:
        """The quantiles, those that fall on the step of a point answer put on it exactly."""
        places = np.array(sorted(at for at in self.jumps if math.isfinite(at)))
        found = between
        for at, reached in zip(places.tolist(), self.shares(places).tolist(), strict=True):
            below = reached - self.jumps[at]
            is_on = (shares <= reached + _ROUNDING) & (shares > below + _ROUNDING)
            found = np.where(is_on, at, found)
        return found


def pooled_quantiles(beliefs: Sequence[Belief], weights: Worlds, scores: Worlds) -> Worlds:
    """The quantiles of the linear pool on the scale at normal scores, shape (n,).

    Args:
        beliefs: Distributions on one scale.
        weights: One each, adding up to 1.
        scores: Normal scores of the shares, shape (n,).
    """
    return Mixture(beliefs, weights).quantiles(scores)


def pooled_shares(beliefs: Sequence[Belief], weights: Worlds, t: Worlds) -> Worlds:
    """The pooled distribution function on the scale, sum of w_i CDF_i(t); t of shape (n,)."""
    return Mixture(beliefs, weights).shares(t)
