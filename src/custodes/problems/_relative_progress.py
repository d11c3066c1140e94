"""Problem 1, relative progress: an effort may speed up capabilities more than safeguards.

Source: paper pp. 15-20; docs/explanation/model.md.
"""

from __future__ import annotations

import numpy as np

from custodes.quantities import Mechanism, Problem, Quantity, Worlds

INSIGHT_MONTHS = Quantity(
    name="insight_months",
    symbol="y_i",
    meaning="Months by which insights from the work bring capability forward.",
    question="If published as planned: by how many months do its findings bring dangerous "
    "capabilities forward?",
    unit="months",
    low=0,
    high=60,
    family="positive",
    owner="effort",
    page="17",
    operation="times",
)
INTEREST_MONTHS = Quantity(
    name="interest_months",
    symbol="y_h",
    meaning="Months by which raised interest brings capability forward.",
    question="By how many months does the attention that it draws bring capabilities forward?",
    unit="months",
    low=0,
    high=60,
    family="positive",
    owner="effort",
    page="18",
    operation="times",
)
DIVERSION = Quantity(
    name="diversion",
    symbol="d_0",
    meaning="Share of the money that goes to capability work, at the reference cost.",
    question="What share of the money or staff ends up in capability work?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="effort",
    page="17",
    operation="times",
)
SENSITIVITY = Quantity(
    name="sensitivity",
    symbol="s",
    meaning="Growth of log risk for each month that capability is ahead of safeguards.",
    question="If capability came one month earlier and nothing else changed: by what share would "
    "the risk rise?",
    unit="1/month",
    low=0,
    high=1,
    family="positive",
    owner="world",
    page="15",
    operation="times",
)
COUPLING = Quantity(
    name="coupling",
    symbol="psi",
    meaning="Share of safeguards' progress that comes along with capability (fn 23).",
    question="Of one month of capability brought forward: what share do safeguards gain too?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="world",
    page="15, fn 23",
)
REINVESTED = Quantity(
    name="reinvested",
    symbol="phi_r",
    meaning="Share of extra revenue that goes into capability.",
    question="What share of extra revenue do developers put into capability?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="world",
    page="16",
)
SPEND_RESPONSE = Quantity(
    name="spend_response",
    symbol="eta",
    meaning="Elasticity of progress to spend.",
    question="If spend on capability rose by 10 %, how much faster would progress be, over 10 %?",
    unit="number",
    low=0,
    high=10,
    family="positive",
    owner="world",
    page="16",
)
SPEND_GROWTH = Quantity(
    name="spend_growth",
    symbol="gamma",
    meaning="Growth of the spend on frontier training.",
    question="By what factor does the spend on frontier training grow in a year?",
    unit="times a year",
    low=1.01,
    high=20,
    family="positive",
    owner="world",
    page="16",
)
REVENUE_RATIO = Quantity(
    name="revenue_ratio",
    symbol="v",
    meaning="Revenue over capability spend.",
    question="What is the revenue from such systems, over the spend on capability?",
    unit="ratio",
    low=0,
    high=1,
    family="share",
    owner="world",
    page="16",
)
RD_SHARE = Quantity(
    name="rd_share",
    symbol="f",
    meaning="Share of AI research that AI assists.",
    question="What share of the work of AI research is done with AI systems?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="world",
    page="16",
)
RD_MONTHS = Quantity(
    name="rd_months",
    symbol="M",
    meaning="Months for which a speed-up of research lasts.",
    question="For how many months would a speed-up of research last?",
    unit="months",
    low=0,
    high=240,
    family="positive",
    owner="world",
    page="16",
)
CAPABILITY_SPEND = Quantity(
    name="capability_spend",
    symbol="S",
    meaning="Yearly spend on capability.",
    question="How much is spent on AI capability in a year?",
    unit="USD",
    low=1e8,
    high=1e14,
    family="positive",
    owner="world",
    page="16-17",
)
INTEREST_EXPONENT = Quantity(
    name="interest_exponent",
    symbol="a_i",
    meaning="Curvature of the return to cost for raised interest.",
    question="If ten times the money went in, how much more attention would it draw?",
    unit="number",
    low=0,
    high=1,
    family="share",
    owner="world",
    page="18",
)
DIVERSION_GROWTH = Quantity(
    name="diversion_growth",
    symbol="delta",
    meaning="Growth of the odds of diversion with cost.",
    question="If a programme is ten times as large: by which power of ten do the odds rise that "
    "its money is diverted?",
    unit="number",
    low=0,
    high=1,
    family="share",
    owner="world",
    page="17",
)

EFFORT_QUANTITIES = (INSIGHT_MONTHS, INTEREST_MONTHS, DIVERSION)
WORLD_QUANTITIES = (
    SENSITIVITY,
    COUPLING,
    REINVESTED,
    SPEND_RESPONSE,
    SPEND_GROWTH,
    REVENUE_RATIO,
    RD_SHARE,
    RD_MONTHS,
    CAPABILITY_SPEND,
    INTEREST_EXPONENT,
    DIVERSION_GROWTH,
)

