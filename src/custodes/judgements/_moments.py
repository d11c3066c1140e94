"""The mean that three numbers imply, in the quantity's own unit.

Nobody states a mean, and a wide range on a logarithmic scale has a huge one; so it is shown.
Source: docs/explanation/judgement.md; the pieces of a normal are standard.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtr

from custodes.judgements._belief import mean_over_scores
from custodes.quantities import Distribution, Point, TwoPieceNormal


def implied_mean(shape: Distribution) -> float:
    """The mean of a distribution, its values kept within the quantity's range.

    Two-piece on the plain scale: t50 + (s_hi - s_lo)/sqrt(2 pi); on a logarithm:
    e^t50 [e^(s_lo^2/2) Phi(-s_lo) + e^(s_hi^2/2) Phi(s_hi)]; on log-odds, and for any other
    shape, by quadrature over normal scores. Where the range cuts a tail off, what lies beyond
    stands at the end of the range.
    """
    if isinstance(shape, Point):
        return shape.value
    if not isinstance(shape, TwoPieceNormal) or shape.scale.name == "logit":
        return mean_over_scores(shape.at)
    if shape.scale.name == "mirrored":
        loss = _Pieces(-shape.centre, shape.above, shape.below, -shape.high, -shape.low)
        return -_mean_of_exponential(loss)
    pieces = _Pieces(shape.centre, shape.below, shape.above, shape.low, shape.high)
    return _mean_of_exponential(pieces) if shape.scale.name == "ln" else _mean(pieces)


@dataclass(frozen=True, slots=True)
class _Pieces:
    """A two-piece normal, or its exponential, whose values are kept within low and high."""

    centre: float
    below: float
    above: float
    low: float
    high: float


def _mean(pieces: _Pieces) -> float:
    """E(clip(c + s v, low, high)) over a standard normal v."""
    start = _score_of(pieces.low, pieces)
    end = _score_of(pieces.high, pieces)
    total = _beyond(pieces, start, end)
    for spread, a, b in ((pieces.below, start, min(end, 0.0)), (pieces.above, max(start, 0), end)):
        if b > a:
            total += pieces.centre * float(ndtr(b) - ndtr(a)) + spread * (_phi(a) - _phi(b))
    return total


def _mean_of_exponential(pieces: _Pieces) -> float:
    """E(clip(exp(c + s v), low, high)) over a standard normal v."""
    start = _score_of(_log(pieces.low), pieces)
    end = _score_of(_log(pieces.high), pieces)
    total = _beyond(pieces, start, end)
    for s, a, b in ((pieces.below, start, min(end, 0.0)), (pieces.above, max(start, 0.0), end)):
        if b > a:
            inside = float(ndtr(b - s) - ndtr(a - s))
            total += math.exp(min(pieces.centre + s**2 / 2, _LARGEST_LOG)) * inside
    return total


_LARGEST_LOG = 700.0


def _beyond(pieces: _Pieces, start: float, end: float) -> float:
    """What the values kept at the two ends add to the mean."""
    at_low = pieces.low * float(ndtr(start)) if start > -math.inf else 0.0
    return at_low + (pieces.high * float(ndtr(-end)) if end < math.inf else 0.0)


def _score_of(t: float, pieces: _Pieces) -> float:
    """The normal score at which the two-piece normal reaches a place on its scale."""
    away = t - pieces.centre
    spread = pieces.below if away < 0 else pieces.above
    return away / spread if spread > 0 else math.copysign(math.inf, away)


def _log(x: float) -> float:
    return math.log(x) if x > 0 else -math.inf


def _phi(v: float) -> float:
    # beyond 40 the density is 0, and the square of a large score would overflow
    return math.exp(-(min(abs(v), 40.0) ** 2) / 2) / math.sqrt(2 * math.pi)
