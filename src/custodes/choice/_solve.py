"""The optimum by mixed-integer programming: tangents for what is convex, rows for the tail.

Every cut is valid for every portfolio, so the solver's bound is a bound of the whole problem, and
cuts found for one budget serve the next. Source: docs/explanation/choice.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic
from typing import Any, Literal, TypeAlias

import numpy as np
from scipy.optimize import OptimizeResult

from custodes.choice._cvar import SEEN_WITHIN, keeps_tail, tail_row
from custodes.choice._milp import TIE, Cuts, NoPortfolioError, NotInTimeError, solve_once
from custodes.choice._moves import improved, rounded
from custodes.choice._problem import (
    FEASIBLE_WITHIN,
    Numbers,
    Picks,
    Problem,
    largest_violation,
)
from custodes.choice._worldviews import Objective

FEW_EFFORTS = 200
"""Up to so many efforts the solver's relative gap is the smaller one."""
SMALL_GAP, LARGE_GAP = 1e-6, 1e-4
"""Relative gaps at which the solver stops."""
TIME_LIMIT = 60.0
"""Seconds that one search may take, all its calls of the solver together."""
CLOSE = 1e-3
"""Relative gap at which a portfolio of a large problem is taken."""
Ended: TypeAlias = Literal["optimal", "rounded", "time limit"]
"""How the search ended."""
_MOST_ROUNDS = 200
_WHOLE_WITHIN = 1e-6
_LIMIT_REACHED = 1


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """What the solver found."""

    picks: Picks
    """The portfolio."""
    objective: float
    """Its objective, recomputed from the draws; to be made small."""
    bound: float
    """No portfolio is below this."""
    relaxed: float
    """The bound when shares of options are allowed."""
    rounds: int
    """Calls of the solver for whole options."""
    rows: int
    """Rows of the last call."""
    ended: Ended
    """`optimal`; `rounded`: the relaxation, rounded and filled; or `time limit`."""


def solve(
    problem: Problem,
    objective: Objective,
    *,
    cuts: Cuts | None = None,
    time_limit: float = TIME_LIMIT,
) -> Solved:
    """The portfolio with the least objective, and a bound that nothing is below.

    Args:
        problem: The problem; its cap on the portfolio's P(raises risk) is left aside.
        objective: What is made small.
        cuts: What was learnt before about the same options and objective; grows.
        time_limit: Seconds for all calls of the solver together.

    Raises:
        NoPortfolioError: The rows conflict.
        NotInTimeError: No portfolio was found in the time.
    """
    until = monotonic() + time_limit
    known = Cuts() if cuts is None else cuts
    size = known.size_of(problem)
    known = replace(known, refused=[])
    few = len(problem.members) <= FEW_EFFORTS
    stop = SMALL_GAP if few else LARGE_GAP
    close = SMALL_GAP if few else CLOSE
    if not problem.options:
        nothing = np.zeros(0, dtype=np.bool_)
        value = objective.value(nothing)
        _refuse_if_passed(problem, nothing)
        return Solved(nothing, value, value, value, 0, 0, "optimal")
    _start(objective, known, problem)
    relaxation = _relaxation(problem, objective, known, size=size, stop=stop, until=until)
    relaxed = bound = relaxation.bound
    best: Picks | None = None
    best_value = np.inf
    ended: Ended = "optimal"
    if not few and not objective.is_linear:
        best = _filled(problem, objective, relaxation.shares, size)
        if best is not None:
            best_value = objective.value(best)
            if best_value - bound <= CLOSE * max(abs(best_value), 1e-3 * size):
                return _solved(problem, known, best, best_value, bound, relaxed, 0, "rounded")
    rounds = 0
    while True:
        rounds += 1
        found = solve_once(problem, objective, known, size=size, gap=stop, until=until)
        bound = max(bound, _bound_of(found, objective, known, size))
        picks = _whole(found.x, len(problem.options))
        if picks is None:
            ended = "time limit"
            break
        grew = _tail_cut(problem, picks, known, size, within=SEEN_WITHIN)
        grew = grew or _refused(problem, picks, known, size)
        if not grew:
            value = objective.value(picks)
            if value < best_value:
                best, best_value = picks, value
            grew = _tangents(objective, picks, known, size=size, floor=bound, stop=stop)
        if found.status == _LIMIT_REACHED:
            ended = "time limit"
            break
        if not grew or (best is not None and best_value - bound <= close * abs(best_value)):
            break
        if rounds == _MOST_ROUNDS or monotonic() > until:
            ended = "time limit"
            break
    if best is None or ended == "time limit":
        best = _better(problem, objective, best, size)
        best_value = objective.value(best)
    return _solved(problem, known, best, best_value, bound, relaxed, rounds, ended)


def _solved(  # noqa: PLR0913,PLR0917 (the fields of a result)
    problem: Problem,
    cuts: Cuts,
    picks: Picks,
    value: float,
    bound: float,
    relaxed: float,
    rounds: int,
    ended: Ended,
) -> Solved:
    return Solved(
        picks=picks,
        objective=value,
        bound=min(bound, value),
        relaxed=min(relaxed, value),
        rounds=rounds,
        rows=len(problem.members)
        + len(problem.every_row)
        + len(cuts.objective)
        + len(cuts.tail)
        + len(cuts.refused),
        ended=ended,
    )


