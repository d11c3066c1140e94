"""What three numbers imply, told to the expert before they are handed in.

Source: docs/explanation/judgement.md. It asks to look again and never blocks.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy.special import ndtr, ndtri

from custodes.judgements._belief import shares_by_halving
from custodes.judgements._moments import implied_mean
from custodes.quantities import (
    Amount,
    Distribution,
    Metalog,
    Point,
    Quantity,
    Shape,
    TwoPieceNormal,
    distribution,
)
from custodes.records import Record

ALMOST_CERTAIN = 0.999
"""A share whose 99th percentile is above this is asked about."""
ALMOST_NEVER = 1e-9
"""A share whose 1st percentile is below this is asked about."""
FAR_MEAN = 10.0
"""A mean above so many medians, on a logarithmic scale, is asked about."""

_SHARES = ndtri(np.array([0.01, 0.25, 0.75, 0.99]))


class Feedback(Record):
    """What an answer implies."""

    shape: Literal["point", "two_piece", "metalog"]
    """The shape that the three numbers took."""
    shape_reason: str
    """Why a metalog that was asked for was not used: `infeasible` or `heavy_tail`."""
    mean: float
    """The mean that nobody stated."""
    p01: float
    """1st percentile."""
    p25: float
    """25th percentile."""
    p75: float
    """75th percentile."""
    p99: float
    """99th percentile."""
    p_negative: float
    """P(X < 0)."""
    in_words: tuple[str, ...]
    """The range as odds, a sentence each."""
    look_again: tuple[str, ...]
    """Questions to the expert; the answer may stand all the same."""


def feedback_on(amount: Amount, quantity: Quantity, *, shape: Shape = "two_piece") -> Feedback:
    """What an answer implies, and what its author may want to look at again.

    Args:
        amount: The three numbers.
        quantity: What was asked.
        shape: Which shape the round uses.

    Raises:
        InputError: A number is outside the quantity's range.
    """
    found = distribution(amount, quantity, shape=shape)
    p01, p25, p75, p99 = (float(value) for value in found.at(_SHARES))
    mean = implied_mean(found)
    return Feedback(
        shape=_shape_of(found),
        shape_reason=found.reason,
        mean=mean,
        p01=p01,
        p25=p25,
        p75=p75,
        p99=p99,
        p_negative=p_negative(found),
        in_words=_in_words(amount, quantity),
        look_again=tuple(_questions(amount, quantity, mean=mean, p01=p01, p99=p99)),
    )


def p_negative(found: Distribution) -> float:
    """P(X < 0) of a distribution."""
    if isinstance(found, Point):
        return float(found.value < 0)
    if isinstance(found, TwoPieceNormal) and found.scale.name == "identity":
        spread = found.below if found.centre > 0 else found.above
        if spread > 0:
            return float(ndtr(-found.centre / spread))
        return float(found.centre < 0)
    if found.at(np.array([-38.0]))[0] >= 0:
        return 0.0
    return float(shares_by_halving(found.at, np.zeros(1))[0])


def _shape_of(found: Distribution) -> Literal["point", "two_piece", "metalog"]:
    if isinstance(found, Point):
        return "point"
    return "metalog" if isinstance(found, Metalog) else "two_piece"


def _in_words(amount: Amount, quantity: Quantity) -> tuple[str, ...]:
    if amount.is_point:
        return (f"certain: exactly {amount.p50:g} {quantity.unit}",)
    return (
        f"1 in 20 that it is below {amount.p05:g}",
        f"1 in 2 that it is below {amount.p50:g}",
        f"1 in 20 that it is above {amount.p95:g}",
    )


def _questions(
    amount: Amount, quantity: Quantity, *, mean: float, p01: float, p99: float
) -> list[str]:
    if amount.is_point:
        return []
    asked: list[str] = []
    if mean > amount.p95:
        asked.append(f"your range implies a mean of {mean:.3g}, above your p95: is that meant?")
    if mean < amount.p05:
        asked.append(f"your range implies a mean of {mean:.3g}, below your p05: is that meant?")
    if quantity.family == "share" and p99 > ALMOST_CERTAIN:
        asked.append(f"1 in 100 that it is above {p99:.6g}, almost certain: is that meant?")
    if quantity.family == "share" and p01 < ALMOST_NEVER:
        asked.append(f"1 in 100 that it is below {p01:.2g}: is that meant?")
    is_on_log = quantity.family == "positive" or (quantity.family == "signed" and amount.p05 > 0)
    if is_on_log and mean > FAR_MEAN * amount.p50:
        times = mean / amount.p50
        asked.append(f"your range implies a mean {times:,.0f} times your middle: is that meant?")
    return asked
