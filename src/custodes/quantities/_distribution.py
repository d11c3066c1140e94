"""Three numbers as a distribution: two-piece normal, metalog, table of samples, or a point.

Every distribution is its quantile function, called with normal scores: the same score gives the
same rank under every worldview and every expert. Source: docs/explanation/model.md;
docs/explanation/judgement.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from scipy.special import ndtr

from custodes.errors import Fault, InputError
from custodes.quantities._amount import Amount
from custodes.quantities._quantity import Quantity
from custodes.quantities._scale import SHARE_END, Scale, scale_for
from custodes.quantities._worlds import Worlds

Z95 = 1.6448536269514722
"""Normal score of the 95th percentile."""
LEAST_OF_MEDIAN = 1e-3
"""On a positive quantity p05 below p50/1000 is raised to p50/1000 (docs/explanation/model.md)."""
METALOG_CONSTANT = 1.6671131192019295
"""c3 = 1/max_y[(y - 1/2) + y (1-y) lg y]: a three-term metalog is feasible iff |a3| < c3 a2."""
HEAVY_TAIL = 0.5
"""On a logarithmic scale the variance is finite iff the tail's exponent is below this."""
_ALPHA = 0.05
_LOG_ODDS_95 = math.log((1 - _ALPHA) / _ALPHA)

Shape: TypeAlias = Literal["two_piece", "metalog"]


@dataclass(frozen=True, slots=True)
class Point:
    """No uncertainty: exactly the value, in every world."""

    value: float
    """The value, as it was given; never moved to an end of the scale."""
    reason: str = ""
    """Why another shape was not used; empty here."""

    def at(self, scores: Worlds) -> Worlds:
        """The value, in the shape of `scores`."""
        return np.full(np.shape(scores), self.value)


@dataclass(frozen=True, slots=True)
class TwoPieceNormal:
    """Normal on the scale, with one spread below the median and another above.

    x = f^-1(t50 + s z), s = (t50 - t05)/1.6449 for z < 0 and (t95 - t50)/1.6449 for z >= 0.
    """

    scale: Scale
    """The scale f."""
    centre: float
    """t50."""
    below: float
    """Spread below the median, >= 0."""
    above: float
    """Spread above the median, >= 0."""
    low: float
    """Smallest value; draws below are clipped to it."""
    high: float
    """Largest value."""
    reason: str = ""
    """Why a metalog that was asked for was not used: `infeasible` or `heavy_tail`."""

    def at(self, scores: Worlds) -> Worlds:
        """The quantiles at normal scores; any shape."""
        spread = np.where(np.asarray(scores) < 0, self.below, self.above)
        on_scale = self.centre + scores * spread
        values: Worlds = np.clip(self.scale.inverse(on_scale), self.low, self.high)
        return values


@dataclass(frozen=True, slots=True)
class Metalog:
    """Three-term metalog on the scale: Q(y) = f^-1(a1 + a2 lg y + a3 (y - 1/2) lg y).

    Source: Keelin 2016, doi 10.1287/deca.2016.0338.
    """

    scale: Scale
    """The scale f."""
    a1: float
    """Median on the scale."""
    a2: float
    """Spread."""
    a3: float
    """Skew."""
    low: float
    """Smallest value; draws below are clipped to it."""
    high: float
    """Largest value."""
    reason: str = ""
    """Empty: the metalog was used."""

    def at(self, scores: Worlds) -> Worlds:
        """The quantiles at normal scores; any shape."""
        share = ndtr(scores)
        log_odds = np.log(share) - np.log(ndtr(-np.asarray(scores)))
        on_scale = self.a1 + (self.a2 + self.a3 * (share - 0.5)) * log_odds
        values: Worlds = np.clip(self.scale.inverse(on_scale), self.low, self.high)
        return values


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """The distribution of given samples: linear between their order statistics."""

    values: Worlds
    """The samples, sorted, within the range."""
    reason: str = ""
    """Empty."""

    def at(self, scores: Worlds) -> Worlds:
        """The quantiles at normal scores; any shape."""
        ranks = ndtr(scores) * (len(self.values) - 1)
        return np.interp(ranks, np.arange(len(self.values)), self.values)


