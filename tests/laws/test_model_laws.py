"""The laws of the model, with the wildest inputs in range (docs/explanation/model.md).

Hypothesis draws seeds, derandomised: the same in every run; each seed is a thousand worlds whose
inputs lie anywhere in their ranges, so that ends, zeros and extremes meet one another.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custodes.assessment import outcome
from custodes.benefits import cost_factor
from custodes.catalogue import MECHANISMS
from custodes.scenarios import developer_threshold_logit
from model_values import IDLE, effect_of, outcome_of
from wild_worlds import wild_worlds

EXACT = 1e-12
VALLEY = "dangerous_valley.deployment"
laws = settings(max_examples=20, derandomize=True, deadline=None)
seeds = st.integers(0, 2**32 - 1)


def sides(found):
    return found.parts.accident, found.parts.misuse


def is_zero(parts, *names):
    return all((np.asarray(parts[name]) == 0).all() for name in names or parts)


def rising(seed, name, low, high, count=1000):
    """Two rows of values, the second above the first."""
    rng = np.random.default_rng(seed)
    return {name: np.sort(rng.uniform(low, high, (2, count)), axis=0)}


def both(found, name):
    return found.parts.accident[name] + found.parts.misuse[name]


# 1 ---------------------------------------------------------------------------------------------


@given(seeds)
@settings(laws, max_examples=100)
def test_parts_add_up_to_net_and_risk_stays_a_probability(seed):
    found = outcome(wild_worlds(seed))

    accident, misuse = sides(found)
    total = sum(accident.values()) + sum(misuse.values())
    # finite too: no comparison with what is no number holds
    assert np.abs(total - found.net).max() <= EXACT
    assert np.isfinite(found.social_value).all()
    after = found.risk_before + found.net
    for risk in (found.risk_before, after):
        assert risk.min() >= -EXACT
        assert risk.max() <= 1 + EXACT


# 2 ---------------------------------------------------------------------------------------------


@given(seeds)
@laws
def test_an_effort_that_does_nothing_changes_nothing(seed):
    found = outcome(wild_worlds(seed, **IDLE))

    assert all(is_zero(parts) for parts in sides(found))
    assert (found.net == 0).all()
    assert (found.usefulness == 0).all()


# 3 ---------------------------------------------------------------------------------------------


@given(seeds)
@laws
def test_what_is_done_anyway_and_no_later_is_not_credited(seed):
    found = outcome(wild_worlds(seed, done_anyway=1.0, delay_share=0.0))

    for parts in sides(found):
        assert is_zero(parts, *(set(parts) - {"relative_progress.diversion"}))
        assert not is_zero(parts, "relative_progress.diversion")
    assert (found.usefulness == 0).all()
    assert np.abs(found.social_value + found.net).max() <= EXACT


# 4 ---------------------------------------------------------------------------------------------

TAME = {  # no cap, no saturation: where every one of these strictly matters
    "accident_cut": (0.001, 0.3),
    "misuse_cut": (0.001, 0.3),
    "success": (0.1, 1),
    "adoption": (0.1, 1),
    "carry_over": (0.1, 1),
    "relaxation": (0.01, 0.9),
    "sensitivity": (0.001, 0.1),
    "coupling": (0, 0.9),
    "done_anyway": (0, 0.9),
    "diversion": (0, 0.9),
    "risk_accident": (1e-4, 0.3),
    "risk_misuse": (1e-4, 0.3),
    "risk_principal": (1e-4, 0.1),
    "reach": (0, 0.5),
    "safety_logit": (-3, 8),
    "overstatement": (0.5, 3),
    "usefulness": (-0.3, 0.5),
    "insight_months": (0, 3),
    "interest_months": (0, 3),
    "principal_help": (-0.3, 0.5),
    "coverage_confusion": (0, 2),
    "washing": (0, 0.1),
    "other_accident": (-0.5, 1),
    "other_misuse": (-0.5, 1),
    "believed_if_failed": (0, 0.9),
    "over_generalising": (0, 0.9),
    "scaling": (0, 0.95),
    "licence": (0, 1),
    "regulator_insight": (0, 0.99),
    "rollback": (0, 0.9),
    "deployers": (1, 20),
    "made_safer_share": (0, 1),
}


def tame_worlds(seed, count=1000):
    rng = np.random.default_rng(seed)
    return {name: rng.uniform(low, high, count) for name, (low, high) in TAME.items()}


def with_more(seed, name, *, least, most):
    """Tame worlds, and the same with more of one quantity, in two rows."""
    tame = tame_worlds(seed)
    more = np.random.default_rng(seed + 1).uniform(least, most, 1000)
    return tame | {name: np.stack([tame[name], tame[name] + more])}


@pytest.mark.parametrize(
    "name",
    [
        "insight_months",
        "interest_months",
        "principal_help",
        "coverage_confusion",
        "washing",
        "other_accident",
        "other_misuse",
    ],
)
@given(seed=seeds)
@laws
def test_net_rises_with(name, seed):
    net = outcome_of(**with_more(seed, name, least=0.01, most=0.2)).net

    assert (net[1] > net[0]).all()


@pytest.mark.parametrize("name", ["overstatement", "believed_if_failed", "over_generalising"])
@given(seed=seeds)
@laws
def test_net_never_falls_with(name, seed):
    """The regulator may be misled (`regulator_insight` below 1), or is not needed."""
    net = outcome_of(**with_more(seed, name, least=0.01, most=0.1)).net

    assert (net[1] - net[0]).min() >= -1e-15


@given(seeds)
@laws
def test_diversion_never_lowers_its_own_months(seed):
    found = outcome(wild_worlds(seed, **IDLE) | rising(seed, "diversion", 0, 1))

    mine = both(found, "relative_progress.diversion")
    assert (mine[1] >= mine[0] * (1 - EXACT)).all()


# 5 ---------------------------------------------------------------------------------------------


@given(seeds)
@laws
def test_net_falls_with_the_accident_cut_where_nobody_reacts(seed):
    worlds = with_more(seed, "accident_cut", least=0.001, most=0.1)

    net = outcome_of(**worlds | {"reach": 0.0, "relaxation": 0.0, "scaling": 0.5}).net

    assert (net[1] < net[0]).all()


def test_net_may_rise_with_the_accident_cut_where_the_system_is_within_reach():
    """That is the valley: the contrast without which the law above would say nothing."""
    valley = IDLE | {"reach": 0.3, "safety_logit": 0.5, "made_safer_share": 1.0, "relaxation": 0.0}
    some, more = (effect_of(**valley | {"accident_cut": cut}) for cut in (0.1, 0.6))

    assert more.net > some.net


# 6 ---------------------------------------------------------------------------------------------


@given(seeds)
@laws
def test_a_system_without_reach_has_no_valley(seed):
    found = outcome(wild_worlds(seed, reach=0.0))
    careful = outcome(wild_worlds(seed, reach=0.0, relaxation=0.0))

    assert all(is_zero(parts, VALLEY) for parts in sides(found))
    assert all(is_zero(parts, "false_security.system") for parts in sides(careful))


@given(seeds)
@laws
def test_where_nobody_relaxes_belief_does_no_harm_but_by_deployment(seed):
    found = outcome(wild_worlds(seed, relaxation=0.0))
    nowhere = outcome(wild_worlds(seed, relaxation=0.0, reach=0.0))

    names = [
        f"false_security.{each}" for each in ("scaling", "safety_washing", "partial_coverage")
    ]
    assert all(is_zero(parts, *names) for parts in sides(found))
    assert all(is_zero(parts, *names, "false_security.system") for parts in sides(nowhere))
    assert not all(is_zero(parts, "false_security.system") for parts in sides(found))


@given(seeds)
@laws
def test_what_is_not_useful_brings_no_investment_and_no_faster_research(seed):
    found = outcome(wild_worlds(seed, usefulness=0.0))
    unhelpful = outcome(wild_worlds(seed, usefulness=0.0, principal_help=0.0))

    names = ["relative_progress.investment", "relative_progress.ai_research"]
    assert all(is_zero(parts, *names) for parts in sides(found))
    assert is_zero(unhelpful.parts.misuse, "bad_principal.empowerment")
    assert not is_zero(found.parts.misuse, "bad_principal.empowerment")


# 7, 8 ------------------------------------------------------------------------------------------


@given(seeds)
@laws
def test_what_is_believed_exactly_brings_no_false_security(seed):
    """But where the true cut is above what anybody believes possible, .999, which no cut is."""
    found = outcome(wild_worlds(seed, overstatement=1.0, believed_if_failed=0.0))

    assert np.abs(both(found, "false_security.system")).max() <= EXACT


@given(seeds)
@laws
def test_what_scales_cannot_be_over_generalised(seed):
    found = outcome(wild_worlds(seed, scaling=1.0))

    assert all(is_zero(parts, "false_security.scaling") for parts in sides(found))


@given(seeds)
@laws
def test_what_does_not_carry_over_helps_through_the_target_only(seed):
    still, stays = (
        outcome(wild_worlds(seed, carry_over=0.0, scaling=each)) for each in (0.0, 1.0)
    )
    nowhere = outcome(wild_worlds(seed, carry_over=0.0, reach=0.0))

    for one, other in zip(sides(still), sides(stays), strict=True):
        assert np.abs(one["benefit"] - other["benefit"]).max() <= EXACT
    assert all(is_zero(parts, "benefit") for parts in sides(nowhere))


# 9 ---------------------------------------------------------------------------------------------


@given(seeds)
@laws
def test_no_valley_where_the_deployer_bears_as_much_as_it_keeps(seed):
    """Without a race and without usefulness x_D >= x_S, to the rounding of the logarithms."""
    worlds = wild_worlds(seed, rival_deploys=0.0, usefulness=0.0)
    keeps = worlds["benefit_captured"]
    bears = keeps + np.random.default_rng(seed).uniform(0, 1, 1000) * (1 - keeps)

    checks = outcome(worlds | {"harm_internalised": bears}).checks

    assert (checks["x_deployer"] - checks["x_society"]).min() >= -1e-12


def test_there_is_a_valley_where_the_deployer_keeps_more_than_it_bears():
    checks = effect_of(benefit_captured=0.5, harm_internalised=0.01).checks

    assert checks["x_deployer"] < checks["x_society"]


# 10 --------------------------------------------------------------------------------------------


@given(seeds)
@laws
def test_more_licences_never_deepen_the_valley(seed):
    """One actor, beliefs that are right, a system that stays below what society would take.

    Above society's threshold a licence is granted and hides nothing: the law is about the valley.
    """
    worlds = tame_worlds(seed) | {
        "safety_logit": np.random.default_rng(seed).uniform(-3, 1, 1000),
        "harm_benefit": 1e4,
        "deployers": 1.0,
        "training_share": 0.0,
        "usefulness": 0.0,
        "overstatement": 1.0,
    }

    valley = np.abs(both(outcome_of(**worlds | rising(seed, "licence", 0, 1)), VALLEY))

    assert (valley[1] < valley[0]).all()


@given(seeds)
@laws
def test_what_is_always_corrected_in_time_has_no_target_part(seed):
    found = outcome(wild_worlds(seed, rollback=1.0))
    nowhere = outcome(wild_worlds(seed, rollback=1.0, reach=0.0))

    assert np.abs(found.net - nowhere.net).max() <= EXACT
    assert all(is_zero(parts, VALLEY) for parts in sides(found))


@given(seeds)
@laws
def test_more_deployers_raise_exposure(seed):
    checks = outcome(wild_worlds(seed) | rising(seed, "deployers", 1, 1e4)).checks

    for name in ("exposure_before", "exposure_after", "exposure_after_if_failed"):
        assert (checks[name][1] - checks[name][0]).min() >= -EXACT
    assert (checks["exposure_before"][1] > checks["exposure_before"][0]).any()


@pytest.mark.parametrize("name", ["windfall", "liability"])
@given(seed=seeds)
@laws
def test_the_developers_threshold_rises_with(name, seed):
    threshold = outcome(wild_worlds(seed) | rising(seed, name, 0, 0.999)).checks["x_deployer"]

    assert (threshold[1] - threshold[0]).min() >= -EXACT
    assert (threshold[1] > threshold[0]).any()


# 11 --------------------------------------------------------------------------------------------


def phi(costs, reference, start, exponent):
    return cost_factor(
        cost_usd=costs, reference_cost=reference, returns_start=start, exponent=exponent
    )


@given(seeds)
@laws
def test_the_cost_factor_is_one_at_the_reference_cost(seed):
    worlds = wild_worlds(seed)
    cost, start = worlds["cost_usd"], worlds["returns_start"]

    found = phi(cost, cost, start, worlds["returns_exponent"])

    assert np.abs(found - 1).max() <= EXACT


@given(seeds)
@laws
def test_the_cost_factor_rises_with_cost_and_less_than_in_proportion(seed):
    worlds = wild_worlds(seed)
    times = np.random.default_rng(seed).uniform(1.01, 1e3, 1000)
    costs = np.stack([worlds["cost_usd"], worlds["cost_usd"] * times])

    found = phi(
        costs, worlds["reference_cost"], worlds["returns_start"], worlds["returns_exponent"]
    )

    assert (found[1] > found[0]).all()
    each = found / costs
    assert (each[1] <= each[0] * (1 + 1e-9)).all()  # equal where the exponent is 1


# shape -----------------------------------------------------------------------------------------


@given(seeds)
@laws
def test_every_part_is_a_mechanism_or_the_benefit(seed):
    accident, misuse = sides(outcome(wild_worlds(seed, 10)))

    assert set(accident) == set(MECHANISMS) - {"bad_principal.empowerment"} | {"benefit"}
    assert set(misuse) == set(MECHANISMS) | {"benefit"}


@given(seeds, st.integers(1, 999))
@laws
def test_a_world_hangs_on_no_other_world(seed, cut):
    """Evaluated together or in two pieces: the same bits."""
    worlds = wild_worlds(seed)
    whole = outcome(worlds)

    for piece in (slice(0, cut), slice(cut, 1000)):
        found = outcome({name: each[piece] for name, each in worlds.items()})
        assert np.array_equal(found.net, whole.net[piece])
        assert np.array_equal(found.social_value, whole.social_value[piece])
        for mine, theirs in zip(sides(found), sides(whole), strict=True):
            for name, part in mine.items():
                every = np.broadcast_to(theirs[name], (1000,))
                assert np.array_equal(np.broadcast_to(part, every[piece].shape), every[piece])


def test_the_threshold_is_the_one_of_the_small_model():
    told = effect_of().checks["x_deployer"]

    assert told == pytest.approx(
        float(
            developer_threshold_logit(
                harm_internalised=0.01,
                liability=0.005,
                harm_benefit=100.0,
                benefit_captured=0.15,
                windfall=0.01,
                usefulness=0.0,
                rival_deploys=0.4,
                rents_lost=0.3,
            )
        )
    )
