"""The best portfolio with everything that shows that it is the best.

Source: docs/explanation/choice.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from custodes.choice._bound import Priced, lagrange
from custodes.choice._cvar import keeps_cap, keeps_tail
from custodes.choice._exhaustive import Enumerated, enumerate_all
from custodes.choice._milp import Cuts, NoPortfolioError
from custodes.choice._moves import improved
from custodes.choice._overlap import Tangent, losses_alone
from custodes.choice._problem import (
    FEASIBLE_WITHIN,
    Picks,
    Problem,
    Rule,
    Tail,
    largest_violation,
)
from custodes.choice._solve import TIME_LIMIT, Ended, Solved, solve
from custodes.choice._worldviews import Objective, objective_of

DISAGREES = 1e-7
"""Relative difference between two methods from which it is told."""
_LAST_CUTS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """A portfolio, its objective, and how it was shown to be the best."""

    picks: Picks
    """The portfolio."""
    aim: Objective
    """What was made small."""
    objective: float
    """Its value, recomputed from the draws."""
    bound: float
    """The best bound; no portfolio is below it."""
    bound_solver: float
    """The solver's own."""
    bound_relaxation: float
    """With shares of options allowed."""
    bound_lagrange: float
    """From a price on the budget alone, without the solver."""
    price: float
    """Loss that one more unit of money takes away at the margin."""
    enumerated: Enumerated | None
    """The optimum among all portfolios, where there are few enough."""
    ended: Ended
    """How the solver's search ended."""
    rounds: int
    """Calls of the solver."""
    rows: int
    """Rows of the last call."""
    heuristic: bool
    """Whether the cap on the portfolio's P(raises risk) was met by search, not by proof."""
    warnings: tuple[str, ...]
    """Where methods disagree."""


def optimum(
    problem: Problem,
    *,
    cuts: Cuts | None = None,
    check: bool = True,
    objective: Objective | None = None,
    time_limit: float = TIME_LIMIT,
) -> Optimum:
    """The best portfolio, with its bounds.

    Args:
        problem: The problem.
        cuts: What was learnt about the same options and rule; grows.
        check: Whether to enumerate a small problem and to compute the bound without the solver.
        objective: The problem's own, where it is known already.
        time_limit: Seconds for the solver's search.

    Raises:
        NoPortfolioError: No portfolio keeps every row and limit.
    """
    known = Cuts() if cuts is None else cuts
    aim = objective or objective_of(problem, _best_alone(problem))
    size = known.size_of(problem)
    solved = solve(problem, aim, cuts=known, time_limit=time_limit)
    capped = not keeps_cap(problem, solved.picks)
    enumerated = enumerate_all(problem, aim) if check or capped else None
    picks, value = solved.picks, solved.objective
    heuristic = False
    if capped and enumerated is None:
        picks = _under_cap(problem, aim, size)
        value = aim.value(picks)
        heuristic = True
    warnings: list[str] = []
    if enumerated is not None:
        if enumerated.picks is None:
            raise NoPortfolioError
        apart = value - enumerated.objective
        if capped or apart > 0:
            if not capped and apart > DISAGREES * max(size * 1e-3, abs(enumerated.objective)):
                warnings.append(
                    f"the solver's answer, {value:.9g}, is not the best: looking at every "
                    f"portfolio finds {enumerated.objective:.9g}, which is returned"
                )
            picks, value = enumerated.picks, enumerated.objective
        elif -apart > DISAGREES * max(size * 1e-3, abs(enumerated.objective)):
            warnings.append(
                f"looking at every portfolio finds {enumerated.objective:.9g}, worse than the "
                f"solver's {value:.9g}; the solver's, which keeps every row, is returned"
            )
    priced = _priced(problem, aim, known, picks) if check else Priced(bound=-np.inf, price=0.0)
    return Optimum(
        picks=picks,
        aim=aim,
        objective=value,
        bound=value
        if enumerated is not None and value <= enumerated.objective
        else min(value, max(solved.bound, solved.relaxed, priced.bound)),
        bound_solver=solved.bound,
        bound_relaxation=solved.relaxed,
        bound_lagrange=priced.bound,
        price=priced.price,
        enumerated=enumerated,
        ended=solved.ended,
        rounds=solved.rounds,
        rows=solved.rows,
        heuristic=heuristic,
        warnings=(*warnings, *_contradictions(solved, priced, value, size)),
    )


def best_alone(problem: Problem) -> dict[str, Optimum]:
    """The best portfolio under each worldview by itself."""
    return {name: optimum(under_one(problem, name), check=False) for name in problem.draws}


def under_one(problem: Problem, view: str) -> Problem:
    """The same problem where one worldview decides."""
    return replace(problem, draws={view: problem.draws[view]}, rule=Rule("first"))


def _best_alone(problem: Problem) -> Mapping[str, float] | None:
    if problem.rule.name != "regret":
        return None
    return {name: each.objective for name, each in best_alone(problem).items()}


def _under_cap(problem: Problem, objective: Objective, size: float) -> Picks:
    """A portfolio under the cap on its P(raises risk), good but not proven to be the best.

    The mean of the worst share P of draws at most 0 is enough for the cap, and often far too
    strict; from that portfolio, and from nothing, single steps go on under the true share.
    """
    share = problem.most_raising or 0.0

    def allowed(picks: Picks) -> bool:
        return keeps_cap(problem, picks) and keeps_tail(problem, picks, scale=size)

    starts = [np.zeros(len(problem.options), dtype=np.bool_)]
    strict = replace(
        problem, tails=(*problem.tails, Tail(level=1.0 - share, limit=0.0)), most_raising=None
    )
    with suppress(NoPortfolioError):
        starts.append(solve(strict, objective).picks)
    ends = [
        improved(problem, objective, start, allowed=allowed)
        for start in starts
        if allowed(start) and largest_violation(problem, start)[0] <= FEASIBLE_WITHIN
    ]
    if not ends:
        raise NoPortfolioError
    return min(ends, key=objective.value)


def _priced(problem: Problem, objective: Objective, cuts: Cuts, picks: Picks) -> Priced:
    """The best of the bounds that single linear functions below the objective give."""
    below = [*cuts.objective[-_LAST_CUTS:], *(each.tangent(picks) for each in objective.pieces)]
    below += _additive(objective)
    return max((lagrange(problem, each) for each in below), key=lambda each: each.bound)


def _additive(objective: Objective) -> list[Tangent]:
    """The sum of single losses, which is below the objective where every share removed is >= 0."""
    return [
        Tangent(
            at_zero=piece.offset,
            slope=np.sum([weight * losses_alone(draws) for draws, weight in piece.parts], axis=0),
        )
        for piece in objective.pieces
        if all((each >= 0).all() for draws, _ in piece.parts for each in draws.removes)
    ]


def _contradictions(solved: Solved, priced: Priced, value: float, size: float) -> list[str]:
    """Bounds that lie above a portfolio that keeps every row: one of the two is wrong."""
    within = DISAGREES * max(abs(value), size * 1e-3)
    told = (("solver", solved.bound), ("relaxation", solved.relaxed), ("price", priced.bound))
    return [
        f"the bound of the {name}, {bound:.9g}, is above a portfolio of {value:.9g}"
        for name, bound in told
        if bound > value + within
    ]
