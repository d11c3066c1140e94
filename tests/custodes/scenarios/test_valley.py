import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custodes.scenarios import run
from custodes.scenarios._valley import ValleyInputs, developer_threshold, harm_borne

SHARE = st.floats(0.001, 0.99)
CASES = st.fixed_dictionaries(
    {
        "benefit_captured": SHARE,
        "harm_internalised": SHARE,
        "windfall": SHARE,
        "rival_deploys": SHARE,
        "rents_lost": st.floats(0, 2),
    }
)


def payoff(inputs, p):
    """The developer's expected gain, written out from the file's head."""
    rival, harm = inputs.rival_deploys, harm_borne(inputs) * inputs.harm
    kept = inputs.benefit_captured * inputs.benefit * (1 - inputs.windfall)
    gain = kept * (1 + inputs.usefulness) * (1 + rival * inputs.rents_lost)
    own = (1 - rival) + rival * (1 - inputs.common_failure) * p
    return p * gain - (1 - p) * harm * own - inputs.deployment_cost


@given(CASES, SHARE, st.floats(0, 0.1))
def test_the_threshold_is_where_the_payoff_changes_sign(case, common_failure, cost):
    inputs = ValleyInputs(harm=50, common_failure=common_failure, deployment_cost=cost, **case)

    found = developer_threshold(inputs)

    if found.p is None:
        assert payoff(inputs, 1.0) < 0
    else:
        scale = 1 + abs(payoff(inputs, 0.0))
        assert payoff(inputs, found.p) == pytest.approx(0, abs=1e-9 * scale)
        assert np.all(np.diff(np.sign(payoff(inputs, np.linspace(0, 1, 101)))) >= 0)
        assert found.x == pytest.approx(np.log(found.p) - np.log1p(-found.p), abs=1e-6)


@given(CASES, st.floats(1e-3, 1e3), st.floats(1e-3, 1e3))
def test_width_depends_on_neither_harm_nor_benefit(case, harm, benefit):
    one = run("valley", case).outputs
    other = run("valley", {"harm": harm, "benefit": benefit, **case}).outputs

    assert other.width_logit == pytest.approx(one.width_logit, abs=1e-9)


@given(CASES)
def test_width_is_the_sum_of_its_causes(case):
    outputs = run("valley", {"usefulness": 0.5, **case}).outputs

    rival = case["rival_deploys"]
    causes = (
        np.log(case["benefit_captured"] / case["harm_internalised"])
        + np.log1p(-case["windfall"])
        + np.log((1 + rival * case["rents_lost"]) / (1 - rival))
        + np.log(1.5)
    )
    assert outputs.width_logit == pytest.approx(causes, abs=1e-9)


def test_the_windfall_that_closes_closes():
    share = run("valley", {"usefulness": 0.2}).outputs.windfall_that_closes

    closed = run("valley", {"usefulness": 0.2, "windfall": share})

    assert closed.outputs.width_logit == pytest.approx(0, abs=1e-12)
    assert "No valley" in closed.reading


def test_the_loss_is_largest_just_above_the_threshold():
    outputs = run("valley").outputs

    p = np.linspace(outputs.p_developer, 1, 1001)

    assert outputs.largest_loss == pytest.approx(np.max((1 - p) * 100 - p))


@pytest.mark.parametrize(
    ("settings", "nulls", "told"),
    [
        ({"deployment_cost": 0.4}, {"p_developer", "width_p", "largest_loss"}, "never pays"),
        ({"deployment_cost": 1.5, "benefit_captured": 1}, {"p_society"}, "never pays"),
        (
            {"deployment_cost": 1.5, "benefit_captured": 1, "usefulness": 1},
            {"p_society", "width_p"},
            "Society never gains",
        ),
        ({"harm_internalised": 0}, {"x_developer", "peak_x"}, "There is a valley"),
        ({"rival_deploys": 1}, {"x_developer", "width_logit"}, "There is a valley"),
        ({"benefit_captured": 0}, {"windfall_that_closes", "x_developer"}, "waits for"),
        ({"harm_internalised": 0.6}, set(), "waits for"),
    ],
)
def test_what_has_no_number_is_null_and_says_why(settings, nulls, told):
    record = run("valley", settings)

    missing = {key for key, value in record.outputs.model_dump().items() if value is None}
    assert nulls <= missing
    assert {note.split(" is null: ")[0] for note in record.notes} == missing
    assert told in record.reading


def test_the_reading_is_computed():
    several = run("valley", {"deployers": 5}).reading

    assert "P(safe) = 0.7692" in several
    assert "3.4 in log-odds" in several
    assert "the first of 5 deciding" in several
    assert "the first of" not in run("valley").reading