Distribution: TypeAlias = Point | TwoPieceNormal | Metalog | Sampled


def distribution(
    amount: Amount, quantity: Quantity, *, shape: Shape = "two_piece"
) -> Distribution:
    """The distribution that three numbers state for a quantity.

    Args:
        amount: 5th, 50th and 95th percentile; equal numbers are a point.
        quantity: Gives the family and the range.
        shape: `two_piece`, or `metalog` where it is feasible and its tail is not too heavy.

    Raises:
        InputError: A number outside the quantity's range, or a median of 0 or less where the
            quantity is positive.
    """
    check_range(amount, quantity)
    if amount.is_point:
        return Point(amount.p50)
    scale = scale_for(quantity.family, amount.p05, amount.p95)
    lowest = amount.p05
    if scale.name == "ln":
        lowest = max(lowest, amount.p50 * LEAST_OF_MEDIAN)
    low, median, high = (scale.forward(x) for x in (lowest, amount.p50, amount.p95))
    least, most = (
        (SHARE_END, 1 - SHARE_END) if scale.name == "logit" else (quantity.low, quantity.high)
    )
    least, most = max(least, quantity.low), min(most, quantity.high)
    reason = ""
    if shape == "metalog":
        fitted = _metalog(scale, low, median, high, least, most)
        if isinstance(fitted, Metalog):
            return fitted
        reason = fitted
    return TwoPieceNormal(
        scale=scale,
        centre=median,
        below=(median - low) / Z95,
        above=(high - median) / Z95,
        low=least,
        high=most,
        reason=reason,
    )


def _metalog(
    scale: Scale, low: float, median: float, high: float, least: float, most: float
) -> Metalog | str:
    """The metalog, or the reason why the two-piece normal stands in for it."""
    width = high - low
    share_below = (median - low) / width
    edge = 0.5 * (1 - METALOG_CONSTANT * (0.5 - _ALPHA))
    if not edge < share_below < 1 - edge:
        return "infeasible"
    a2 = width / (2 * _LOG_ODDS_95)
    a3 = (1 - 2 * share_below) * width / ((1 - 2 * _ALPHA) * _LOG_ODDS_95)
    tail = {"ln": a2 + a3 / 2, "mirrored": a2 - a3 / 2}.get(scale.name, 0.0)
    if tail >= HEAVY_TAIL:
        return "heavy_tail"
    return Metalog(scale=scale, a1=median, a2=a2, a3=a3, low=least, high=most)


def distribution_of_samples(samples: Sequence[float] | Worlds, quantity: Quantity) -> Sampled:
    """The distribution of samples, each within the quantity's range.

    Raises:
        InputError: Fewer than two samples, one that is not finite, or one outside the range.
    """
    values = np.sort(np.asarray(samples, dtype=np.float64).ravel())
    if len(values) < 2:  # noqa: PLR2004 (one sample is a point, not a distribution)
        raise InputError(
            [Fault(message=f"{len(values)} samples are too few", cure="give at least 2")]
        )
    if not np.isfinite(values).all():
        raise InputError([Fault(message="a sample is not a finite number", cure="remove it")])
    for value in (values[0], values[-1]):
        check_range(Amount.point(float(value)), quantity)
    values.setflags(write=False)
    return Sampled(values)


def check_range(amount: Amount, quantity: Quantity) -> None:
    """Refuse an amount that the quantity cannot take.

    Raises:
        InputError: One fault for each number outside the range, named p05, p50 or p95.
    """
    faults = [
        Fault(
            message=f"{number:g} is outside the range of {quantity.name}",
            cure=f"give {quantity.unit} from {quantity.range_told}",
            field=name,
        )
        for name, number in zip(("p05", "p50", "p95"), amount.numbers, strict=True)
        if not quantity.low <= number <= quantity.high
    ]
    if not faults and quantity.family == "positive" and not amount.is_point and amount.p50 <= 0:
        faults = [
            Fault(
                message=f"the median {amount.p50:g} of {quantity.name} is not above 0",
                cure="give a median above 0, or three equal numbers",
                field="p50",
            )
        ]
    if faults:
        raise InputError(faults[:1] if amount.is_point else faults)
