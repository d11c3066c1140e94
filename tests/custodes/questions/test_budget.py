"""Prices of options: what an effort's money would do elsewhere."""

import numpy as np
import pytest

from custodes.questions import Options, best_gain, evpi_of_choice, opportunity_prices, shadow_price


def supported(*pairs):
    return [Options(gains=np.array([0.0, g]), costs=np.array([0.0, c])) for g, c in pairs]


def test_a_budget_that_does_not_bind_has_no_price():
    efforts = supported((3, 1), (2, 1))

    assert shadow_price(efforts, 10) == 0
    assert [price[1] for price in opportunity_prices(efforts, 10).by_effort] == [0, 0]


def test_the_price_of_money_is_what_the_next_effort_would_gain():
    assert shadow_price(supported((3, 1), (2, 1), (1.5, 1)), 2) == pytest.approx(1.5, rel=1e-9)


def test_an_effort_over_the_budget_cannot_be_bought():
    prices = opportunity_prices(supported((3, 5)), 2)

    assert prices.by_effort[0][1] == np.inf


def test_an_effort_that_harms_is_left_out_of_the_best():
    assert best_gain(supported((-1, 1), (2, 1)), 2) == 2


def test_no_effort_at_all_gains_nothing():
    assert best_gain([], 1) == 0
    assert shadow_price([], 1) == 0
    assert evpi_of_choice([], [], 1) == 0


def test_many_efforts_keep_within_the_budget_and_near_the_best():
    rng = np.random.default_rng(1)
    pairs = [*zip(rng.uniform(0, 1, 150), rng.uniform(0.5, 1.5, 150), strict=True)]
    efforts = supported(*pairs)
    price = shadow_price(efforts, 40)
    bound = price * 40 + sum(max(0.0, gain - price * cost) for gain, cost in pairs)

    found = best_gain(efforts, 40)

    assert bound * 0.998 < found <= bound
    assert opportunity_prices(efforts, 40).is_exact


def test_a_front_that_is_cut_short_is_told():
    rng = np.random.default_rng(2)
    gains = rng.uniform(0.9, 1.1, 60)
    efforts = supported(*zip(gains, gains + rng.uniform(0, 1e-3, 60), strict=True))

    assert not opportunity_prices(efforts, 30).is_exact


def test_knowing_everything_is_worth_the_better_choice_with_money_divisible():
    # two efforts of unit cost and money for one; either is 2 or 0, independently
    gains = [
        np.array([[0, 0, 0, 0], [2, 2, 0, 0]], dtype=float),
        np.array([[0, 0, 0, 0], [2, 0, 2, 0]], dtype=float),
    ]

    found = evpi_of_choice(gains, [np.array([0, 1.0])] * 2, 1)

    assert found == pytest.approx(1.5 - 1.0, abs=1e-9)
