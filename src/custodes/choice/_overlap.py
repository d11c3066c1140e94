"""What several options do together: net in every scenario, the loss, and its tangents.

The loss is convex in the options, so a tangent lies below it everywhere.
Source: docs/explanation/choice.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from custodes.choice._problem import Draws, Numbers, Picks

MOST_REMOVED = 1.0 - 1e-12
"""A share removed is kept below 1."""


@dataclass(frozen=True, slots=True, eq=False)
class Tangent:
    """A linear function of the options that lies below a convex one everywhere."""

    at_zero: float
    """Its value where nothing is chosen."""
    slope: Numbers
    """What each option changes, shape (options,)."""

    def __call__(self, picks: Numbers | Picks) -> float:
        """Its value for a portfolio, or for shares of options."""
        return self.at_zero + float(self.slope @ picks)


def log_removed(benefit: Numbers, background: Numbers) -> Numbers:
    """The term -ln(1 - e), e the share of a hazard that a benefit takes away, kept below 1."""
    share = np.minimum(benefit / background, MOST_REMOVED)
    return -np.log1p(-share)


def net_of(draws: Draws, picks: Numbers | Picks) -> Numbers:
    """Net of a portfolio in every scenario; shares of options are allowed."""
    places = np.flatnonzero(picks)
    shares = picks[places].astype(np.float64)[:, None]
    total: Numbers = (draws.adds[places] * shares).sum(axis=0)
    for background, removes in zip(draws.backgrounds, draws.removes, strict=True):
        total = total + background * np.expm1(-(removes[places] * shares).sum(axis=0))
    return total


def nets_alone(draws: Draws) -> Numbers:
    """Net of each option by itself, shape (options, scenarios)."""
    total = draws.adds
    for background, removed in zip(draws.backgrounds, draws.removes, strict=True):
        total = total + background * np.expm1(-removed)
    return total


def loss_of(draws: Draws, picks: Numbers | Picks) -> float:
    """Mean net and what is counted beside it: what is made small."""
    loss = float(net_of(draws, picks).mean())
    if draws.beside is None:
        return loss
    return loss + float((draws.beside * picks).sum())


def losses_alone(draws: Draws) -> Numbers:
    """Loss of each option by itself, shape (options,)."""
    loss: Numbers = nets_alone(draws).mean(axis=1)
    return loss if draws.beside is None else loss + draws.beside


def scale_of(views: Iterable[Draws]) -> float:
    """The largest loss of an option under any worldview; 1 where there is none."""
    largest = max(
        (float(np.abs(losses_alone(each)).max(initial=0.0)) for each in views), default=0.0
    )
    return largest or 1.0


def tangent_of_loss(draws: Draws, picks: Numbers | Picks) -> Tangent:
    """The tangent of the loss at a portfolio."""
    weights = np.full(draws.scenarios, 1.0 / draws.scenarios)
    tangent = tangent_of_net(draws, picks, weights)
    if draws.beside is None:
        return tangent
    return Tangent(at_zero=tangent.at_zero, slope=tangent.slope + draws.beside)


def tangent_of_net(draws: Draws, picks: Numbers | Picks, weights: Numbers) -> Tangent:
    """The tangent of a weighted sum of net over the scenarios, weights at least 0.

    Formula::

        slope_k = sum_s w_s (adds_ks - sum_h R_hs a_khs exp(-sum_j a_jhs x_j))
    """
    chosen = picks.astype(np.float64)
    some = np.flatnonzero(weights)
    few = len(some) < draws.scenarios
    adds = draws.adds[:, some] if few else draws.adds
    active = weights[some] if few else weights
    slope: Numbers = adds @ active
    value = 0.0
    places = np.flatnonzero(chosen)
    shares = chosen[places]
    for background, removes in zip(draws.backgrounds, draws.removes, strict=True):
        risk = background[some] if few else background
        a = removes[:, some] if few else removes
        exponent = -(shares @ a[places])
        slope = slope - a @ (active * risk * np.exp(exponent))
        value += float((active * risk) @ np.expm1(exponent))
    value += float((adds[places].T @ shares) @ active)
    return Tangent(at_zero=value - float(slope @ chosen), slope=slope)


def share_removed(shares: Sequence[float], *, rho: float) -> float:
    """Share of one hazard that several cuts remove together.

    Formula::

        (1 - rho)(1 - prod(1 - e)) + rho max e

    Args:
        shares: e of each effort.
        rho: 0 where the cuts act independently, 1 where they act on the same mechanism.
    """
    cuts = np.asarray(shares, dtype=np.float64)
    apart = 1.0 - float(np.prod(1.0 - cuts))
    return (1.0 - rho) * apart + rho * float(cuts.max(initial=0.0))
