import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choice_problems import a_problem
from custodes.choice import losses_alone, net_of, nets_alone, share_removed, tangent_of_loss
from custodes.choice._overlap import loss_of, scale_of, tangent_of_net


def random_picks(problem, seed):
    return np.random.default_rng(seed).random(len(problem.options)) < 0.4


def test_one_option_alone_has_its_own_net():
    draws = a_problem(3, hazards=2).draws["central"]

    alone = nets_alone(draws)

    for at in range(len(alone)):
        picks = np.zeros(len(alone), dtype=bool)
        picks[at] = True
        assert net_of(draws, picks) == pytest.approx(alone[at], abs=1e-12)


def test_two_shares_of_one_hazard_multiply():
    assert share_removed([0.2, 0.2], rho=0.0) == pytest.approx(0.36)
    assert share_removed([0.2, 0.2], rho=1.0) == pytest.approx(0.2)
    assert share_removed([], rho=0.5) == 0.0


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), hazards=st.integers(0, 3))
def test_a_tangent_touches_the_loss_and_lies_below_it(seed, hazards):
    problem = a_problem(seed, hazards=hazards)
    draws = problem.draws["central"]
    here, there = random_picks(problem, seed), random_picks(problem, seed + 1)
    shares = np.random.default_rng(seed).random(len(here))

    tangent = tangent_of_loss(draws, here)

    assert tangent(here) == pytest.approx(loss_of(draws, here), abs=1e-9)
    assert tangent(there) <= loss_of(draws, there) + 1e-9
    assert tangent(shares) <= loss_of(draws, shares) + 1e-9


def test_a_tangent_of_the_tail_needs_the_worst_draws_only():
    problem = a_problem(5, hazards=2)
    draws, picks = problem.draws["central"], random_picks(problem, 5)
    weights = np.zeros(draws.scenarios)
    weights[[3, 7]] = 0.5

    tangent = tangent_of_net(draws, picks, weights)

    assert tangent(picks) == pytest.approx(weights @ net_of(draws, picks), abs=1e-12)


def test_what_is_beside_the_net_adds_up():
    problem = a_problem(5, hazards=1)
    plain = problem.draws["central"]
    beside = np.arange(len(problem.options), dtype=float)
    with_beside = type(plain)(plain.adds, plain.backgrounds, plain.removes, beside)
    picks = random_picks(problem, 5)

    assert loss_of(with_beside, picks) == pytest.approx(
        loss_of(plain, picks) + beside[picks].sum()
    )
    assert losses_alone(with_beside) == pytest.approx(losses_alone(plain) + beside)
    assert tangent_of_loss(with_beside, picks)(picks) == pytest.approx(loss_of(with_beside, picks))


def test_the_scale_of_nothing_is_one():
    problem = a_problem(1, efforts=0)

    assert scale_of(problem.draws.values()) == 1.0
