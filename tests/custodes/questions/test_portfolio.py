"""The portfolio chosen again: beside every portfolio there is, and beside closed forms."""

from itertools import product

import numpy as np
import pytest
from scipy.special import ndtri

from custodes.questions import evpi_of_normal
from custodes.questions._evppi import orders_of
from custodes.questions._portfolio import Portfolio, best_gains

DRAWS = 4096
SCORES = ndtri((np.random.default_rng(1).permutation(DRAWS) + 0.5) / DRAWS)


def two_of_unit_cost(one, other):
    return Portfolio(
        gains=np.stack([one, other], axis=1),
        costs=(np.array([0.0, 1.0]), np.array([0.0, 1.0])),
        budget=1.0,
        seed=0,
    )


def order_of(quantity):
    return orders_of(quantity[None])[0]


def by_every_portfolio(gains, costs, budget):
    """The best of all portfolios, one after another."""
    return max(
        sum(gain[place] for gain, place in zip(gains, chosen, strict=True))
        for chosen in product(*(range(len(each)) for each in costs))
        if sum(cost[place] for cost, place in zip(costs, chosen, strict=True)) <= budget
    )


def test_the_best_gain_is_that_of_every_portfolio():
    rng = np.random.default_rng(2)
    costs = [np.array([0.0, *rng.uniform(0.5, 2, rng.integers(1, 3))]) for _ in range(7)]
    gains = [
        np.hstack([np.zeros((40, 1)), rng.normal(0.5, 1, (40, len(cost) - 1))]) for cost in costs
    ]

    found = best_gains(gains, costs, 4.0)

    assert found == pytest.approx(
        [by_every_portfolio([each[case] for each in gains], costs, 4.0) for case in range(40)]
    )


def test_one_answer_does_not_spend_the_budget_twice():
    both = two_of_unit_cost(1 + SCORES, 1 + SCORES)

    found = both.estimate(order_of(SCORES))

    # V = max(0, 1 + x): one of the two is bought, and what matters is whether it is any good
    assert found.evppi == pytest.approx(evpi_of_normal(1.0, 1.0), rel=0.02)
    assert found.is_distinguishable


def test_an_answer_that_swaps_two_efforts_is_worth_the_mean_size():
    found = two_of_unit_cost(1 + SCORES, 1 - SCORES).estimate(order_of(SCORES))

    # V = 1 + |x|, now 1; E|x| = sqrt(2/pi)
    assert found.evppi == pytest.approx(np.sqrt(2 / np.pi), rel=0.01)


def test_a_useless_quantity_is_not_told_apart_from_nothing():
    noise = np.random.default_rng(3).normal(size=DRAWS)

    found = two_of_unit_cost(1 + SCORES, 1 - SCORES).estimate(order_of(noise))

    assert not found.is_distinguishable


def test_a_study_is_worth_what_its_sharper_mean_is_worth():
    shares = [0.5, 0.9]

    found = two_of_unit_cost(1 + SCORES, 1 - SCORES).evsi(SCORES, shares)

    assert found == pytest.approx([share * np.sqrt(2 / np.pi) for share in shares], rel=0.01)
