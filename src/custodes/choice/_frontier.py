"""What each budget buys: the optimum at several budgets, its hull, and the falling ratio.

Source: docs/explanation/choice.md; the ratio falls as an institution spends more (paper p. 9).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from custodes.choice._bound import barred
from custodes.choice._milp import Cuts, NoPortfolioError
from custodes.choice._optimum import Optimum, optimum
from custodes.choice._problem import Numbers, Picks, Problem, spent
from custodes.choice._solve import TIME_LIMIT
from custodes.choice._worldviews import Objective

LEAST_USEFULNESS = 1e-9
"""There is no ratio where usefulness is not above this."""
_STEPS = 10


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """The optimum at one budget."""

    budget: float
    """Money that there is."""
    spent: float
    """Money that it costs."""
    objective: float
    """What was made small."""
    picks: Picks
    """The portfolio."""


@dataclass(frozen=True, slots=True, eq=False)
class Hull:
    """The lower convex hull of money spent and objective."""

    corners: tuple[tuple[float, float], ...]
    """Money spent and objective, from the cheapest."""
    slopes: tuple[float, ...]
    """Objective for each unit of money between two corners; never falls."""


def budgets_of(problem: Problem) -> list[float]:
    """0, 10 %, ..., 100 % of the cost of everything that is allowed, and the budget itself."""
    allowed = np.where(barred(problem), 0.0, problem.cost)
    everything = sum(float(allowed[each].max()) for each in problem.members)
    steps = [everything * step / _STEPS for step in range(_STEPS + 1)]
    return sorted({*steps, float(problem.budget)})


def frontier(  # noqa: PLR0913 (a frontier and how long to look)
    problem: Problem,
    objective: Objective,
    budgets: Sequence[float],
    cuts: Cuts,
    known: Optimum,
    *,
    time_limit: float = TIME_LIMIT,
    step: Callable[[], None] | None = None,
) -> tuple[Point, ...]:
    """The optimum at each budget; budgets at which no portfolio is possible are left out.

    A wider budget never gives less: where a solver's tolerance would let it, the portfolio of the
    budget before is kept.

    Args:
        problem: The problem.
        objective: What is made small.
        budgets: Money, from the least.
        cuts: What was learnt about the same options and objective; grows.
        known: The optimum at the problem's own budget.
        time_limit: Seconds for the solver at each budget.
        step: Called before each budget.
    """
    points: list[Point] = []
    for budget in budgets:
        if step is not None:
            step()
        if budget == problem.budget:
            picks, value = known.picks, known.objective
        else:
            try:
                found = optimum(
                    replace(problem, budget=budget),
                    cuts=cuts,
                    check=False,
                    objective=objective,
                    time_limit=time_limit,
                )
            except NoPortfolioError:
                continue
            picks, value = found.picks, found.objective
        if points and value > points[-1].objective:
            picks, value = points[-1].picks, points[-1].objective
        points.append(
            Point(budget=budget, spent=spent(problem, picks), objective=value, picks=picks)
        )
    return tuple(points)


def hull_of(points: Sequence[tuple[float, float]]) -> Hull:
    """The lower convex hull of points of money spent and objective.

    Raw optima may lie above it: efforts cannot be divided.
    """
    corners: list[tuple[float, float]] = []
    for money, value in sorted(set(points)):
        if corners and value >= corners[-1][1]:
            continue
        while len(corners) > 1 and _slope(corners[-2], corners[-1]) >= _slope(
            corners[-2], (money, value)
        ):
            corners.pop()
        corners.append((money, value))
    return Hull(
        corners=tuple(corners),
        slopes=tuple(_slope(one, two) for one, two in pairwise(corners)),
    )


def _slope(one: tuple[float, float], two: tuple[float, float]) -> float:
    return (two[1] - one[1]) / (two[0] - one[0])


def slope_at(hull: Hull, money: float) -> float | None:
    """The slope of the hull just below an amount of money; none where there is no slope yet."""
    found: float | None = None
    for (start, _), slope in zip(hull.corners[:-1], hull.slopes, strict=True):
        if start < money:
            found = slope
    return found


def by_falling_ratio(benefit: Numbers, usefulness: Numbers) -> list[int]:
    """Places in the order of the paper: what gains no usefulness first, then the highest ratio.

    Args:
        benefit: Risk taken away by each.
        usefulness: Usefulness gained by each; below 0 counts as none.
    """
    useful = usefulness > LEAST_USEFULNESS
    ratio = np.where(useful, benefit / np.where(useful, usefulness, 1.0), np.inf)
    return sorted(range(len(ratio)), key=lambda at: (-ratio[at], -benefit[at], at))


def cumulative_ratio(ratio: Sequence[float], cost: Sequence[float]) -> Numbers:
    """The ratio of all that is taken so far, when the best ratio is taken first; it never rises.

    Args:
        ratio: Worth for each unit of cost, of each effort.
        cost: Cost of each.
    """
    order = np.argsort(-np.asarray(ratio), kind="stable")
    ratios, costs = np.asarray(ratio)[order], np.asarray(cost)[order]
    falling: Numbers = np.cumsum(ratios * costs) / np.cumsum(costs)
    return falling
