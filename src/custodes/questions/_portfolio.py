"""The portfolio chosen again for each answer to a question that bears on several efforts.

A fixed price of money takes each effort alone, and so lets one answer spend the budget several
times over. Here whole efforts are chosen under the budget at every value that is looked at.
Source: docs/explanation/questions.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from custodes.quantities import Worlds
from custodes.questions._budget import Options, best_gain, multipliers, padded, relaxed_gains
from custodes.questions._decisions import Decisions
from custodes.questions._evppi import Estimate, Flags, Orders, fits_of_each, named_generator
from custodes.questions._evsi import hermite_basis
from custodes.questions._regression import fitted, rank_basis

Places: TypeAlias = npt.NDArray[np.int64]
"""Numbers of efforts, options or cases."""

VALUES = 256
"""Values of the quantity at which the portfolio is chosen again, evenly spread over its ranks."""
_FEWER_VALUES = 64
_REPEATS = 20
_SLACK = 1e-12
_FILLERS = 100
_FLOOR_SHARE = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Portfolio:
    """The options of all efforts, to be chosen among at each value of a quantity."""

    gains: Worlds
    """Gain of every option but declining, in each draw, shape (draws, options)."""
    costs: tuple[Worlds, ...]
    """Cost of the options of each effort, declining first."""
    budget: float
    """Money in all."""
    seed: int
    """Names the streams; 0 is a seed."""

    def estimate(self, order: Orders) -> Estimate:
        """Value of knowing one quantity, with its standard error and noise floor.

        mean_u V(fit(u)) - V(mean_u fit(u)), V the most that whole efforts can gain under the
        budget and the fits those of `evppi`. V is convex, so it is 0 or more. For the error and
        the floor money is taken as divisible, which is convex too, and quick.

        Args:
            order: Draws in the order of the quantity, shape (draws,).
        """
        draws = len(self.gains)
        generator = named_generator(self.seed, "portfolio")
        (fit,) = fits_of_each(self.gains, order[None])
        many, few = _thinned(rank_basis(draws), VALUES), _thinned(rank_basis(draws), _FEWER_VALUES)
        spread = np.where(fit.coefficients != 0, fit.errors, 0.0)
        noises = generator.standard_normal((_REPEATS, *spread.shape))
        redrawn = [
            self._worth_divisible(few @ (fit.coefficients + spread * noise)) for noise in noises
        ]
        useless = fits_of_each(
            self.gains, np.stack([generator.permutation(order) for _ in range(_REPEATS)])
        )
        floor = [self._worth_divisible(each.at(few)) for each in useless]
        return Estimate(
            evppi=self._worth(fit.at(many)),
            standard_error=float(np.std(redrawn, ddof=1)),
            floor_median=float(np.median(floor)),
            floor_p95=float(np.quantile(floor, _FLOOR_SHARE)),
        )

    def evsi(self, quantity: Worlds, shares: Sequence[float]) -> tuple[float, ...]:
        """EVSI of normal studies of a quantity on its scale, as `evsi` for one decision.

        Args:
            quantity: Shape (draws,).
            shares: r of each study, as `sharpness` gives it.
        """
        basis = hermite_basis(quantity)
        coefficients = fitted(basis, self.gains).coefficients
        powers = np.arange(len(coefficients))
        few = _thinned(basis[np.argsort(quantity, kind="stable")], _FEWER_VALUES)
        return tuple(
            self._worth_divisible(few @ (coefficients * np.power(share, powers)[:, None]))
            for share in shares
        )

    def _worth(self, fits: Worlds) -> float:
        """What it is worth to choose at each row rather than once, at their mean."""
        best = best_gains(self._rows(fits), self.costs, self.budget)
        return max(0.0, float(best[:-1].mean() - best[-1]))

    def _worth_divisible(self, fits: Worlds) -> float:
        """The same with money divisible."""
        table = padded([each.T for each in self._rows(fits)])
        best = relaxed_gains(table, padded(self.costs), self.budget)
        return max(0.0, float(best[:-1].mean() - best[-1]))

    def _rows(self, fits: Worlds) -> list[Worlds]:
        """Gains by effort, declining first; the last row is the mean of all."""
        zero = np.zeros((len(fits) + 1, 1))
        rows = np.vstack([fits, fits.mean(axis=0)])
        ends = np.cumsum([len(each) - 1 for each in self.costs])[:-1]
        return [np.hstack([zero, each]) for each in np.split(rows, ends, axis=1)]


def portfolio_of(decisions: Decisions, *, seed: int) -> Portfolio | None:
    """The options that are open; none where there is nothing to choose.

    Args:
        decisions: The round's decisions.
        seed: Names the streams; 0 is a seed.
    """
    choices = [each for each in decisions.choices if len(each.names) > 1]
    if not choices:
        return None
    gains = [each.stake.gains[list(each.kept)][1:] for each in choices]
    return Portfolio(
        gains=np.ascontiguousarray(np.concatenate(gains).T),
        costs=tuple(each.stake.costs[list(each.kept)] for each in choices),
        budget=decisions.budget,
        seed=seed,
    )


def _thinned(basis: Worlds, rows: int) -> Worlds:
    """About so many rows of a basis, evenly spread."""
    step = max(1, len(basis) // rows)
    return basis[step // 2 :: step]


def best_gains(gains: Sequence[Worlds], costs: Sequence[Worlds], budget: float) -> Worlds:
    """The most that can be gained under the budget, one option an effort, in each case.

    Where the price of money already proves that an option is in no best portfolio, it is left out
    before the fronts are put together: few efforts are left, and nothing is lost.

    Args:
        gains: For each effort, shape (cases, options); the first option is to decline.
        costs: For each effort, shape (options,).
        budget: Money in all.
    """
    table = padded([each.T for each in gains])
    prices = padded(costs)
    lengths: Places = np.array([len(each) for each in costs])
    places: Places = np.arange(int(prices.shape[1]))
    real: Flags = np.less(places, lengths[:, None])
    price = multipliers(table, prices, budget)
    reduced = table - prices[..., None] * price
    best: Worlds = reduced.max(axis=1)
    losses: Worlds = best[:, None] - reduced
    bound = price * budget + best.sum(axis=0)
    room = bound - _reached(table, prices, losses, budget) + _SLACK * np.abs(bound)
    open_: Flags = np.logical_and(np.less_equal(losses, room), real[..., None])
    return np.array(
        [
            _best_of_open(table[:, :, case], prices, open_[:, :, case], budget)
            for case in range(table.shape[2])
        ]
    )


def _reached(gains: Worlds, costs: Worlds, losses: Worlds, budget: float) -> Worlds:
    """What one good portfolio gains in each case: the one at the price, then filled up.

    The options that lose least at the price are taken in their order while money is left.
    """
    efforts, options = costs.shape
    cases = int(gains.shape[2])
    every: Places = np.arange(cases)
    chosen: Places = np.argmin(losses, axis=1)
    gained: Worlds = np.take_along_axis(gains, chosen[:, None], axis=1)[:, 0].sum(axis=0)
    spent: Worlds = np.take_along_axis(costs, chosen, axis=1).sum(axis=0)
    over = spent > budget
    chosen[:, over], gained, spent = 0, np.where(over, 0.0, gained), np.where(over, 0.0, spent)
    ranked: Places = np.argsort(losses.reshape(efforts * options, cases), axis=0, kind="stable")
    for place in ranked[: efforts + _FILLERS]:
        effort, option = place // options, place % options
        more = gains[effort, option, every] - gains[effort, chosen[effort, every], every]
        dearer = costs[effort, option] - costs[effort, chosen[effort, every]]
        taken = (more > 0) & (spent + dearer <= budget)
        chosen[effort[taken], every[taken]] = option[taken]
        gained = gained + np.where(taken, more, 0.0)
        spent = spent + np.where(taken, dearer, 0.0)
    return gained


def _best_of_open(gains: Worlds, costs: Worlds, open_: Flags, budget: float) -> float:
    """The best of the options that are left; efforts with one of them are settled first."""
    left = budget
    settled = 0.0
    free: list[Options] = []
    for gain, cost, kept in zip(gains, costs, open_, strict=True):
        places = np.flatnonzero(kept)
        if len(places) == 1:
            settled += float(gain[places[0]])
            left -= float(cost[places[0]])
        else:
            free.append(Options(gains=gain[places], costs=cost[places]))
    return settled + best_gain(free, max(left, 0.0))
