"""Studies and further experts, beside closed forms."""

import numpy as np
import pytest
from scipy.special import betaincinv, ndtri
from scipy.stats import qmc

from custodes.questions import (
    best_size,
    crux_value,
    effective_experts,
    evppi,
    evsi_of_experts,
    evsi_of_trials,
    evsi_of_trials_by_draws,
    sharpness,
)


def test_a_study_without_observations_or_of_what_is_known_tells_nothing():
    assert sharpness(0, prior_sd=1, observation_sd=1) == 0
    assert sharpness(9, prior_sd=0, observation_sd=1) == 0


def test_trials_drawn_agree_with_the_closed_form():
    uniforms = qmc.Sobol(2, rng=3).random(8192).T
    shares = betaincinv(2, 3, uniforms[0])
    benefits = np.stack([np.zeros(8192), shares - 0.5])

    found = [
        evsi_of_trials_by_draws(benefits, shares, trials=n, uniforms=uniforms[1])
        for n in (1, 5, 20)
    ]

    closed = [evsi_of_trials(n, successes=2, failures=3, threshold=0.5) for n in (1, 5, 20)]
    assert found == pytest.approx(closed, abs=0.001)


def test_experts_who_share_their_errors_count_for_less():
    assert effective_experts(0) == 0
    assert effective_experts(1) == 1
    assert effective_experts(4, correlation=0) == 4
    assert effective_experts(1000, correlation=0.3) == pytest.approx(1 / 0.3, rel=0.01)


def test_more_experts_are_worth_more_but_never_as_much_as_knowing():
    score = ndtri((np.arange(2048) + 0.5) / 2048)
    benefits = np.stack([np.zeros(2048), score])

    found = [evsi_of_experts(benefits, score, experts=n) for n in (0, 1, 3, 30)]

    assert found[0] == 0
    assert found == sorted(found)
    assert found[-1] < evppi(benefits, score).evppi


def test_no_study_where_none_pays_for_itself():
    found = best_size(lambda _: 0.1, sizes=range(1, 5), fixed=1)

    assert (found.observations, found.net_value) == (0, 0)


def test_a_crux_that_is_certain_or_rules_the_outcome_out():
    assert crux_value(p_outcome=0.2, p_crux=1, p_outcome_if_crux=0.2) == 0
    assert crux_value(p_outcome=0.5, p_crux=0.5, p_outcome_if_crux=1) == pytest.approx(np.log10(2))
