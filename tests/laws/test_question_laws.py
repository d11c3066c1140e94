"""Laws that every value of information obeys, whatever the decision.

Closed forms and values of perfect information hold to rounding. An EVPPI is an estimate: laws that
compare two are allowed two of its standard errors, and 25 drawn decisions are looked at.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custodes.questions import (
    Options,
    best_gain,
    evpi,
    evpi_of_normal,
    evppi,
    evppi_of_classes,
    evsi,
    evsi_of_normal,
    evsi_of_trials,
    opportunity_prices,
)

DRAWS = 1024
FEW = settings(max_examples=25, deadline=None)
SEEDS = st.integers(0, 10_000)
SIZES = st.floats(0.1, 10)


def decision(seed, options=3):
    """Benefits that hang on three quantities, bent, and a fourth that nothing hangs on."""
    rng = np.random.default_rng(seed)
    quantities = rng.standard_normal((4, DRAWS))
    slopes = rng.standard_normal((options, 3))
    bends = 0.3 * rng.standard_normal((options, 3))
    used = quantities[:3]
    benefits = slopes @ used + bends @ (used**2) + rng.standard_normal((options, 1))
    benefits[0] = 0
    return benefits, quantities


@given(SEEDS)
@FEW
def test_no_quantity_is_worth_more_than_everything(seed):
    benefits, quantities = decision(seed)

    found = [evppi(benefits, each).evppi for each in quantities]

    assert all(0 <= each <= evpi(benefits) for each in found)


@given(SEEDS)
@FEW
def test_a_group_is_worth_at_least_its_members_and_at_most_everything(seed):
    benefits, quantities = decision(seed)

    pair = evppi(benefits, quantities[:2])
    members = [evppi(benefits, each).evppi for each in quantities[:2]]

    assert max(members) <= pair.evppi <= evpi(benefits)


def test_what_nothing_hangs_on_is_not_told_apart_from_nothing():
    # the floor lets through 1 in 20 and twice the error 1 in 40 of those that cross at all
    told = [
        evppi(benefits, quantities[3]).is_distinguishable
        for benefits, quantities in map(decision, range(60))
    ]

    assert sum(told) <= 4


@given(SEEDS, SIZES)
@FEW
def test_scaling_the_benefits_scales_every_value(seed, size):
    benefits, quantities = decision(seed)

    plain, scaled = evppi(benefits, quantities[0]), evppi(size * benefits, quantities[0])

    assert evpi(size * benefits) == pytest.approx(size * evpi(benefits), rel=1e-12)
    assert scaled.evppi == pytest.approx(size * plain.evppi, rel=1e-9, abs=1e-12)
    assert scaled.standard_error == pytest.approx(size * plain.standard_error, rel=1e-9, abs=1e-12)


@given(SEEDS)
@FEW
def test_what_all_options_share_changes_nothing(seed):
    benefits, quantities = decision(seed)
    shift = np.random.default_rng(seed + 1).standard_normal(DRAWS)

    plain, shifted = evppi(benefits, quantities[0]), evppi(benefits + shift, quantities[0])

    assert evpi(benefits + shift) == pytest.approx(evpi(benefits), abs=1e-12)
    assert shifted.evppi == pytest.approx(plain.evppi, abs=1e-9)


@given(SEEDS)
@FEW
def test_the_order_of_draws_and_options_says_nothing(seed):
    benefits, quantities = decision(seed)
    rng = np.random.default_rng(seed)
    draws, options = rng.permutation(DRAWS), rng.permutation(len(benefits))
    plain = evppi(benefits, quantities[0])

    moved = evppi(benefits[options][:, draws], quantities[0][draws])

    assert moved.evppi == pytest.approx(plain.evppi, abs=1e-9)
    assert moved.standard_error == pytest.approx(plain.standard_error, abs=1e-9)
    assert moved.floor_p95 == pytest.approx(plain.floor_p95, abs=1e-9)


@given(SEEDS)
@FEW
def test_a_rising_change_of_the_quantity_changes_nothing(seed):
    benefits, quantities = decision(seed)

    assert evppi(benefits, np.exp(quantities[0])) == evppi(benefits, quantities[0])


@given(SEEDS)
@FEW
def test_one_more_option_never_lowers_what_can_be_reached(seed):
    benefits, _ = decision(seed, options=4)

    assert benefits[:3].max(axis=0).mean() <= benefits.max(axis=0).mean()


@given(SEEDS, st.lists(st.floats(0, 1), min_size=2, max_size=2))
@FEW
def test_a_sharper_study_is_worth_more_up_to_knowing(seed, shares):
    # convex in the mean after the study; the fit itself need not be, so two errors are allowed
    benefits, quantities = decision(seed, options=2)
    low, high = sorted(shares)
    allowed = 2 * evppi(benefits, quantities[0]).standard_error + 1e-9

    worth = [evsi(benefits, quantities[0], share=each) for each in (low, high, 1.0)]

    assert worth[0] <= worth[1] + allowed
    assert worth[1] <= worth[2] + allowed


@given(st.floats(-3, 3), SIZES, SIZES, st.integers(1, 500))
def test_more_observations_are_worth_more_up_to_knowing(mean, prior_sd, observation_sd, number):
    def value(n):
        return evsi_of_normal(n, mean=mean, prior_sd=prior_sd, observation_sd=observation_sd)

    assert 0 <= value(number) <= value(number + 1) + 1e-12
    assert value(number) <= evpi_of_normal(mean, prior_sd) + 1e-12


@given(st.floats(0.5, 20), st.floats(0.5, 20), st.floats(0.01, 0.99), st.integers(1, 60))
def test_more_trials_are_worth_no_less(successes, failures, threshold, trials):
    def value(n):
        return evsi_of_trials(n, successes=successes, failures=failures, threshold=threshold)

    assert -1e-12 <= value(trials) <= value(trials + 1) + 1e-9


@given(SEEDS)
@FEW
def test_which_expert_is_right_is_worth_no_more_than_everything(seed):
    benefits, _ = decision(seed)
    experts = np.random.default_rng(seed).integers(0, 3, DRAWS)

    assert 0 <= evppi_of_classes(benefits, experts) <= evpi(benefits) + 1e-12


@given(
    st.lists(st.tuples(st.floats(0, 5), st.floats(0.1, 3)), min_size=1, max_size=7),
    st.floats(0.5, 8),
)
@FEW
def test_the_best_under_a_budget_is_that_of_trying_everything(efforts, budget):
    options = [Options(gains=np.array([0.0, g]), costs=np.array([0.0, c])) for g, c in efforts]
    every = [
        [efforts[place] for place in range(len(efforts)) if number >> place & 1]
        for number in range(1 << len(efforts))
    ]
    best = max(sum(g for g, _ in each) for each in every if sum(c for _, c in each) <= budget)

    prices = opportunity_prices(options, budget).by_effort

    assert best_gain(options, budget) == pytest.approx(best)
    # with each effort's price, the better of its two options and the rest is the same best
    for place, (gain, cost) in enumerate(efforts):
        others = best_gain(options[:place] + options[place + 1 :], budget)
        reached = others + max(0.0, gain - prices[place][1] if cost <= budget else 0.0)
        assert reached == pytest.approx(best)