def _filled(problem: Problem, objective: Objective, shares: Numbers, size: float) -> Picks | None:
    """The relaxation rounded, and filled up by single steps; none where a row is not kept."""

    def allowed(picks: Picks) -> bool:
        return keeps_tail(problem, picks, scale=size)

    start = rounded(shares)
    if largest_violation(problem, start)[0] > FEASIBLE_WITHIN or not allowed(start):
        return None
    return improved(problem, objective, start, allowed=allowed)


def _better(problem: Problem, objective: Objective, best: Picks | None, size: float) -> Picks:
    """What single steps make of the best portfolio found, or of nothing where there is none.

    Raises:
        NotInTimeError: Nothing was found, and choosing nothing passes a row or a limit.
    """
    start = np.zeros(len(problem.options)) if best is None else best.astype(np.float64)
    found = _filled(problem, objective, start, size)
    if found is None:
        raise NotInTimeError
    return found


def _refuse_if_passed(problem: Problem, picks: Picks) -> None:
    if largest_violation(problem, picks)[0] > FEASIBLE_WITHIN:
        raise NoPortfolioError


def _start(objective: Objective, cuts: Cuts, problem: Problem) -> None:
    if not cuts.objective:
        nothing = np.zeros(len(problem.options))
        cuts.objective += [piece.tangent(nothing) for piece in objective.pieces]


@dataclass(frozen=True, slots=True, eq=False)
class _Relaxation:
    """The problem with shares of options allowed."""

    bound: float
    shares: Numbers


def _relaxation(
    problem: Problem, objective: Objective, cuts: Cuts, *, size: float, stop: float, until: float
) -> _Relaxation:
    """The bound with shares of options allowed; finds most cuts on the way."""
    bound = -np.inf
    shares = np.zeros(len(problem.options))
    for _ in range(_MOST_ROUNDS):
        found = solve_once(problem, objective, cuts, size=size, gap=stop, until=until, whole=False)
        if found.x is None:
            break
        bound = max(bound, (float(found.fun) - TIE) * size + _shift(objective, cuts))
        shares = np.clip(np.asarray(found.x[: len(problem.options)], dtype=np.float64), 0.0, 1.0)
        grew = _tail_cut(problem, shares, cuts, size, within=SEEN_WITHIN)
        grew |= _tangents(objective, shares, cuts, size=size, floor=bound, stop=stop)
        if not grew or monotonic() > until:
            break
    return _Relaxation(bound=bound, shares=shares)


def _tangents(
    objective: Objective,
    picks: Numbers | Picks,
    cuts: Cuts,
    *,
    size: float,
    floor: float,
    stop: float,
) -> bool:
    """Add tangents at a portfolio where the objective lies above all that are known."""
    if objective.is_linear:
        return False
    lowest = max(each(picks) for each in cuts.objective)
    value = objective.value(picks)
    if value - max(lowest, floor) <= stop * max(size, abs(value)) * 0.1:
        return False
    within = 1e-9 * max(size, abs(value))
    new = [piece for piece in objective.pieces if piece.value(picks) > lowest + within]
    cuts.objective += [piece.tangent(picks) for piece in new]
    return bool(new)


def _tail_cut(
    problem: Problem, picks: Numbers | Picks, cuts: Cuts, size: float, *, within: float
) -> bool:
    new = [
        (row, tail.limit)
        for tail in problem.tails
        for view in problem.tail_views
        if (row := tail_row(problem.draws[view], picks, tail, scale=size, within=within))
        is not None
    ]
    cuts.tail += new
    return bool(new)


def _refused(problem: Problem, picks: Picks, cuts: Cuts, size: float) -> bool:
    """Cut off one portfolio that passes a row or a limit by no more than the solver lets it.

    A further row would be kept by the solver's tolerance, and the same portfolio come again.
    """
    if largest_violation(problem, picks)[0] <= FEASIBLE_WITHIN and keeps_tail(
        problem, picks, scale=size
    ):
        return False
    cuts.refused.append(picks)
    return True


def _whole(x: Any, options: int) -> Picks | None:  # noqa: ANN401 (none, or an array)
    if x is None:
        return None
    values = np.asarray(x[:options], dtype=np.float64)
    picks: Picks = values > 0.5  # noqa: PLR2004 (half of 0 and 1)
    if np.abs(values - picks).max(initial=0.0) > 1e3 * _WHOLE_WITHIN:
        return None
    return picks


def _shift(objective: Objective, cuts: Cuts) -> float:
    """The part of a linear objective that no option changes."""
    return cuts.objective[0].at_zero if objective.is_linear else 0.0


def _bound_of(found: OptimizeResult, objective: Objective, cuts: Cuts, size: float) -> float:
    dual = found.get("mip_dual_bound")
    if dual is None or not np.isfinite(dual):
        return -np.inf
    return (float(dual) - TIE) * size + _shift(objective, cuts)
