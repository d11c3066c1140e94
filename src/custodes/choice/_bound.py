"""A bound that needs no solver, and the price of money that comes with it.

Source: docs/explanation/choice.md; Everett 1963, doi 10.1287/opre.11.3.399.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from custodes.choice._overlap import Tangent
from custodes.choice._problem import Picks, Problem

_STEPS = 200


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """What money is worth at the margin, and what no portfolio can be below."""

    bound: float
    """No portfolio that keeps the budget has a lower objective."""
    price: float
    """mu: loss that one more unit of money takes away at the margin."""


def lagrange(problem: Problem, tangent: Tangent) -> Priced:
    """The bound from a price on the budget alone; the other rows are left aside.

    Formula::

        value <= sum_i max(0, max_k (v_ik - mu c_ik)) + mu B     for every mu >= 0

    With v = -slope of a linear function that lies below the objective, this holds for every
    portfolio; mu is found by ternary search, because the right side is convex in it.

    Args:
        problem: The problem.
        tangent: A linear function below the objective everywhere.
    """
    if not problem.options:
        return Priced(bound=tangent.at_zero, price=0.0)
    open_ = ~barred(problem)
    value = np.where(open_, -tangent.slope, -np.inf)
    cost = problem.cost
    starts = np.array([each.start for each in problem.members])

    def most(price: float) -> float:
        best = np.maximum.reduceat(value - price * cost, starts)
        return float(np.maximum(best, 0.0).sum()) + price * problem.budget

    per_cost = value[open_ & (cost > 0)] / cost[open_ & (cost > 0)]
    low, high = 0.0, float(per_cost.max(initial=0.0))
    if most(0.0) <= most(high * 1e-12):
        return Priced(bound=tangent.at_zero - most(0.0), price=0.0)
    for _ in range(_STEPS):
        third = (high - low) / 3.0
        if most(low + third) <= most(high - third):
            high -= third
        else:
            low += third
    price = (low + high) / 2.0
    return Priced(bound=tangent.at_zero - most(price), price=price)


def barred(problem: Problem) -> Picks:
    """Options that a single row forbids, shape (options,): over the cap, or fixed out."""
    out: Picks = np.zeros(len(problem.options), dtype=np.bool_)
    for row in problem.rows:
        if row.upper <= 0 and (row.coefficients >= 0).all():
            out |= row.coefficients > 0
    return out
