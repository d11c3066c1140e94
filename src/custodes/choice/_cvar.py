"""The mean of the worst draws, and what limits it.

Source: docs/explanation/choice.md; Rockafellar and Uryasev 2000, doi 10.21314/JOR.2000.038.
"""

from __future__ import annotations

import numpy as np

from custodes.choice._overlap import Tangent, net_of, tangent_of_net
from custodes.choice._problem import RAISES_RISK, Draws, Numbers, Picks, Problem, Tail

WITHIN = 1e-9
"""A limit on the tail may be passed by this share of the size of net."""
SEEN_WITHIN = 1e-6
"""The solver itself passes rows by less than this: a row it passes by no more says nothing new."""


def tail_weights(nets: Numbers, level: float) -> Numbers:
    """Weights of the draws whose weighted sum is the CVaR.

    1 / ((1 - A) S) on each of the worst draws; the last one fractional, so that they sum to 1.
    Ties go to the first draw.

    Args:
        nets: Net by draw, shape (draws,); large is bad.
        level: A in [0, 1]; where its share is below one draw, the worst draw alone counts.
    """
    worst = (1.0 - level) * len(nets)
    order = np.argsort(-nets, kind="stable")
    weights = np.zeros(len(nets))
    whole = min(int(worst + 1e-9), len(nets))
    weights[order[:whole]] = 1.0
    rest = worst - whole
    if whole == 0:
        weights[order[0]] = 1.0
    elif rest > 1e-9 and whole < len(nets):  # noqa: PLR2004 (rounding of 1 - level)
        weights[order[whole]] = rest
    shares: Numbers = weights / weights.sum()
    return shares


def cvar(nets: Numbers, level: float) -> float:
    """Mean of the worst share 1 - level of draws; the largest where the share is below one draw.

    Args:
        nets: Net by draw, shape (draws,); large is bad.
        level: A in [0, 1).
    """
    return float(tail_weights(nets, level) @ nets)


def tail_row(
    draws: Draws,
    picks: Numbers | Picks,
    tail: Tail,
    *,
    scale: float,
    within: float = WITHIN,
) -> Tangent | None:
    """A linear function that must not pass the limit, where this portfolio passes it.

    It is below the CVaR everywhere: no portfolio that keeps the limit is cut off.

    Args:
        draws: A worldview.
        picks: The portfolio.
        tail: The limit.
        scale: The size of a net, to which the tolerance is relative.
        within: The tolerance.
    """
    nets = net_of(draws, picks)
    weights = tail_weights(nets, tail.level)
    if float(weights @ nets) <= tail.limit + within * scale:
        return None
    return tangent_of_net(draws, picks, weights)


def keeps_tail(problem: Problem, picks: Picks, *, scale: float) -> bool:
    """Whether a portfolio keeps the limits on the tail where the rule looks."""
    return all(
        cvar(net_of(problem.draws[view], picks), tail.level) <= tail.limit + WITHIN * scale
        for tail in problem.tails
        for view in problem.tail_views
    )


def p_raises(nets: Numbers) -> float:
    """Share of draws in which risk rises."""
    return float(np.mean(nets > RAISES_RISK))


def keeps_cap(problem: Problem, picks: Picks) -> bool:
    """Whether the portfolio's P(raises risk) is within its cap in the worldviews of the rule."""
    if problem.most_raising is None:
        return True
    return all(
        p_raises(net_of(problem.draws[view], picks)) <= problem.most_raising + 1e-12
        for view in problem.tail_views
    )
