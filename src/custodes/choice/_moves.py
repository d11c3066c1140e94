"""Better by small steps: one option more, fewer, another, or one exchanged for one.

Used where the optimum is not proven: to fill what rounding leaves over in large problems, and
under the cap on the portfolio's P(raises risk), which is not convex.
Source: docs/explanation/choice.md.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from custodes.choice._problem import FEASIBLE_WITHIN, Numbers, Picks, Problem
from custodes.choice._worldviews import Objective

_MOST_STEPS = 2000
_TRIED = 64
"""Steps tried exactly, the most promising first, before a portfolio counts as best."""
_SWAPS_OF = 60
"""Chosen efforts, the least worth their cost first, that are tried out for another."""


def rounded(shares: Numbers) -> Picks:
    """The options that a solution in shares takes nearly whole."""
    picks: Picks = shares > 1.0 - 1e-6
    return picks


def improved(
    problem: Problem,
    objective: Objective,
    picks: Picks,
    *,
    allowed: Callable[[Picks], bool],
) -> Picks:
    """The portfolio after steps that lower the objective and stay allowed, until none is left.

    Args:
        problem: Its rows are kept at every step.
        objective: What is made small.
        picks: Where to start; it keeps the rows.
        allowed: Whether a portfolio keeps the limits on draws.
    """
    here = picks.copy()
    value = objective.value(here)
    rows = _Rows(problem)
    for _ in range(_MOST_STEPS):
        step = _step(rows, objective, here, value, allowed)
        if step is None:
            return here
        here = step
        value = objective.value(here)
    return here


class _Rows:
    """The rows of a problem as one table, to look at many steps at once."""

    def __init__(self, problem: Problem) -> None:
        rows = problem.every_row
        self.problem = problem
        self.table = np.array([row.coefficients for row in rows])
        sizes = np.maximum(1.0, np.abs(self.table).max(axis=1, initial=0.0))
        self.low = np.array([row.lower for row in rows]) - FEASIBLE_WITHIN * sizes
        self.high = np.array([row.upper for row in rows]) + FEASIBLE_WITHIN * sizes
        self.member = np.repeat(
            np.arange(len(problem.members)),
            [each.stop - each.start for each in problem.members],
        )

    def kept_after(self, now: Numbers, changes: Numbers) -> Picks:
        """Whether the rows are kept after each change, shape (rows, changes)."""
        after = now[:, None] + changes
        kept: Picks = ((after >= self.low[:, None]) & (after <= self.high[:, None])).all(axis=0)
        return kept


def _step(
    rows: _Rows,
    objective: Objective,
    here: Picks,
    value: float,
    allowed: Callable[[Picks], bool],
) -> Picks | None:
    problem = rows.problem
    slope = max((piece.tangent(here) for piece in objective.pieces), key=lambda each: each(here))
    current = np.full(len(problem.members), -1)
    chosen = np.flatnonzero(here)
    current[rows.member[chosen]] = chosen
    beside = current[rows.member]
    none = beside < 0
    drop_slope = np.where(none, 0.0, slope.slope[beside])
    drop_rows = np.where(none, 0.0, rows.table[:, beside])
    now = rows.table[:, here].sum(axis=1)
    gains = slope.slope - drop_slope
    changes = rows.table - drop_rows
    fits = rows.kept_after(now, changes) & ~here
    found = _tried(rows, objective, here, value, allowed, np.flatnonzero(fits), gains, changes[0])
    if found is not None:
        return found
    worth = slope.slope[chosen] / np.maximum(problem.cost[chosen], 1e-300)
    for out in chosen[np.argsort(-worth, kind="stable")][:_SWAPS_OF]:
        without = here.copy()
        without[out] = False
        left = now - rows.table[:, out]
        others = rows.member != rows.member[out]
        fits = rows.kept_after(left, changes) & ~here & others
        fits &= gains - slope.slope[out] < 0
        found = _tried(
            rows, objective, without, value, allowed, np.flatnonzero(fits), gains, changes[0]
        )
        if found is not None:
            return found
    for out in chosen:
        without = here.copy()
        without[out] = False
        left = (now - rows.table[:, out])[:, None]
        if (
            rows.kept_after(left[:, 0], np.zeros_like(left))[0]
            and objective.value(without) < value
            and allowed(without)
        ):
            return without
    return None


def _tried(  # noqa: PLR0913,PLR0917 (a step and what it is judged by)
    rows: _Rows,
    objective: Objective,
    start: Picks,
    value: float,
    allowed: Callable[[Picks], bool],
    options: npt.NDArray[np.intp],
    gains: Numbers,
    costs: Numbers,
) -> Picks | None:
    """The first of the most promising steps that is truly lower; none if no step is."""
    if not len(options):
        return None
    promise = np.where(
        gains[options] < 0, gains[options] / np.maximum(costs[options], 1e-300), np.inf
    )
    order = options[np.argsort(promise, kind="stable")][:_TRIED]
    for option in order:
        if gains[option] >= 0:
            return None
        step = start.copy()
        step[rows.member == rows.member[option]] = False
        step[option] = True
        if objective.value(step) < value - 1e-15 * abs(value) and allowed(step):
            return step
    return None
