"""One expert's answer as a distribution on the scale that a whole panel shares.

A pool is computed on the quantity's scale. Answers about a quantity of either sign may each have
their own scale (log where they are on one side of 0); then the panel shares the plain one.
Source: docs/explanation/judgement.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import numpy as np
from scipy.special import ndtr

from custodes.quantities import (
    Amount,
    Distribution,
    Point,
    Quantity,
    Scale,
    Shape,
    TwoPieceNormal,
    Worlds,
    distribution,
    scale_for,
)

SCORES_END = 8.2
"""Normal score beyond which a double holds no probability."""
LEAST_OF_MEDIAN = 1e-3
"""A point of 0 among logarithms is measured as this share of the smallest other median.

Our assumption, the same as for a p05 of 0 beside a median (docs/explanation/model.md).
"""

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(128)
_HALVINGS = 90


OfScores: TypeAlias = Callable[[Worlds], Worlds]
"""A function of normal scores, elementwise."""


class Belief(Protocol):
    """A distribution on a scale, as a pool needs it."""

    def cdf(self, t: Worlds) -> Worlds:
        """P(X <= t), elementwise."""
        ...

    def at(self, scores: Worlds) -> Worlds:
        """The quantiles at normal scores, elementwise."""
        ...


@dataclass(frozen=True, slots=True)
class StatedBelief:
    """A distribution that an expert stated, seen on the panel's scale."""

    shape: Distribution
    """The distribution in the quantity's unit."""
    scale: Scale
    """The panel's scale."""
    at_zero: float = -math.inf
    """Where a point of 0 stands on a logarithmic scale."""

    @property
    def step(self) -> float | None:
        """Where all of it stands, if it is a point."""
        return self._of_point(self.shape) if isinstance(self.shape, Point) else None

    def cdf(self, t: Worlds) -> Worlds:
        """P(X <= t), elementwise; a point is a step."""
        at = np.asarray(t, dtype=np.float64)
        if isinstance(self.shape, Point):
            return np.where(at >= self._of_point(self.shape), 1.0, 0.0)
        if isinstance(self.shape, TwoPieceNormal):
            return ndtr(_scores_of(self._on_own_scale(at, self.shape.scale), self.shape))
        return shares_by_halving(self.at, at)

    def at(self, scores: Worlds) -> Worlds:
        """The quantiles on the scale at normal scores, elementwise."""
        if isinstance(self.shape, Point):
            return np.full(np.shape(scores), self._of_point(self.shape))
        if isinstance(self.shape, TwoPieceNormal) and self.shape.scale == self.scale:
            spread = np.where(np.asarray(scores) < 0, self.shape.below, self.shape.above)
            on_scale: Worlds = self.shape.centre + scores * spread
            return on_scale
        return on_scale_of(self.scale, self.shape.at(scores))

    def _of_point(self, point: Point) -> float:
        at = float(on_scale_of(self.scale, np.asarray(point.value)))
        return self.at_zero if self.scale.name == "ln" and at == -math.inf else at

    def _on_own_scale(self, t: Worlds, own: Scale) -> Worlds:
        return t if own == self.scale else on_scale_of(own, np.asarray(self.scale.inverse(t)))


def _scores_of(t: Worlds, shape: TwoPieceNormal) -> Worlds:
    """Normal scores of places on a two-piece normal's own scale; a side of no width is a step."""
    away = t - shape.centre
    with np.errstate(divide="ignore", invalid="ignore"):
        below = away / shape.below if shape.below > 0 else np.where(away < 0, -np.inf, 0.0)
        above = away / shape.above if shape.above > 0 else np.where(away >= 0, np.inf, 0.0)
    return np.where(away < 0, below, above)


