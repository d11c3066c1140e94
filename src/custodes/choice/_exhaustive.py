"""Every portfolio of a small problem, one by one: the check that asks no solver.

A wrong optimum of about twenty 0-1 variables has been reported for the solver (HiGHS issue 2732).
The formula here is another one than the solver is given: products of the shares kept, not sums of
logarithms. Source: docs/explanation/choice.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from custodes.choice._cvar import keeps_cap, keeps_tail
from custodes.choice._overlap import scale_of
from custodes.choice._problem import FEASIBLE_WITHIN, Draws, Numbers, Picks, Problem
from custodes.choice._worldviews import Objective

MOST_COMBINATIONS = float(1 << 20)
"""Up to so many portfolios all are looked at."""
_MOST_TAILS = 1 << 16
"""Portfolios whose draws are looked at, best first, before we give up."""
_EQUAL = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Enumerated:
    """What looking at every portfolio found."""

    picks: Picks | None
    """The best portfolio; none where no portfolio keeps every row."""
    objective: float
    """Its objective; infinity where there is none."""
    combinations: int
    """Portfolios looked at."""
    feasible: int
    """How many of them keep the rows, the limits on draws left aside."""


def enumerate_all(problem: Problem, objective: Objective) -> Enumerated | None:
    """The best of all portfolios; none where there are too many.

    Ties: the smallest cost, then the first in the order of ids.
    """
    if problem.combinations > MOST_COMBINATIONS * (1 + 1e-9):
        return None
    left, right = (_half(problem, each) for each in _halves(problem))
    shape = (len(left), len(right))
    keeps = np.ones(shape, dtype=np.bool_)
    for row in problem.every_row:
        values = _sums(row.coefficients, left)[:, None] + _sums(row.coefficients, right)
        size = max(1.0, float(np.abs(row.coefficients).max(initial=0.0)))
        size = max(size, *(abs(each) for each in (row.lower, row.upper) if np.isfinite(each)))
        within = FEASIBLE_WITHIN * size
        keeps &= (values >= row.lower - within) & (values <= row.upper + within)
    worst = np.full(shape, -np.inf)
    for piece in objective.pieces:
        total = np.full(shape, piece.offset)
        for draws, weight in piece.parts:
            total += weight * _losses(draws, left, right)
        worst = np.maximum(worst, total)
    worst[~keeps] = np.inf
    feasible = int(np.count_nonzero(keeps))
    found = _best(problem, worst, left, right, feasible)
    if found is None:
        return None
    picks = None if found.size == 0 and problem.options else found
    return Enumerated(
        picks=picks,
        objective=objective.value(picks) if picks is not None else np.inf,
        combinations=shape[0] * shape[1],
        feasible=feasible,
    )


def _halves(problem: Problem) -> tuple[list[slice], list[slice]]:
    """Efforts in two groups with about equally many portfolios each."""
    groups: tuple[list[slice], list[slice]] = ([], [])
    sizes = [1, 1]
    for each in sorted(problem.members, key=lambda each: each.start - each.stop):
        smaller = 0 if sizes[0] <= sizes[1] else 1
        groups[smaller].append(each)
        sizes[smaller] *= 1 + each.stop - each.start
    return groups


def _half(problem: Problem, members: Sequence[slice]) -> npt.NDArray[np.bool_]:
    """Every portfolio of some efforts, shape (portfolios, options)."""
    portfolios = np.zeros((1, len(problem.options)), dtype=np.bool_)
    for each in members:
        with_one = [portfolios]
        for place in range(each.start, each.stop):
            more = portfolios.copy()
            more[:, place] = True
            with_one.append(more)
        portfolios = np.concatenate(with_one)
    return portfolios


def _sums(values: Numbers, half: npt.NDArray[np.bool_]) -> Numbers:
    total: Numbers = half.astype(np.float64) @ values
    return total


def _losses(draws: Draws, left: npt.NDArray[np.bool_], right: npt.NDArray[np.bool_]) -> Numbers:
    """Loss of every pair of a left and a right portfolio."""
    single = draws.adds.mean(axis=1)
    if draws.beside is not None:
        single = single + draws.beside
    total: Numbers = _sums(single, left)[:, None] + _sums(single, right)
    for background, removes in zip(draws.backgrounds, draws.removes, strict=True):
        kept = np.exp(-removes)
        weighted = _kept(kept, left) * (background / draws.scenarios)
        total = total + weighted @ _kept(kept, right).T - background.mean()
    return total


def _kept(kept: Numbers, half: npt.NDArray[np.bool_]) -> Numbers:
    """The share of a hazard that each portfolio leaves, shape (portfolios, scenarios)."""
    left = np.ones((len(half), kept.shape[1]))
    for option in np.flatnonzero(half.any(axis=0)):
        left[half[:, option]] *= kept[option]
    return left


def _best(
    problem: Problem,
    worst: Numbers,
    left: npt.NDArray[np.bool_],
    right: npt.NDArray[np.bool_],
    feasible: int,
) -> Picks | None:
    """The best portfolio that keeps the limits on draws; an empty array where none does."""
    nothing = np.zeros(0, dtype=np.bool_)
    if feasible == 0:
        return nothing
    free = not problem.tails and problem.most_raising is None
    many = feasible if not free else min(feasible, 64)
    flat = worst.ravel()
    order = np.argpartition(flat, many - 1)[:many] if many < flat.size else np.arange(flat.size)
    order = order[np.argsort(flat[order], kind="stable")][:many]
    size = scale_of(problem.draws.values())
    best: list[tuple[float, tuple[int, ...], Picks]] = []
    least = np.inf
    for looked, place in enumerate(order):
        value = float(flat[place])
        if value > least + _EQUAL * max(size, abs(least)):
            break
        if looked >= _MOST_TAILS and not best:
            return None
        row, column = divmod(int(place), len(right))
        picks: Picks = left[row] | right[column]
        if free or (keeps_cap(problem, picks) and keeps_tail(problem, picks, scale=size)):
            least = min(least, value)
            cost = round(float(problem.cost @ picks), 9)
            best.append((cost, tuple(int(each) for each in np.flatnonzero(picks)), picks))
    return min(best, key=lambda each: each[:2])[2] if best else nothing
