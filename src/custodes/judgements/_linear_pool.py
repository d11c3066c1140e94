"""The linear pool: the mixture of what experts believe, computed on the scale.

Source: judgement-and-choice.md 4.1. Known as the linear opinion pool (Stone 1961).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import ndtr, ndtri

from custodes.judgements._belief import Belief, StatedBelief
from custodes.quantities import Worlds

XTOL = 1e-12
"""Width on the scale, relative to its size, at which the search for a quantile stops."""

_HALVINGS = 200
_ROUNDING = 1e-12


def pooled_shares(beliefs: Sequence[Belief], weights: Worlds, t: Worlds) -> Worlds:
    """The pooled distribution function, sum of w_i CDF_i(t), elementwise."""
    total = np.zeros(np.shape(t))
    for belief, weight in zip(beliefs, weights, strict=True):
        total += weight * belief.cdf(t)
    return total


def pooled_quantiles(beliefs: Sequence[Belief], weights: Worlds, scores: Worlds) -> Worlds:
    """The smallest t at which the pooled distribution function reaches each share.

    The search starts between the smallest and the largest of the experts' own quantiles, which
    always hold the pooled one. Where a point answer makes a step, the quantile stands on it
    exactly; points may stand at minus or plus infinity (a share of exactly 0 or 1).

    Args:
        beliefs: Distributions on one scale.
        weights: One each, adding up to 1.
        scores: Normal scores of the shares, shape (n,).

    Returns:
        Quantiles on the scale, shape (n,).
    """
    shares = ndtr(scores)
    steps = [_step(belief) for belief in beliefs]
    lowest = sum(w for w, at in zip(weights, steps, strict=True) if at == -np.inf)
    highest = sum(w for w, at in zip(weights, steps, strict=True) if at == np.inf)
    within = [
        (belief, w)
        for belief, w, at in zip(beliefs, weights, steps, strict=True)
        if at is None or np.isfinite(at)
    ]
    is_low = shares <= lowest + _ROUNDING if lowest > 0 else np.zeros(len(shares), dtype=bool)
    is_high = shares > 1 - highest + _ROUNDING if highest > 0 else np.zeros_like(is_low)
    if not within:
        return np.where(is_low, -np.inf, np.inf)
    finite = [belief for belief, _ in within]
    rest = np.array([w for _, w in within])
    asked = np.where(is_low | is_high, 0.5, (shares - lowest) / rest.sum())
    inner = ndtri(np.clip(asked, 1e-300, 1 - 1e-16)) if lowest or highest else scores
    found = _among(finite, rest / rest.sum(), inner)
    return np.where(is_low, -np.inf, np.where(is_high, np.inf, found))


def _step(belief: Belief) -> float | None:
    return belief.step if isinstance(belief, StatedBelief) else None


def _among(beliefs: Sequence[Belief], weights: Worlds, scores: Worlds) -> Worlds:
    """The pooled quantiles where every point answer is finite."""
    own = np.array([belief.at(scores) for belief in beliefs])
    low: Worlds = own.min(axis=0)
    high: Worlds = own.max(axis=0)
    shares: Worlds = ndtr(scores)
    for _ in range(_HALVINGS):
        if np.all(high - low <= XTOL * np.maximum(np.abs(low), 1.0)):
            break
        middle: Worlds = (low + high) / 2
        is_reached = pooled_shares(beliefs, weights, middle) >= shares
        low = np.where(is_reached, low, middle)
        high = np.where(is_reached, middle, high)
    return _on_steps(beliefs, weights, shares, between=high)


def _on_steps(
    beliefs: Sequence[Belief], weights: Worlds, shares: Worlds, *, between: Worlds
) -> Worlds:
    """The quantiles, those that fall on the step of a point answer put on it exactly."""
    jumps: dict[float, float] = {}
    for belief, weight in zip(beliefs, weights, strict=True):
        at = _step(belief)
        if at is not None:
            jumps[at] = jumps.get(at, 0.0) + float(weight)
    found = between
    places = np.array(sorted(jumps))
    for at, reached in zip(places, pooled_shares(beliefs, weights, places), strict=True):
        below = reached - jumps[float(at)]
        is_on = (shares <= reached + _ROUNDING) & (shares > below + _ROUNDING)
        found = np.where(is_on, at, found)
    return found