def on_scale_of(scale: Scale, values: Worlds) -> Worlds:
    """Values on a scale, elementwise and exact: 0 and 1 of a share are infinite log-odds.

    Values on the wrong side of a logarithm's 0 are infinite too, so their shares are 0 or 1.
    """
    x = np.asarray(values, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        if scale.name == "logit":
            return np.log(x) - np.log1p(-x)
        if scale.name == "ln":
            return np.where(x > 0, np.log(np.where(x > 0, x, 1.0)), -np.inf)
        if scale.name == "mirrored":
            return np.where(x < 0, -np.log(np.where(x < 0, -x, 1.0)), np.inf)
    return x


def shares_by_halving(quantiles: OfScores, t: Worlds) -> Worlds:
    """P(X <= t) of a distribution that is known by its quantiles, by halving on normal scores."""
    low = np.full(np.shape(t), -SCORES_END)
    high = np.full(np.shape(t), SCORES_END)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        is_below = quantiles(middle) <= t
        low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
    shares: Worlds = ndtr((low + high) / 2)
    return shares


@dataclass(frozen=True, slots=True)
class Panel:
    """The usable answers to one question, as distributions on one scale."""

    quantity: Quantity
    """What was asked."""
    scale: Scale
    """The scale that all share."""
    amounts: Mapping[str, Amount]
    """The answers by expert, in the order of their ids."""
    exact: tuple[StatedBelief, ...]
    """The answers as they were given: a share of 0 or 1 is infinitely far out."""
    floored: tuple[StatedBelief, ...]
    """The answers as log-odds and logarithms can take them."""
    weights: Worlds
    """One an expert, above 0, adding up to 1; shape (experts,)."""

    def values(self, t: Worlds) -> Worlds:
        """Places on the scale, back in the quantity's unit and within its range."""
        with np.errstate(over="ignore"):
            x = np.asarray(self.scale.inverse(np.asarray(t, dtype=np.float64)))
        values: Worlds = np.clip(x, self.quantity.low, self.quantity.high)
        return values


def panel_of(
    amounts: Mapping[str, Amount],
    quantity: Quantity,
    *,
    weights: Mapping[str, float] | None = None,
    shape: Shape = "two_piece",
) -> Panel:
    """The answers of a panel on one scale; those of weight 0 are left out.

    Args:
        amounts: Usable answers by expert.
        quantity: What was asked.
        weights: By expert, 0 or more, of any sum; 1 where none is given.
        shape: Which shape three numbers take.

    Raises:
        InputError: An amount is outside the quantity's range.
        ValueError: Nobody is left.
    """
    given = {name: (weights or {}).get(name, 1.0) for name in sorted(amounts)}
    speaking = {name: amounts[name] for name, weight in given.items() if weight > 0}
    if not speaking:
        msg = "a panel needs at least one answer with a weight above 0"
        raise ValueError(msg)
    scale = _shared_scale(speaking, quantity)
    shapes = [distribution(amount, quantity, shape=shape) for amount in speaking.values()]
    share = np.array([given[name] for name in speaking])
    return Panel(
        quantity=quantity,
        scale=scale,
        amounts=speaking,
        exact=tuple(StatedBelief(each, scale) for each in shapes),
        floored=tuple(_floored(each, scale, _place_of_zero(speaking)) for each in shapes),
        weights=share / share.sum(),
    )


def _shared_scale(amounts: Mapping[str, Amount], quantity: Quantity) -> Scale:
    """The scale of all answers together: of either sign, the plain one as soon as signs differ."""
    return scale_for(
        quantity.family,
        min(amount.p05 for amount in amounts.values()),
        max(amount.p95 for amount in amounts.values()),
    )


def _place_of_zero(amounts: Mapping[str, Amount]) -> float:
    """Where a point of 0 is measured on a logarithmic scale."""
    medians = [amount.p50 for amount in amounts.values() if amount.p50 > 0]
    return math.log(min(medians)) + math.log(LEAST_OF_MEDIAN) if medians else 0.0


def _floored(shape: Distribution, scale: Scale, at_zero: float) -> StatedBelief:
    if isinstance(shape, Point) and scale.name == "logit":
        # the scale's own map keeps a share between 1e-9 and 1 - 1e-9
        within = float(scale.inverse(scale.forward(shape.value)))
        return StatedBelief(Point(within), scale)
    return StatedBelief(shape, scale, at_zero=at_zero)


@dataclass(frozen=True, slots=True)
class ScaleMoments:
    """Mean and variance on the scale."""

    mean: float
    """Mean."""
    variance: float
    """Variance; 0 of a point."""


def scale_moments(belief: StatedBelief) -> ScaleMoments:
    """Mean and variance of a belief on the panel's scale.

    Two-piece: mean = t50 + (s_hi - s_lo)/sqrt(2 pi), variance = (s_lo^2 + s_hi^2)/2 -
    (s_hi - s_lo)^2/(2 pi); any other shape by quadrature over normal scores.
    """
    step = belief.step
    if step is not None:
        return ScaleMoments(step, 0.0)
    shape = belief.shape
    if isinstance(shape, TwoPieceNormal) and shape.scale == belief.scale:
        skew = (shape.above - shape.below) / math.sqrt(2 * math.pi)
        square = (shape.below**2 + shape.above**2) / 2
        return ScaleMoments(shape.centre + skew, square - skew**2)
    mean = mean_over_scores(belief.at)
    square = mean_over_scores(lambda scores: (belief.at(scores) - mean) ** 2)
    return ScaleMoments(mean, square)


def mean_over_scores(values_at: OfScores) -> float:
    """The mean of a function of a normal score, by quadrature over [-8.2, 8.2].

    Each half is taken on its own, because a two-piece normal has a kink at its median.
    """
    halves = SCORES_END / 2 * (_NODES + 1)
    scores = np.concatenate([-halves[::-1], halves])
    weights = np.concatenate([_WEIGHTS[::-1], _WEIGHTS]) * np.exp(-(scores**2) / 2)
    return float(np.sum(weights * values_at(scores)) / np.sum(weights))
