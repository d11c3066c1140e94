"""Several answers to one question as one distribution, by every method that `--method` names.

The linear pool is the default and the only one that the engine uses: it keeps disagreement. The
others stand beside it, so that a reader sees what the choice of a method does.
Source: docs/explanation/judgement.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

import numpy as np
from scipy.special import betainc, ndtri

from custodes.errors import Fault, InputError
from custodes.judgements._belief import (
    OfScores,
    Panel,
    StatedBelief,
    mean_over_scores,
    panel_of,
)
from custodes.judgements._linear_pool import Mixture
from custodes.judgements._moments import implied_mean
from custodes.quantities import Amount, Point, Quantity, Scale, Shape, Worlds

Method: TypeAlias = Literal[
    "linear",
    "vincent",
    "median",
    "geometric_odds",
    "extremised",
    "trimmed",
    "interval_width",
    "cooke_global",
    "cooke_item",
    "cooke_equal",
    "user",
    "beta",
]
"""A way of pooling, by its name in `custodes pool --method`."""
METHODS: tuple[Method, ...] = get_args(Method)
"""Every method."""
METHODS_TOLD = MappingProxyType[Method, str](
    {
        "linear": "mixture of the experts' distributions; keeps disagreement",
        "vincent": "mean of the experts' quantiles on the scale; narrower",
        "median": "median of the experts' quantiles; robust",
        "geometric_odds": "geometric mean of the odds; shares only",
        "extremised": "geometric mean of the odds, moved away from 1/2 or a prior; shares only",
        "trimmed": "linear, without the outer fifth of the medians on each side",
        "interval_width": "linear, narrow ranges weigh more; narrow is not accurate",
        "cooke_global": "linear, weights from seed questions (calibration x information)",
        "cooke_item": "linear, weights from seed questions and the range on this question",
        "cooke_equal": "linear, equal weights whatever experts.csv says",
        "user": "linear, the weights of experts.csv",
        "beta": "I(6,6) of the linear mean; tuned to 25 claims, for comparison only; shares only",
    }
)
"""What each does, in a line."""
SHARES_ONLY: frozenset[Method] = frozenset({"geometric_odds", "extremised", "beta"})
"""Methods that need odds."""
FROM_SEEDS: frozenset[Method] = frozenset({"cooke_global", "cooke_item"})
"""Methods whose weights come from seed questions; `judgements.calibrate` gives them."""
TRIM = 0.2
"""Share of the answers that `trimmed` drops at each end."""
LEAST_FOR_TRIM = 5
"""Answers that `trimmed` needs."""
NARROWEST = 0.1
"""A range counts as at least this share of the median range, so no weight runs away."""
NODES = 257
"""Nodes of a pooled distribution's table, where no more are needed."""
TABLE_ERROR = 1e-4
"""Error of the table on the scale, as a share of p95 - p05."""

_SCORES = np.linspace(-6.0, 6.0, NODES)
_ENDS = ndtri(np.array([0.05, 0.5, 0.95]))
_BETA = 6.0


