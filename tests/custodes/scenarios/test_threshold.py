import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custodes.scenarios import developer_threshold_logit, run, society_threshold_logit

SHARE = st.floats(0.001, 0.99)
KEYS = {
    "harm_internalised": SHARE,
    "liability": SHARE,
    "harm_benefit": st.floats(1.0, 1e6),
    "benefit_captured": SHARE,
    "windfall": SHARE,
    "usefulness": st.floats(-0.5, 5),
    "rival_deploys": SHARE,
    "rents_lost": SHARE,
}


@given(st.fixed_dictionaries(KEYS))
def test_elementwise_form_agrees_with_the_solved_payoff(keys):
    scenario = dict(keys)
    ratio = scenario.pop("harm_benefit")
    settings = {"harm": ratio, "assets": scenario["liability"] * ratio, **scenario}

    solved = run("valley", settings).outputs

    assert float(developer_threshold_logit(**keys)) == pytest.approx(
        solved.x_developer, rel=1e-9, abs=1e-9
    )
    assert float(society_threshold_logit(ratio)) == pytest.approx(solved.x_society, abs=1e-12)


@given(st.fixed_dictionaries(KEYS), st.sampled_from(["windfall", "liability"]))
def test_more_windfall_or_liability_never_lowers_the_threshold(keys, name):
    more = keys | {name: keys[name] + (1 - keys[name]) / 2}

    assert developer_threshold_logit(**more) >= developer_threshold_logit(**keys)


def test_arrays_broadcast_and_a_sure_rival_is_capped():
    keys = dict.fromkeys(KEYS, 0.5) | {"harm_benefit": 100.0}

    found = developer_threshold_logit(**keys | {"rival_deploys": np.array([0.5, 0.999, 1.0])})

    assert found.shape == (3,)
    assert found[1] == found[2] < found[0]


def test_a_developer_without_harm_or_benefit_has_an_infinite_threshold():
    keys = dict.fromkeys(KEYS, 0.5) | {"harm_benefit": 100.0}

    assert developer_threshold_logit(**keys | {"harm_internalised": 0, "liability": 0}) == -np.inf
    assert developer_threshold_logit(**keys | {"windfall": 1}) == np.inf
