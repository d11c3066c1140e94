import numpy as np
import pytest
from scipy.optimize import brentq

from custodes.problems import (
    diversion_at_cost,
    months_of_ai_research,
    months_of_diversion,
    months_of_insight,
    months_of_investment,
    risk_of_months,
)


def arrays(**values):
    return {name: np.array(value) for name, value in values.items()}


def months_by_growth(times_spend, *, response, growth):
    """When spend that grows by itself has the effect of a spend `times_spend` larger, in months.

    Progress goes with spend to the power of `response`, and with time by the growth of spend; the
    answer is found by looking for it.
    """
    return brentq(
        lambda months: growth ** (months / 12) - times_spend**response, -1200, 1200, xtol=1e-12
    )


@pytest.mark.parametrize("usefulness", [-0.5, 0.01, 0.5, 4.0])
def test_investment_is_the_time_that_growth_takes_to_reach_it(usefulness):
    found = months_of_investment(
        **arrays(
            credit=1.0,
            usefulness=usefulness,
            reinvested=0.5,
            revenue_ratio=0.3,
            spend_response=0.4,
            spend_growth=2.4,
        )
    )

    more = 1 + 0.5 * 0.3 * usefulness
    assert found == pytest.approx(months_by_growth(more, response=0.4, growth=2.4), rel=1e-9)


def test_spend_never_falls_below_a_tenth():
    found = months_of_investment(
        **arrays(
            credit=1.0,
            usefulness=-2.0,
            reinvested=1.0,
            revenue_ratio=1.0,
            spend_response=1.0,
            spend_growth=10.0,
        )
    )

    assert found == pytest.approx(-12)


def test_ai_research_is_amdahls_law():
    """Work of M months, a share f at speed 1 + u: the time saved."""
    share, tool, lasts = 0.2, 1.5, 24.0
    saved = lasts - lasts * ((1 - share) + share / tool)

    found = months_of_ai_research(
        **arrays(credit=1.0, usefulness=tool - 1, rd_share=share, rd_months=lasts)
    )

    assert found == pytest.approx(saved)


def test_diversion_is_the_time_that_growth_takes_to_reach_it():
    found = months_of_diversion(
        **arrays(
            diversion_at_cost=0.5,
            cost_usd=1e10,
            capability_spend=1e11,
            spend_response=0.5,
            spend_growth=2.4,
        )
    )

    assert found == pytest.approx(months_by_growth(1.05, response=0.5, growth=2.4), rel=1e-9)


def test_diversion_grows_in_odds():
    found = diversion_at_cost(
        **arrays(diversion=0.2, cost_usd=1e9, reference_cost=1e7, diversion_growth=0.5)
    )

    assert found / (1 - found) == pytest.approx(0.25 * 10)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_none_stays_none_and_all_stays_all(share):
    for cost in (1.0, 1e11):
        found = diversion_at_cost(
            **arrays(diversion=share, cost_usd=cost, reference_cost=1e7, diversion_growth=1.0)
        )
        assert found == share


def test_insight_scales_with_credit_and_cost():
    found = months_of_insight(**arrays(credit=0.5, insight_months=3.0, cost_factor=2.0))

    assert found == pytest.approx(3)


def test_a_month_counts_as_far_as_safeguards_do_not_come_along():
    assert risk_of_months(**arrays(sensitivity=0.04, coupling=0.25)) == pytest.approx(0.03)