@dataclass(frozen=True, slots=True, eq=False)
class PooledDistribution:
    """A pool as its quantile function, tabled on the scale at normal scores from -6 to 6.

    Linear between the nodes; beyond the ends the last slope goes on. There are 257 equally spaced
    nodes, and more between them where experts' ranges do not touch and the curve climbs steeply.
    """

    scale: Scale
    """The scale."""
    scores: Worlds
    """Normal scores of the nodes, rising, shape (nodes,)."""
    nodes: Worlds
    """Quantiles on the scale at them, shape (nodes,)."""
    low: float
    """Smallest value."""
    high: float
    """Largest value."""

    def at(self, scores: Worlds) -> Worlds:
        """The quantiles at normal scores; any shape."""
        v = np.asarray(scores, dtype=np.float64)
        first, last = self.scores[[0, -1]]
        slopes = np.diff(self.nodes)[[0, -1]] / np.diff(self.scores)[[0, -1]]
        on_scale = np.interp(v, self.scores, self.nodes)
        on_scale = on_scale + np.minimum(v - first, 0) * slopes[0]
        on_scale = on_scale + np.maximum(v - last, 0) * slopes[1]
        with np.errstate(over="ignore"):
            values: Worlds = np.clip(self.scale.inverse(on_scale), self.low, self.high)
        return values


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """Several answers to one question, pooled."""

    method: Method
    """How."""
    scale: str
    """The scale on which it was done: logit, ln, mirrored or identity."""
    weights: Mapping[str, float]
    """Of the experts that were used, by id; they add up to 1."""
    p05: float
    """5th percentile, in the quantity's unit."""
    p50: float
    """Median."""
    p95: float
    """95th percentile."""
    mean: float
    """Mean; for answers without uncertainty of the pooled points."""
    quantiles: OfScores
    """The whole curve: quantiles in the quantity's unit at normal scores, shape (n,)."""
    table: Callable[[], PooledDistribution]
    """Makes the curve into a table that is quick to draw from."""


@dataclass(frozen=True, slots=True)
class Extremising:
    """How `extremised` moves pooled log-odds: logit p0 + a sum w_i (logit p_i - logit p0)."""

    factor: float = 1.0
    """a; 1, the default, moves nothing: extremising a small risk away from 1/2 shrinks it."""
    prior: float = 0.5
    """p0, the share to move away from."""


def pool_answers(
    amounts: Mapping[str, Amount],
    quantity: Quantity,
    *,
    method: Method = "linear",
    weights: Mapping[str, float] | None = None,
    shape: Shape = "two_piece",
    extremising: Extremising | None = None,
) -> Pooled:
    """Usable answers to one question, pooled.

    Args:
        amounts: Answers by expert.
        quantity: What was asked; gives scale and range.
        method: How. `cooke_global` and `cooke_item` take their weights from `weights`.
        weights: By expert, 0 or more, of any sum; 1 where none is given.
        shape: Which shape three numbers take.
        extremising: For `extremised`.

    Raises:
        InputError: The method does not fit the quantity or the number of answers, or every
            weight is 0.
    """
    spoken = {name for name in amounts if (weights or {}).get(name, 1.0) > 0}
    faults = _misfits(method, quantity, count=len(spoken))
    if faults:
        raise InputError(faults)
    even = dict.fromkeys(spoken, 1.0)
    panel = panel_of(
        {name: amounts[name] for name in spoken},
        quantity,
        weights=even if method == "cooke_equal" else weights,
        shape=shape,
    )
    if method == "trimmed":
        panel = _trimmed(panel, shape)
    elif method == "interval_width":
        panel = replace(panel, weights=_width_weights(panel))
    return _METHODS[method](panel, method, extremising or Extremising())


def _misfits(method: Method, quantity: Quantity, *, count: int) -> list[Fault]:
    faults: list[Fault] = []
    if count == 0:
        faults.append(
            Fault(message="nobody with a weight above 0 answered", cure="give a weight above 0")
        )
    elif method == "trimmed" and count < LEAST_FOR_TRIM:
        faults.append(
            Fault(
                message=f"'trimmed' needs {LEAST_FOR_TRIM} answers, {quantity.name} has {count}",
                cure="use 'linear' or 'median'",
            )
        )
    if method in SHARES_ONLY and quantity.family != "share":
        faults.append(
            Fault(
                message=f"{method!r} pools shares; {quantity.name} is no share",
                cure="use 'linear', 'vincent' or 'median'",
            )
        )
    return faults


def _linear(panel: Panel, method: Method, _: Extremising) -> Pooled:
    mixture = Mixture(panel.exact, panel.weights)
    means = [implied_mean(belief.shape) for belief in panel.exact]
    mean = float(np.sum(panel.weights * means))
    return _pooled(panel, method, mixture.quantiles, mean=mean)