RELATIVE_PROGRESS = Problem(
    name="relative_progress",
    title="Relative progress",
    statement="Some alignment efforts speed up dangerous capabilities by more than they speed up "
    "the safeguards against them; the ratio of the two is what matters.",
    page="15-20",
    mechanisms=(
        Mechanism(
            name="relative_progress.investment",
            title="Investment",
            statement="More useful systems earn more, and the earnings go into capability.",
            page="16",
            formula="cf * 12 eta/ln(gamma) * ln(max(1 + phi_r v u, .1)) months",
            quantities=("usefulness", "reinvested", "revenue_ratio", "spend_response"),
        ),
        Mechanism(
            name="relative_progress.ai_research",
            title="AI used for AI research",
            statement="More useful systems speed up the research that makes their successors.",
            page="16",
            formula="cf * M f u/(1 + u) months",
            quantities=("usefulness", "rd_share", "rd_months"),
        ),
        Mechanism(
            name="relative_progress.insight",
            title="Capability insight",
            statement="What is found for alignment also helps to build more capable systems.",
            page="17",
            formula="cf * insight_months * phi months",
            quantities=("insight_months",),
        ),
        Mechanism(
            name="relative_progress.diversion",
            title="Diverted resources",
            statement="Money meant for alignment is spent on capability; likelier where "
            "programmes are large and broad.",
            page="17",
            formula="12 eta/ln(gamma) * ln(1 + d C/S) months",
            quantities=("diversion", "diversion_growth", "capability_spend"),
        ),
        Mechanism(
            name="relative_progress.interest",
            title="Raised interest",
            statement="Talk of powerful and dangerous systems makes more actors want one.",
            page="18",
            formula="cf * interest_months * phi_i months",
            quantities=("interest_months", "interest_exponent"),
        ),
    ),
    quantities=EFFORT_QUANTITIES + WORLD_QUANTITIES,
)

MONTHS_A_YEAR = 12.0
LEAST_REVENUE_CHANGE = 0.1
"""Spend cannot fall below a tenth (docs/explanation/model.md)."""


def diversion_at_cost(
    *, diversion: Worlds, cost_usd: Worlds, reference_cost: Worlds, diversion_growth: Worlds
) -> Worlds:
    """The share d = odds^-1(odds(d_0) (C/C_r)^delta): larger is likelier diverted (p. 17).

    A share of exactly 0 stays 0, and 1 stays 1.
    """
    grown = np.exp(diversion_growth * np.log(np.asarray(cost_usd) / reference_cost))
    weighted = diversion * grown
    return weighted / (weighted + (1.0 - diversion))


def months_of_investment(
    *,
    credit: Worlds,
    usefulness: Worlds,
    reinvested: Worlds,
    revenue_ratio: Worlds,
    spend_response: Worlds,
    spend_growth: Worlds,
) -> Worlds:
    """The term cf 12 eta/ln(gamma) ln(max(1 + phi_r v u, .1)): months from revenue (p. 16)."""
    more = np.maximum(1.0 + reinvested * revenue_ratio * usefulness, LEAST_REVENUE_CHANGE)
    return credit * months_for_log_spend(spend_response, spend_growth) * np.log(more)


def months_of_ai_research(
    *, credit: Worlds, usefulness: Worlds, rd_share: Worlds, rd_months: Worlds
) -> Worlds:
    """The term cf M f u/(1+u): Amdahl's law, speed-up 1+u on a share f (p. 16)."""
    return credit * rd_months * rd_share * (usefulness / (1.0 + usefulness))


def months_of_insight(*, credit: Worlds, insight_months: Worlds, cost_factor: Worlds) -> Worlds:
    """The term cf y_i phi (p. 17). It does not wait for success."""
    return credit * insight_months * cost_factor


def months_of_diversion(
    *,
    diversion_at_cost: Worlds,
    cost_usd: Worlds,
    capability_spend: Worlds,
    spend_response: Worlds,
    spend_growth: Worlds,
) -> Worlds:
    """12 eta/ln(gamma) ln(1 + d C/S): not scaled by credit: money moves anyway (p. 17)."""
    more = np.log1p(diversion_at_cost * cost_usd / capability_spend)
    return months_for_log_spend(spend_response, spend_growth) * more


def months_of_interest(*, credit: Worlds, interest_months: Worlds, cost_factor: Worlds) -> Worlds:
    """The term cf y_h phi_i (p. 18). It does not wait for success."""
    return credit * interest_months * cost_factor


def months_for_log_spend(spend_response: Worlds, spend_growth: Worlds) -> Worlds:
    """12 eta/ln(gamma): months of progress for one unit of log spend."""
    return MONTHS_A_YEAR * spend_response / np.log(spend_growth)


def risk_of_months(*, sensitivity: Worlds, coupling: Worlds) -> Worlds:
    """The rate s (1 - psi): log hazard for each month, the same in hazards A, M and P."""
    return sensitivity * (1.0 - coupling)
