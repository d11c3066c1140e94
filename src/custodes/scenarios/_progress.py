"""Relative progress: how long dangerous capability is there before its safeguards.

Source: paper pp. 15-18 and fn 23. The gap model is ours (docs/explanation/model.md): G months,
normal, is the
time from dangerous capability to safeguards; while it lasts a hazard runs.
"""

from __future__ import annotations

from math import exp, log, log1p, pi, sqrt

import numpy as np
import numpy.typing as npt
from pydantic import Field
from scipy.special import log_ndtr, ndtr

from custodes.records import Record
from custodes.scenarios._numbers import Numbers, finite
from custodes.scenarios._scenario import Scenario


class ProgressInputs(Record):
    """The gap between capability and safeguards, and what an effort does to both."""

    gap: float = Field(6.0, ge=-1200, le=1200)
    """Months from dangerous capability to the safeguards for it, expected."""
    gap_spread: float = Field(36.0, ge=0.01, le=1200)
    """Standard deviation of that gap, in months."""
    hazard: float = Field(0.002, ge=0, le=10)
    """Catastrophes a month while capability is there without its safeguards."""
    safeguards_months: float = Field(0.0, ge=-120, le=120)
    """Months by which the effort brings safeguards forward."""
    capability_months: float = Field(0.0, ge=-120, le=120)
    """Months by which it brings capability forward (p. 15)."""
    coupling: float = Field(0.35, ge=0, le=1)
    """Share of safeguards' progress that comes along with capability (fn 23)."""
    usefulness: float = Field(0.01, ge=-0.9, le=1e6)
    """By how much the effort makes systems more useful, relative (p. 16)."""
    reinvested: float = Field(0.5, ge=0, le=1)
    """Share of the extra revenue that goes into capability (p. 16)."""
    revenue_ratio: float = Field(0.3, ge=0, le=1)
    """Revenue over the spend on capability."""
    spend_response: float = Field(0.5, ge=0, le=10)
    """Elasticity of progress to spend."""
    spend_growth: float = Field(2.4, ge=1.01, le=20)
    """Growth of the spend on capability, times a year."""
    rd_share: float = Field(0.15, ge=0, le=1)
    """Share of AI research that AI assists (p. 16)."""
    rd_months: float = Field(36.0, ge=0, le=240)
    """Months for which a speed-up of research lasts."""
    loop_share: float = Field(0.5, ge=0, le=1)
    """Share of each gain in progress that goes back into progress."""
    loop_response: float = Field(0.6, ge=0, le=10)
    """Gain in progress for each unit that goes back."""


class ProgressOutputs(Record):
    """The risk of the gap before and after the effort, and the months its usefulness brings."""

    p_unready: float
    """P(capability comes before its safeguards)."""
    expected_gap: float
    """Expected months without safeguards, counting 0 where they are in time."""
    p_catastrophe: float
    """P(catastrophe in the gap), without the effort."""
    log_risk_per_month: float | None
    """Growth of the log of that risk for each month of gap."""
    gap_after: float
    """Expected gap with the effort, in months."""
    p_catastrophe_after: float
    """P(catastrophe in the gap), with the effort."""
    change: float
    """Risk after less risk before; below 0 is safer."""
    investment_months: float
    """Months of capability from reinvested revenue."""
    ai_research_months: float
    """Months of capability from AI that helps AI research."""
    loop_gain: float | None
    """Factor by which progress that feeds itself multiplies a gain."""


def p_catastrophe(gap: Numbers, *, gap_spread: Numbers, hazard: Numbers) -> Numbers:
    """E[1 - exp(-h max(G, 0))] for G ~ N(gap, spread^2), elementwise.

    Formula, with z = gap/spread, m the gap and s the spread::

        1 - [Phi(-z) + exp(-h m + h^2 s^2/2) Phi(z - h s)]

    computed as Phi(z) (1 - exp(-h m + h^2 s^2/2 + ln Phi(z - h s) - ln Phi(z))).

    Args:
        gap: Expected months from capability to safeguards.
        gap_spread: Its standard deviation, months, above 0.
        hazard: h, catastrophes a month, at least 0.

    Source: paper p. 15; docs/explanation/model.md (our model).
    """
    z = np.divide(gap, gap_spread)
    log_survival = _log_survival(gap, gap_spread, hazard) - log_ndtr(z)
    risk: npt.NDArray[np.float64] = np.maximum(ndtr(z) * -np.expm1(log_survival), 0.0)
    return risk


def log_risk_per_month(*, gap: float, gap_spread: float, hazard: float) -> float | None:
    """Growth of ln P(catastrophe) for a month: h exp(-hm + h^2 s^2/2) Phi(z - hs) / P.

    Args:
        gap: Expected months from capability to safeguards.
        gap_spread: Its standard deviation, months, above 0.
        hazard: h, catastrophes a month, at least 0.

    Source: docs/explanation/model.md (our model).
    """
    risk = float(p_catastrophe(gap, gap_spread=gap_spread, hazard=hazard))
    if risk <= 0:
        return None
    return finite(hazard * exp(float(_log_survival(gap, gap_spread, hazard))) / risk)


def expected_gap(*, gap: float, gap_spread: float) -> float:
    """E[max(G, 0)] = m Phi(z) + s phi(z), months.

    Args:
        gap: Expected months from capability to safeguards.
        gap_spread: Its standard deviation, months, above 0.

    Source: docs/explanation/model.md (our model).
    """
    z = gap / gap_spread
    return max(gap * float(ndtr(z)) + gap_spread * exp(-z * z / 2) / sqrt(2 * pi), 0.0)


