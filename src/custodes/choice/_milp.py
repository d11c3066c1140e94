"""One call of the mixed-integer solver: the rows and cuts as a matrix, in units near 1.

Source: docs/explanation/choice.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array, vstack

from custodes.choice._overlap import Tangent, scale_of
from custodes.choice._problem import Numbers, Picks, Problem
from custodes.choice._worldviews import Objective

TIE = 1e-9
"""Weight of cost in the objective, so that of equal portfolios the cheapest is chosen."""
_LEAST_TIME = 0.1
"""Seconds that a call is given at least: the first always finds something."""
_INFEASIBLE = 2


class NoPortfolioError(Exception):
    """No portfolio keeps every row; caught where the rows that conflict are named."""


class NotInTimeError(NoPortfolioError):
    """The time was over before a portfolio was found that keeps every row; there may be one."""


@dataclass(slots=True, eq=False)
class Cuts:
    """What was learnt about the objective and the tail; true for every portfolio."""

    objective: list[Tangent] = field(default_factory=list[Tangent])
    """Each lies below the objective."""
    tail: list[tuple[Tangent, float]] = field(default_factory=list[tuple[Tangent, float]])
    """Each must not pass its limit."""
    refused: list[Picks] = field(default_factory=list[Picks])
    """Portfolios that the solver returned although they pass a row by its tolerance."""
    size: float | None = None
    """The largest loss of an option, to which tolerances are relative."""

    def size_of(self, problem: Problem) -> float:
        """The largest loss of an option, worked out once."""
        if self.size is None:
            self.size = scale_of(problem.draws.values())
        return self.size


def solve_once(  # noqa: PLR0913 (what one call of the solver hangs on)
    problem: Problem,
    objective: Objective,
    cuts: Cuts,
    *,
    size: float,
    gap: float,
    until: float,
    whole: bool = True,
) -> OptimizeResult:
    """One call of HiGHS; money in units of the dearest option, values in units of the largest.

    Args:
        problem: The problem.
        objective: What is made small.
        cuts: What was learnt about the objective and the tail.
        size: The size of a net.
        gap: Relative gap at which it stops.
        until: When it stops, by the monotonic clock.
        whole: Whether options are taken whole; shares of them otherwise.

    Raises:
        NoPortfolioError: It says that no portfolio keeps the rows.
    """
    options = len(problem.options)
    linear = objective.is_linear
    columns = options if linear else options + 1
    dearest = float(np.abs(problem.cost).max(initial=0.0)) or 1.0
    integral = np.zeros(columns, dtype=np.int64)
    integral[:options] = int(whole)
    weights: Numbers = np.zeros(columns)
    weights[:options] = TIE * problem.cost / (dearest * max(1, len(problem.members)))
    if linear:
        weights[:options] += cuts.objective[0].slope / size
    else:
        weights[-1] = 1.0
    found = milp(
        weights,
        integrality=integral,
        bounds=Bounds(
            np.concatenate([np.zeros(options), np.full(columns - options, -np.inf)]),
            np.concatenate([np.ones(options), np.full(columns - options, np.inf)]),
        ),
        constraints=_constraints(problem, cuts, size=size, columns=columns),
        options={"mip_rel_gap": gap, "time_limit": max(_LEAST_TIME, until - monotonic())},
    )
    if found.status == _INFEASIBLE:
        raise NoPortfolioError
    return found


def _constraints(problem: Problem, cuts: Cuts, *, size: float, columns: int) -> LinearConstraint:
    options = len(problem.options)
    member = np.repeat(
        np.arange(len(problem.members)), [each.stop - each.start for each in problem.members]
    )
    one_each = csr_array(
        (np.ones(options), (member, np.arange(options))), shape=(len(problem.members), columns)
    )
    rows: list[Numbers] = []
    lower: list[float] = []
    upper: list[float] = []

    def add(coefficients: Numbers, low: float, high: float, *, objective: float = 0.0) -> None:
        row = np.zeros(columns)
        row[:options] = coefficients
        if objective:
            row[-1] = objective
        rows.append(row)
        lower.append(low)
        upper.append(high)

    for each in problem.every_row:
        unit = _unit(each.coefficients)
        add(each.coefficients / unit, each.lower / unit, each.upper / unit)
    if columns > options:
        for tangent in cuts.objective:
            add(tangent.slope / size, -np.inf, -tangent.at_zero / size, objective=-1.0)
    for tangent, limit in cuts.tail:
        add(tangent.slope / size, -np.inf, (limit - tangent.at_zero) / size)
    for picks in cuts.refused:
        add(np.where(picks, 1.0, -1.0), -np.inf, float(picks.sum()) - 1.0)
    matrix = vstack([one_each, csr_array(np.array(rows))], format="csr")
    number = len(problem.members)
    return LinearConstraint(
        matrix,
        np.concatenate([np.full(number, -np.inf), lower]),
        np.concatenate([np.ones(number), upper]),
    )


def _unit(coefficients: Numbers) -> float:
    """What a row is divided by: its largest coefficient, so that none is above 1."""
    return float(np.abs(coefficients).max(initial=0.0)) or 1.0
