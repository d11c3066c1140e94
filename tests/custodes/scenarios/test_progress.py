import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from custodes.scenarios import p_catastrophe, run

GAPS = st.fixed_dictionaries(
    {
        "gap": st.floats(-60, 60),
        "gap_spread": st.floats(3, 60),
        "hazard": st.floats(1e-6, 0.2),
    }
)


@given(GAPS)
@settings(max_examples=60)
def test_risk_by_integration_over_the_gap(case):
    gap, spread, hazard = case["gap"], case["gap_spread"], case["hazard"]

    def risk(months):
        return -np.expm1(-hazard * months) * norm.pdf(months, gap, spread)

    high = max(gap, 0) + 10 * spread
    whole = quad(risk, 0, high, limit=400, points=[max(gap, 0.0)], epsabs=1e-15)[0]
    assert float(p_catastrophe(**case)) == pytest.approx(whole, rel=1e-6, abs=1e-12)


@given(GAPS)
def test_growth_of_log_risk_by_difference(case):
    outputs = run("progress", case).outputs

    step = 1e-3
    low, high = (
        float(p_catastrophe(**case | {"gap": case["gap"] + move})) for move in (-step, step)
    )
    slope = (np.log(high) - np.log(low)) / (2 * step)
    # Differences of two risks lose digits where the risk is tiny.
    assert outputs.log_risk_per_month == pytest.approx(slope, rel=1e-3, abs=1e-6)


def test_expected_gap_by_integration():
    outputs = run("progress", {"gap": -5, "gap_spread": 12}).outputs

    whole = quad(lambda months: months * norm.pdf(months, -5, 12), 0, 150)[0]
    assert outputs.expected_gap == pytest.approx(whole, rel=1e-9)


@given(GAPS)
def test_safeguards_lower_the_risk_and_capability_raises_it(case):
    safer = run("progress", case | {"safeguards_months": 2}).outputs
    riskier = run("progress", case | {"capability_months": 2}).outputs

    assert safer.change <= 0 <= riskier.change
    assert safer.p_catastrophe == riskier.p_catastrophe


def test_capability_that_brings_all_of_its_safeguards_changes_nothing():
    outputs = run("progress", {"capability_months": 6, "coupling": 1}).outputs

    assert outputs.change == 0


def test_growth_equation_of_reinvestment():
    """The months are those in which spend grows by the extra share, to the power of its effect."""
    outputs = run("progress", {"usefulness": 0.4}).outputs

    grown = 2.4 ** (outputs.investment_months / 12)
    assert grown == pytest.approx((1 + 0.5 * 0.3 * 0.4) ** 0.5)


def test_loop_is_the_sum_of_its_rounds():
    outputs = run("progress", {"loop_share": 0.7, "loop_response": 0.8}).outputs

    assert outputs.loop_gain == pytest.approx(sum(0.56**k for k in range(200)))


def test_a_loop_without_end_and_a_risk_of_nothing_are_null():
    record = run("progress", {"loop_share": 1, "loop_response": 1, "hazard": 0})

    assert record.outputs.loop_gain is None
    assert record.outputs.log_risk_per_month is None
    assert any("the loop has no end" in note for note in record.notes)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"safeguards_months": 2}, "The effort narrows the gap by 2 months"),
        ({"capability_months": 2, "coupling": 0}, "The effort widens the gap by 2 months"),
        ({"capability_months": 2, "coupling": 1}, "The effort leaves the gap as it is"),
    ],
)
def test_the_reading_says_where_the_gap_moves(settings, told):
    assert told in run("progress", settings).reading