def gap_after(inputs: ProgressInputs) -> float:
    """The gap moved: gap - safeguards_months + (1 - coupling) capability_months.

    Of a month of capability only the part is a loss that safeguards do not gain with it.

    Source: paper p. 15 and fn 23.
    """
    lost = (1 - inputs.coupling) * inputs.capability_months
    return inputs.gap - inputs.safeguards_months + lost


def investment_months(*, revenue: float, spend_response: float, spend_growth: float) -> float:
    """12 eta / ln(gamma) * ln(max(1 + revenue, 0.1)): months that extra spend brings.

    Args:
        revenue: Extra spend on capability, relative: reinvested * revenue_ratio * usefulness.
        spend_response: eta, elasticity of progress to spend.
        spend_growth: gamma, growth of the spend, times a year, above 1.

    Source: paper p. 16; docs/explanation/model.md.
    """
    extra = log1p(revenue) if revenue > -0.9 else log(0.1)  # noqa: PLR2004 (the 0.1 of the formula)
    return 12 * spend_response / log(spend_growth) * extra


def ai_research_months(*, usefulness: float, rd_share: float, rd_months: float) -> float:
    """M f u / (1 + u): months saved by a tool 1 + u times as fast on a share f of the work.

    Args:
        usefulness: u, above -1.
        rd_share: f, [0, 1].
        rd_months: M, months for which it lasts.

    Source: paper p. 16; Amdahl's law; docs/explanation/model.md.
    """
    return rd_months * rd_share * usefulness / (1 + usefulness)


def loop_gain(*, loop_share: float, loop_response: float) -> float | None:
    """1 / (1 - share * response); None at 1 or more, where the sum has no end.

    Args:
        loop_share: Share of each gain that goes back into progress, [0, 1].
        loop_response: Gain for each unit that goes back, at least 0.

    Source: paper p. 16; a geometric sum.
    """
    again = loop_share * loop_response
    return 1 / (1 - again) if again < 1 else None


def _log_survival(gap: Numbers, gap_spread: Numbers, hazard: Numbers) -> Numbers:
    """Log of the part of survival that lies in gaps above 0: exp(-hm + h^2 s^2/2) Phi(z - hs)."""
    scaled = np.multiply(hazard, gap_spread)
    part: npt.NDArray[np.float64] = (
        scaled * scaled / 2
        - np.multiply(hazard, gap)
        + log_ndtr(np.divide(gap, gap_spread) - scaled)
    )
    return part


def solve_progress(inputs: ProgressInputs) -> ProgressOutputs:
    """All the outputs of the scenario ``progress``.

    Source: docs/explanation/model.md.
    """
    spread, hazard, after = inputs.gap_spread, inputs.hazard, gap_after(inputs)
    risk_before = float(p_catastrophe(inputs.gap, gap_spread=spread, hazard=hazard))
    risk_after = float(p_catastrophe(after, gap_spread=spread, hazard=hazard))
    return ProgressOutputs(
        p_unready=float(ndtr(inputs.gap / spread)),
        expected_gap=expected_gap(gap=inputs.gap, gap_spread=spread),
        p_catastrophe=risk_before,
        log_risk_per_month=log_risk_per_month(gap=inputs.gap, gap_spread=spread, hazard=hazard),
        gap_after=after,
        p_catastrophe_after=risk_after,
        change=risk_after - risk_before,
        investment_months=investment_months(
            revenue=inputs.reinvested * inputs.revenue_ratio * inputs.usefulness,
            spend_response=inputs.spend_response,
            spend_growth=inputs.spend_growth,
        ),
        ai_research_months=ai_research_months(
            usefulness=inputs.usefulness, rd_share=inputs.rd_share, rd_months=inputs.rd_months
        ),
        loop_gain=loop_gain(loop_share=inputs.loop_share, loop_response=inputs.loop_response),
    )


def read_progress(inputs: ProgressInputs, outputs: ProgressOutputs) -> str:
    """What the numbers say: the risk of the gap, and whether the effort widens it."""
    before = (
        f"Capability comes before its safeguards with probability {outputs.p_unready:z.3g}, "
        f"{outputs.expected_gap:z.3g} months too early on average, and the risk of that time is "
        f"{outputs.p_catastrophe:z.3g}."
    )
    said = [before]
    if outputs.log_risk_per_month is not None:
        said.append(f"One more month of gap raises it by {outputs.log_risk_per_month:.2%}.")
    moved = outputs.gap_after - inputs.gap
    if inputs.safeguards_months or inputs.capability_months:
        verb = "narrows" if moved < 0 else "widens" if moved > 0 else "leaves"
        by = f" by {abs(moved):z.3g} months" if moved else " as it is"
        said.append(f"The effort {verb} the gap{by}; the risk changes by {outputs.change:+z.3g}.")
    months = outputs.investment_months + outputs.ai_research_months
    said.append(
        f"Being {inputs.usefulness:z.3g} more useful brings capability forward by {months:z.3g} "
        "months through revenue and AI-assisted research, which are not counted in that change."
    )
    return " ".join(said)


PROGRESS = Scenario(
    name="progress",
    title="Relative progress: the time between dangerous capability and its safeguards.",
    pages="15-18",
    inputs=ProgressInputs,
    outputs=ProgressOutputs,
    solve=solve_progress,
    read=read_progress,
    nulls={
        "log_risk_per_month": "there is no risk to grow",
        "loop_gain": "loop_share times loop_response is 1 or more: the loop has no end and this "
        "model refuses it",
    },
)
"""The scenario ``progress``."""
