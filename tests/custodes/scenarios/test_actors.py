import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import ndtr
from scipy.stats import binom, norm

from custodes.scenarios import p_act, payoff_at_threshold, run
from custodes.scenarios._actors import optimal_threshold, payoff_majority

JUDGES = st.fixed_dictionaries(
    {
        "actors": st.integers(1, 200),
        "noise": st.floats(0.1, 5),
        "value_spread": st.floats(0.1, 5),
    }
)


@given(JUDGES, st.floats(-3, 3))
@settings(max_examples=40)
def test_payoff_by_quadrature(judges, threshold):
    actors, noise, spread = judges["actors"], judges["noise"], judges["value_spread"]

    def worth(value):
        acting = 1 - ndtr((threshold - value) / noise) ** actors
        return value * acting * norm.pdf(value, scale=spread)

    whole = quad(worth, -9 * spread, 9 * spread, limit=400, points=[0.0], epsabs=1e-12)[0]
    assert float(payoff_at_threshold(threshold, **judges)) == pytest.approx(
        whole, rel=1e-7, abs=1e-9
    )


@given(JUDGES)
@settings(max_examples=40)
def test_no_threshold_of_a_grid_pays_more_than_the_best(judges):
    best = optimal_threshold(**judges)

    grid = best + np.linspace(-1, 1, 201) * judges["noise"]
    payoffs = payoff_at_threshold(grid, **judges)
    assert payoffs.max() <= payoffs[100] * (1 + 1e-12)
    assert best >= 0


@pytest.mark.parametrize("actors", [1, 5, 51, 501])
def test_majority_by_quadrature(actors):
    def worth(value):
        most = binom.sf((actors - 1) / 2, actors, ndtr(value / 0.7))
        return value * most * norm.pdf(value, scale=2)

    whole = quad(worth, -18, 18, limit=800, points=[0.0], epsabs=1e-12)[0]
    assert payoff_majority(actors=actors, noise=0.7, value_spread=2) == pytest.approx(
        whole, rel=1e-9
    )


def test_somebody_acts_by_simulation():
    """Misses by 0.005 about once in 100,000 runs of 200,000 draws."""
    rng = np.random.default_rng(2)
    estimates = -1 + 1.5 * rng.standard_normal((200_000, 5))

    share = np.mean(estimates.max(axis=1) > 0.25)

    found = p_act(value=-1.0, actors=5, noise=1.5, threshold=0.25)
    assert float(found) == pytest.approx(share, abs=0.005)


@given(JUDGES)
@settings(max_examples=40)
def test_ways_of_deciding_are_ordered(judges):
    outputs = run("actors", judges).outputs

    assert outputs.payoff_at_threshold <= outputs.payoff_optimal * (1 + 1e-12)
    assert outputs.payoff_optimal <= outputs.payoff_pooled * (1 + 1e-9)
    assert outputs.payoff_pooled <= outputs.payoff_omniscient
    if outputs.payoff_majority is not None:
        assert outputs.payoff_majority <= outputs.payoff_pooled * (1 + 1e-9)


def test_more_actors_make_a_harmful_act_likelier():
    acting = p_act(value=-1.0, actors=np.arange(1, 100), noise=1.0, threshold=0.0)

    assert np.all(np.diff(acting) > 0)


def test_an_even_number_has_no_majority():
    record = run("actors", {"actors": 4})

    assert record.outputs.payoff_majority is None
    assert record.notes == ("payoff_majority is null: an even number of actors can tie",)


def test_the_reading_tells_one_from_many():
    assert run("actors", {"actors": 1, "value": 1}).reading.startswith("The one actor")
    assert "useful act" in run("actors", {"actors": 1, "value": 1}).reading
    assert "At least one of 5 actors" in run("actors").reading
