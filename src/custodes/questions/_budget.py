"""What an effort's money would do elsewhere: the price of each option under the round's budget.

When an answer speaks of one effort only, the rest of the choice is the same in every draw. So the
best use of what is left is worked out once for each option of that effort, and the effort's own
decision, with these prices, is the portfolio's. Source: docs/explanation/questions.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from custodes.quantities import Worlds

LONGEST_FRONT = 4096
"""Points of a front; beyond, the best of each of so many steps of the budget is kept."""
_HALVINGS = 60


@dataclass(frozen=True, slots=True, eq=False)
class Options:
    """The options of one effort: the first is to decline, which costs and gains nothing."""

    gains: Worlds
    """Mean gain of each, shape (options,)."""
    costs: Worlds
    """Cost of each, the same shape."""


@dataclass(frozen=True, slots=True, eq=False)
class Prices:
    """What the options of every effort cost the rest of the portfolio, in gain."""

    by_effort: tuple[Worlds, ...]
    """For each effort, for each option; infinite where it is over the budget on its own."""
    is_exact: bool
    """Whether no point of a front had to be left out."""


@dataclass(frozen=True, slots=True, eq=False)
class _Front:
    """Undominated sums of money and gain: both rise along it."""

    costs: Worlds
    gains: Worlds
    is_exact: bool = True


_EMPTY = _Front(costs=np.zeros(1), gains=np.zeros(1))


def opportunity_prices(efforts: Sequence[Options], budget: float) -> Prices:
    """What each option of each effort costs the rest of the portfolio.

    price_ik = W_i(budget) - W_i(budget - cost_ik), W_i the best gain of all other efforts.

    Args:
        efforts: The options of each.
        budget: Money in all.
    """
    after = [_EMPTY]
    for each in reversed(efforts[1:]):
        after.append(_with(after[-1], each, budget))
    before, prices = _EMPTY, list[Worlds]()
    for each, rest in zip(efforts, reversed(after), strict=True):
        best = _best_of_two(before, rest, budget)
        prices.append(
            np.array([best - _best_of_two(before, rest, budget - cost) for cost in each.costs])
        )
        before = _with(before, each, budget)
    exact = before.is_exact and all(each.is_exact for each in after)
    return Prices(by_effort=tuple(prices), is_exact=exact)


def best_gain(efforts: Sequence[Options], budget: float) -> float:
    """The most that can be gained under the budget, one option an effort."""
    front = _EMPTY
    for each in efforts:
        front = _with(front, each, budget)
    return float(front.gains[-1])


def shadow_price(efforts: Sequence[Options], budget: float) -> float:
    """Gain of one more unit of money: the multiplier of the budget; 0 where it does not bind.

    min over price >= 0 of price*budget + sum_i max_k (gain_ik - price*cost_ik), by halving.
    """
    if not efforts:
        return 0.0
    gains, costs = padded([each.gains for each in efforts]), padded([e.costs for e in efforts])
    return float(multipliers(gains[..., None], costs, budget)[0])


def evpi_of_choice(gains: Sequence[Worlds], costs: Sequence[Worlds], budget: float) -> float:
    """Value of knowing everything before choosing, with money divisible: an approximation.

    mean_s D_s - D, D the smallest price*budget + sum_i max_k (gain_ik - price*cost_ik).

    Args:
        gains: For each effort, shape (options, draws).
        costs: For each effort, shape (options,).
        budget: Money in all.
    """
    if not gains:
        return 0.0
    table, prices = padded(gains), padded(costs)
    known = relaxed_gains(table, prices, budget).mean()
    now = relaxed_gains(table.mean(axis=2, keepdims=True), prices, budget)[0]
    return max(0.0, float(known - now))


def padded(rows: Sequence[Worlds]) -> Worlds:
    """Rows of options in one array; declining fills the places that are left."""
    most = max(len(each) for each in rows)
    table = np.zeros((len(rows), most, *rows[0].shape[1:]))
    for place, each in enumerate(rows):
        table[place, : len(each)] = each
    return table


def relaxed_gains(gains: Worlds, costs: Worlds, budget: float) -> Worlds:
    """The most that can be gained in each case, with money divisible: never less than whole."""
    price = multipliers(gains, costs, budget)
    total: Worlds = price * budget + _best(gains, costs, price).sum(axis=0)
    return total


def _best(gains: Worlds, costs: Worlds, price: Worlds) -> Worlds:
    best: Worlds = (gains - costs[..., None] * price).max(axis=1)
    return best


def multipliers(gains: Worlds, costs: Worlds, budget: float) -> Worlds:
    """The multiplier in each draw: the smallest price at which the budget is kept."""
    draws = int(gains.shape[2])
    with np.errstate(divide="ignore", invalid="ignore"):
        rates = np.where(costs[..., None] > 0, gains / costs[..., None], 0.0)
    dearest: Worlds = rates.max(axis=(0, 1))
    low, high = np.zeros(draws), np.maximum(dearest, np.zeros(draws)) * (1 + 1e-12)
    if not np.any(_spent(gains, costs, low) > budget):
        return low
    for _ in range(_HALVINGS):
        middle: Worlds = (low + high) / 2
        over = _spent(gains, costs, middle) > budget
        low[over] = middle[over]
        high[~over] = middle[~over]
    free = _spent(gains, costs, np.zeros(draws)) <= budget
    high[free] = 0.0
    return high


def _spent(gains: Worlds, costs: Worlds, price: Worlds) -> Worlds:
    """Money spent at a price; of equal options the first, which is declining or the cheaper."""
    chosen = np.argmax(gains - costs[..., None] * price, axis=1)
    spent: Worlds = np.take_along_axis(costs, chosen, axis=1).sum(axis=0)
    return spent


def _with(front: _Front, options: Options, budget: float) -> _Front:
    """The front when one more effort can be supported."""
    costs = (front.costs + options.costs[:, None]).ravel()
    gains = (front.gains + options.gains[:, None]).ravel()
    kept = costs <= budget
    return _undominated(costs[kept], gains[kept], budget=budget, is_exact=front.is_exact)


def _undominated(costs: Worlds, gains: Worlds, *, budget: float, is_exact: bool) -> _Front:
    order = np.lexsort((-gains, costs))
    costs, gains = costs[order], gains[order]
    before = np.concatenate([[-np.inf], np.maximum.accumulate(gains)[:-1]])
    kept = gains > before
    costs, gains = costs[kept], gains[kept]
    if len(costs) > LONGEST_FRONT:
        steps = np.floor(costs / budget * LONGEST_FRONT)
        last = np.append(steps[1:] != steps[:-1], True)
        costs, gains, is_exact = costs[last], gains[last], False
    return _Front(costs=costs, gains=gains, is_exact=is_exact)


def _best_of_two(one: _Front, other: _Front, budget: float) -> float:
    """The best sum of a point of each front within the budget; minus infinity without any."""
    left = budget - one.costs
    left = left[left >= 0]
    if not len(left):
        return -np.inf
    partner = np.searchsorted(other.costs, left, side="right") - 1
    return float((one.gains[: len(left)] + other.gains[partner]).max())