def _vincent(panel: Panel, method: Method, extremising: Extremising) -> Pooled:
    """f^-1(sum w_i f(q_i(u))) for every u; on log-odds this is the geometric mean of the odds."""
    factor, prior = 1.0, 0.0
    if method == "extremised":
        factor, prior = extremising.factor, float(panel.scale.forward(extremising.prior))

    def quantiles(scores: Worlds) -> Worlds:
        own = np.array([belief.at(scores) for belief in panel.floored])
        mean: Worlds = panel.weights @ own
        return prior + factor * (mean - prior)

    return _from_quantiles(panel, method, quantiles)


def _median(panel: Panel, method: Method, _: Extremising) -> Pooled:
    def quantiles(scores: Worlds) -> Worlds:
        own = np.array([belief.at(scores) for belief in panel.floored])
        return weighted_median(own, panel.weights)

    return _from_quantiles(panel, method, quantiles)


def weighted_median(values: Worlds, weights: Worlds) -> Worlds:
    """The smallest value at which the weights reach a half, down the first axis.

    Where they reach it exactly, the middle to the next value.

    Args:
        values: Shape (experts, ...).
        weights: Shape (experts,), adding up to 1.
    """
    order = np.argsort(values, axis=0, kind="stable")
    ordered: Worlds = np.take_along_axis(values, order, axis=0)
    reached: Worlds = np.cumsum(weights[order], axis=0)
    place = np.argmax(reached >= 0.5 - _ROUNDING, axis=0)
    at: Worlds = np.take_along_axis(ordered, place[np.newaxis], axis=0)[0]
    following = np.minimum(place + 1, len(values) - 1)
    beyond: Worlds = np.take_along_axis(ordered, following[np.newaxis], axis=0)[0]
    half: Worlds = np.take_along_axis(reached, place[np.newaxis], axis=0)[0]
    is_half = np.abs(half - 0.5) <= _ROUNDING
    return np.where(is_half, (at + beyond) / 2, at)


_ROUNDING = 1e-12


def _beta(panel: Panel, method: Method, extremising: Extremising) -> Pooled:
    """One number without a range: what the published method gives."""
    mean = _linear(panel, method, extremising).mean
    value = beta_of(mean)
    place = float(panel.scale.forward(value))

    def quantiles(scores: Worlds) -> Worlds:
        return np.full(np.shape(scores), place)

    return replace(_pooled(panel, method, quantiles, mean=value), p05=value, p50=value, p95=value)


def beta_of(mean: float) -> float:
    """I(6,6)(mean), the regularised incomplete beta function.

    Source: the BetaArMean of aggreCAT 1.0.0, tuned there to 25 claims.
    """
    return float(betainc(_BETA, _BETA, mean))


_METHODS: Mapping[Method, Callable[[Panel, Method, Extremising], Pooled]] = {
    "linear": _linear,
    "vincent": _vincent,
    "median": _median,
    "geometric_odds": _vincent,
    "extremised": _vincent,
    "trimmed": _linear,
    "interval_width": _linear,
    "cooke_global": _linear,
    "cooke_item": _linear,
    "cooke_equal": _linear,
    "user": _linear,
    "beta": _beta,
}


def _from_quantiles(panel: Panel, method: Method, on_scale: OfScores) -> Pooled:
    mean = mean_over_scores(lambda scores: panel.values(on_scale(scores)))
    return _pooled(panel, method, on_scale, mean=mean)


def _pooled(panel: Panel, method: Method, on_scale: OfScores, *, mean: float) -> Pooled:
    p05, p50, p95 = _kept_exact(panel, on_scale(_ENDS))
    return Pooled(
        method=method,
        scale=panel.scale.name,
        weights=_weights_by_name(panel),
        p05=p05,
        p50=p50,
        p95=p95,
        mean=mean,
        quantiles=lambda scores: panel.values(on_scale(scores)),
        table=lambda: _table(panel, on_scale),
    )


