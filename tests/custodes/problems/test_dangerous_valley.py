import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import expit

from custodes.problems import (
    deployment,
    exposure,
    goes_ahead,
    hazard_if_deployed,
    logit_of_hazard,
    target_reduction,
)
from custodes.scenarios import developer_threshold_logit, society_threshold_logit


def arrays(**values):
    return {name: np.array(value) for name, value in values.items()}


GAME = {
    "safety_true": 1.0,
    "safety_believed": 1.6,
    "threshold_developer": 1.2,
    "threshold_society": 2.5,
    "licence": 0.6,
    "deployer_noise": 0.8,
    "regulator_noise": 0.5,
    "regulator_insight": 0.4,
    "deployers": 3.0,
}


def game(**changes):
    return float(goes_ahead(**arrays(**GAME | changes)))


def simulated(rng, repetitions):
    """The stage as it is told: each judges for itself, some need a licence, one is enough."""
    v = GAME
    count = (repetitions, int(v["deployers"]))
    judged = v["safety_believed"] + v["deployer_noise"] * rng.normal(size=count)
    wants = judged > v["threshold_developer"]
    needs = rng.random(count) < v["licence"]
    sees = v["safety_believed"] + v["regulator_insight"] * (
        v["safety_true"] - v["safety_believed"]
    )
    estimate = sees + v["regulator_noise"] * rng.normal(size=count)
    granted = estimate > v["threshold_society"]
    return (wants & (~needs | granted)).any(axis=1).mean()


def test_a_stage_goes_ahead_as_often_as_when_it_is_played():
    """A million games: standard error .0005; four of them, one seed in 16,000 by chance."""
    assert game() == pytest.approx(simulated(np.random.default_rng(0), 1_000_000), abs=0.002)


def test_nobody_goes_ahead_far_below_and_everybody_far_above():
    assert game(safety_true=-40.0, safety_believed=-40.0) == 0
    assert game(safety_true=40.0, safety_believed=40.0) == pytest.approx(1)
    assert game(safety_true=40.0, safety_believed=40.0) <= 1


def test_a_full_licence_leaves_it_to_the_regulator():
    """Its own threshold and noise, far above the developer's: the developer's no longer count."""
    free = game(licence=0.0, deployers=1.0, threshold_developer=-40.0)
    bound = game(licence=1.0, deployers=1.0, threshold_developer=-40.0, regulator_insight=1.0)

    assert free == pytest.approx(1)
    assert bound == pytest.approx(0.0013498980316300933)  # Phi(-3): 1.5 below, noise .5


def test_what_is_seen_through_is_a_share_of_the_gap():
    half = game(licence=1.0, regulator_insight=0.5)
    as_if = game(licence=1.0, regulator_insight=0.0, threshold_society=2.5 + 0.5 * 0.6)

    assert half == pytest.approx(as_if)


def test_the_same_object_as_belief_and_truth_is_only_quicker():
    safety = np.array(1.3)
    others = {k: v for k, v in arrays(**GAME).items() if not k.startswith("safety_")}

    same = goes_ahead(safety_true=safety, safety_believed=safety, **others)
    equal = goes_ahead(safety_true=safety.copy(), safety_believed=safety, **others)

    assert same == equal


PAYOFF = {
    "harm_internalised": 0.01,
    "liability": 0.02,
    "harm_benefit": 200.0,
    "benefit_captured": 0.3,
    "windfall": 0.1,
    "usefulness": 0.05,
    "rival_deploys": 0.6,
    "rents_lost": 0.4,
}


def gain(logit, v):
    """What a developer gains by deploying now.

    Its share of the benefit, rents that it would lose to a rival, and its share of the harm where
    no rival would have caused it anyway.
    """
    p = expit(logit)
    keeps = v["benefit_captured"] * (1 - v["windfall"]) * (1 + v["usefulness"])
    bears = min(v["harm_internalised"] + v["liability"], 1) * v["harm_benefit"]
    rival = v["rival_deploys"]
    return p * keeps * (1 + rival * v["rents_lost"]) - (1 - p) * bears * (1 - rival)


@pytest.mark.parametrize(
    "change", [{}, {"rival_deploys": 0.0}, {"liability": 1.0}, {"windfall": 0.9}]
)
def test_the_developers_threshold_is_where_its_gain_is_nothing(change):
    by_search = brentq(lambda logit: gain(logit, PAYOFF | change), -30, 30, xtol=1e-12)

    found = float(developer_threshold_logit(**arrays(**PAYOFF | change)))

    assert found == pytest.approx(by_search, abs=1e-9)


def test_societys_threshold_is_where_benefit_and_harm_balance():
    by_search = brentq(lambda logit: expit(logit) - (1 - expit(logit)) * 200, -30, 30, xtol=1e-12)

    assert float(society_threshold_logit(np.array(200.0))) == pytest.approx(by_search)


@pytest.mark.parametrize("logit", [-12.0, -1.0, 0.0, 2.0, 20.0])
def test_hazard_and_log_odds_go_there_and_back(logit):
    hazard = hazard_if_deployed(safety_logit=np.array(logit))

    assert np.exp(-hazard) == pytest.approx(expit(logit), rel=1e-12)
    assert logit_of_hazard(hazard=hazard) == pytest.approx(logit, abs=1e-9)


def test_exposure_is_full_if_deployed_and_partial_if_only_trained():
    found = exposure(**arrays(p_train=0.5, p_deploy=[0.0, 1.0], training_share=0.2))

    assert found == pytest.approx([0.1, 0.5])


def test_the_two_pieces_are_the_change_of_expected_harm():
    """First the target is made safer at the old exposure, then exposure rises: a telescope."""
    hazard, cut, q0, q1 = 0.4, 0.15, 0.3, 0.6
    scale = {"credit": 1.0, "reach_uncorrected": 0.1}

    safer = target_reduction(
        **arrays(
            **scale,
            exposure_before=q0,
            hazard_before=hazard,
            hazard_cut=cut,
            hazard_cut_here=cut,
        )
    )
    oftener = deployment(
        **arrays(
            **scale,
            exposure_after=q1,
            exposure_before=q0,
            p_harm_after=-np.expm1(-(hazard - cut)),
        )
    )

    expected = 0.1 * (q1 * -np.expm1(-(hazard - cut)) - q0 * -np.expm1(-hazard))
    assert safer + oftener == pytest.approx(expected, rel=1e-12)
    assert safer < 0 < oftener
