"""How a change in risk is shared out among its causes."""

import numpy as np
import pytest
from scipy.integrate import quad

from custodes.assessment import score
from model_values import IDLE, PLAIN, arrays, effect_of, outcome_of

ALONE = IDLE | {"relaxation": 0.0, "reach": 0.0}


def test_one_cause_alone_has_the_whole_change():
    found = effect_of(**ALONE | {"insight_months": 1.0})

    assert found.increase["relative_progress.insight"] == pytest.approx(found.net, rel=1e-12)


def test_two_causes_share_the_change_as_along_a_straight_path():
    """Aumann and Shapley: scale both terms from 0 to 1 together; each earns its marginal change.

    For one hazard; the path is integrated numerically. A cut of accidents and another mechanism.
    """
    hazard, cut, other = 0.3, 0.4, 0.5
    changes = ALONE | {
        "risk_accident": 1 - np.exp(-hazard),
        "risk_misuse": 0.0,
        "risk_principal": 0.0,
        "accident_cut": cut,
        "other_accident": other,
        "success": 1.0,
        "adoption": 1.0,
        "carry_over": 1.0,
        "scaling": 1.0,
        "done_anyway": 0.0,
    }
    terms = np.log(1 - cut), np.log(1 + other)
    both = sum(terms)
    change = hazard * np.expm1(both)

    found = effect_of(**changes)

    within = quad(lambda s: hazard * np.exp(s * both), 0, 1)[0]
    outside = quad(lambda s: np.exp(-hazard) * np.exp(-s * change), 0, 1)[0]
    assert -found.benefit_accident == pytest.approx(outside * within * terms[0], rel=1e-10)
    assert found.increase["other"] == pytest.approx(outside * within * terms[1], rel=1e-10)


def test_for_small_changes_the_order_of_two_causes_does_not_matter():
    """Shapley over both orders, by evaluating the engine with one, the other, and both."""
    one, other = {"insight_months": 0.1}, {"other_accident": 0.002}
    first = effect_of(**ALONE | one).net
    second = effect_of(**ALONE | other).net
    both = effect_of(**ALONE | one | other)

    by_shapley = (first + (both.net - second)) / 2

    told = both.increase["relative_progress.insight"]
    assert told == pytest.approx(by_shapley, rel=1e-5)
    assert both.increase["other"] == pytest.approx(both.net - told)


def test_months_are_shared_out_by_months():
    found = effect_of(insight_months=3.0, interest_months=1.0, interest_exponent=0.5)

    ratio = (
        found.increase["relative_progress.insight"]
        / (found.increase["relative_progress.interest"])
    )
    assert ratio == pytest.approx(3)


def test_splitting_one_mechanism_in_two_changes_no_other():
    """Months enter through their sum only: three of insight are as two, and one of interest."""
    whole = effect_of(insight_months=3.0, interest_months=0.0, interest_exponent=0.5)
    split = effect_of(insight_months=2.0, interest_months=1.0, interest_exponent=0.5)

    assert split.net == pytest.approx(whole.net, rel=1e-12)
    for name in set(whole.increase) - {"relative_progress.insight", "relative_progress.interest"}:
        assert split.increase[name] == pytest.approx(whole.increase[name], rel=1e-10, abs=1e-18)


def test_an_exponent_beyond_the_cap_is_scaled_down_with_all_its_terms():
    wild = ALONE | {"insight_months": 60.0, "sensitivity": 1.0, "coupling": 0.0, "cost_usd": 1e10}

    found = effect_of(**wild | {"other_accident": 1.0})

    assert found.risk_after == pytest.approx(1)
    total = sum(found.increase.values())
    assert total == pytest.approx(found.net, abs=1e-12)
    assert found.increase["relative_progress.insight"] > found.increase["other"] > 0


@pytest.mark.parametrize(
    ("verdict", "expected"), [("risk", "net"), ("social-value", "social_value")]
)
def test_what_a_choice_lowers_is_the_outcome_to_the_bit(verdict, expected):
    found = score(arrays(PLAIN), verdict=verdict)

    whole = getattr(outcome_of(), expected)
    assert found == (whole if verdict == "risk" else -whole)