def _table(panel: Panel, on_scale: OfScores) -> PooledDistribution:
    def nodes_at(scores: Worlds) -> Worlds:
        found = on_scale(scores)
        if panel.scale.name == "identity":
            return found
        return np.clip(found, -_FARTHEST, _FARTHEST)

    scores = _SCORES
    nodes = nodes_at(scores)
    width = float(np.ptp(nodes_at(_ENDS[[0, 2]])))
    for _ in range(_REFINEMENTS):
        between = (scores[1:] + scores[:-1]) / 2
        truth = nodes_at(between)
        off = np.abs(truth - (nodes[1:] + nodes[:-1]) / 2) > TABLE_ERROR * width
        if not off.any():
            break
        order = np.argsort(np.concatenate([scores, between[off]]), kind="stable")
        nodes = np.concatenate([nodes, truth[off]])[order]
        scores = np.concatenate([scores, between[off]])[order]
    return PooledDistribution(
        scale=panel.scale,
        scores=scores,
        nodes=nodes,
        low=panel.quantity.low,
        high=panel.quantity.high,
    )


_REFINEMENTS = 24
_FARTHEST = 700.0
"""Where a share of exactly 0 or 1, or an amount of 0, stands in a table."""


def _kept_exact(panel: Panel, at_ends: Worlds) -> tuple[float, ...]:
    """The quantiles in the quantity's unit; where one is an expert's own number, exactly that.

    The way to the scale and back leaves a rounding, which would tell of a range below 0.
    """
    points = {
        belief.step: belief.shape.value
        for belief in panel.exact
        if isinstance(belief.shape, Point)
    }
    stated = np.array([number for each in panel.amounts.values() for number in each.numbers])
    width = float(np.ptp(stated))
    values = panel.values(at_ends)
    kept: list[float] = []
    for at, value in zip(at_ends.tolist(), values.tolist(), strict=True):
        nearest = float(stated[np.argmin(np.abs(stated - value))])
        is_same = abs(nearest - value) <= _ROUNDING * abs(nearest)
        is_same = is_same or (nearest == 0 and abs(value) <= _ROUNDING * width)
        kept.append(points.get(at, nearest if is_same else value))
    return tuple(kept)


def _weights_by_name(panel: Panel) -> Mapping[str, float]:
    return dict(zip(panel.amounts, panel.weights.tolist(), strict=True))


def _trimmed(panel: Panel, shape: Shape) -> Panel:
    """Without floor(0.2 m) answers at each end, by median, ties by the experts' ids."""
    order = sorted(panel.amounts, key=lambda name: (panel.amounts[name].p50, name))
    drop = math.floor(TRIM * len(order))
    kept = set(order[drop : len(order) - drop])
    weights = _weights_by_name(panel)
    return panel_of(
        {name: amount for name, amount in panel.amounts.items() if name in kept},
        panel.quantity,
        weights={name: weights[name] for name in kept},
        shape=shape,
    )


def _width_weights(panel: Panel) -> Worlds:
    """w_i / max(width_i, a tenth of the median width), widths on the scale, adding up to 1."""
    widths = np.array([_width(belief) for belief in panel.floored])
    median = float(weighted_median(widths[:, np.newaxis], panel.weights)[0])
    floor = NARROWEST * median if median > 0 else NARROWEST
    raised: Worlds = panel.weights / np.maximum(widths, floor)
    weights: Worlds = raised / raised.sum()
    return weights


def _width(belief: StatedBelief) -> float:
    low, _, high = belief.at(_ENDS)
    return float(high - low)


def extremising_factor(experts: int) -> float:
    """M (sqrt(3 m^2 - 3 m + 1) - 2) / (m^2 - m - 1) for m exchangeable experts, a known prior.

    It rises to the square root of 3. Source: Neyman and Roughgarden 2021 (recalled). Use it only
    away from a prior that is known; away from 1/2 it makes every small risk smaller.
    """
    m = experts
    return m * (math.sqrt(3 * m**2 - 3 * m + 1) - 2) / (m**2 - m - 1)
