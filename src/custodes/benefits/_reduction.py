"""How far an effort takes risk away: the paper's first question, accident and misuse apart.

Source: paper pp. 9-11, 31; docs/explanation/model.md.
"""

from __future__ import annotations

import numpy as np

from custodes.quantities import Quantity, Worlds

CUT_MOST = 0.99
"""A cut above this is evaluated as this (docs/explanation/model.md)."""
LARGEST_EXPONENT = 700.0
"""Beyond it exp overflows; any reach above 1e-303 is at the end of the range long before."""

ACCIDENT_CUT = Quantity(
    name="accident_cut",
    symbol="e_A",
    meaning="Fraction of accident risk cut if the effort succeeds, is adopted everywhere and "
    "holds at scale, at the reference cost.",
    question="If it reaches its technical aim and every relevant system uses it: by what share "
    "does it cut the risk of a large-scale accident of those systems? Negative if it raises it.",
    unit="share of risk",
    low=-3,
    high=0.99,
    family="signed",
    owner="effort",
    page="9-10",
    operation="times",
)
MISUSE_CUT = Quantity(
    name="misuse_cut",
    symbol="e_M",
    meaning="The same for misuse by users; negative means that it raises misuse (fn 12).",
    question="If it reaches its technical aim and every relevant system uses it: by what share "
    "does it cut misuse by users? Making a system only more helpful can raise it: then negative.",
    unit="share of risk",
    low=-3,
    high=0.99,
    family="signed",
    owner="effort",
    page="10, fn 12",
    operation="times",
)
SUCCESS = Quantity(
    name="success",
    symbol="p",
    meaning="Probability that the effort reaches its technical aim.",
    question="How likely is it that the work reaches its stated technical aim by the horizon?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="effort",
    page="31",
)
ADOPTION = Quantity(
    name="adoption",
    symbol="ad",
    meaning="Share of the relevant systems that use it, if it succeeds.",
    question="If it succeeds: what share of the relevant systems will use it?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="effort",
    page="11-13",
    operation="times",
)
CARRY_OVER = Quantity(
    name="carry_over",
    symbol="k",
    meaning="Share of the cut that carries over to systems other than the target.",
    question="What share of the effect carries over from the system it was made on to others?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="effort",
    page="6-7",
)
SCALING = Quantity(
    name="scaling",
    symbol="s_c",
    meaning="Probability that it still works for more capable systems.",
    question="How likely is it that the method still works for much more capable systems?",
    unit="share",
    low=0,
    high=1,
    family="share",
    owner="effort",
    page="22-24",
)
RISK_ACCIDENT = Quantity(
    name="risk_accident",
    symbol="R_A",
    meaning="Probability of a large-scale AI accident by the horizon, with no effort.",
    question="Without this round: how likely is a large-scale AI accident by the horizon?",
    unit="share",
    low=0,
    high=0.9,
    family="share",
    owner="world",
    page="9-10",
    operation="times",
)
RISK_MISUSE = Quantity(
    name="risk_misuse",
    symbol="R_M",
    meaning="Probability of a large-scale catastrophe through misuse by users by the horizon.",
    question="Without this round: how likely is large-scale misuse by users by the horizon?",
    unit="share",
    low=0,
    high=0.9,
    family="share",
    owner="world",
    page="10",
    operation="times",
)

EFFORT_QUANTITIES = (ACCIDENT_CUT, MISUSE_CUT, SUCCESS, ADOPTION)
CARRIED_QUANTITIES = (CARRY_OVER, SCALING)
WORLD_QUANTITIES = (RISK_ACCIDENT, RISK_MISUSE)


def log_hazard(*, risk: Worlds) -> Worlds:
    """L = -ln(1 - R): risks combine by adding these, so that none leaves [0, 1]."""
    return -np.log1p(-np.asarray(risk))


def cut_reached(*, cut: Worlds, reach_of_money: Worlds, cost_factor: Worlds) -> Worlds:
    """F = clip(out (1 - (1 - min(e, .99))^phi), -9, .99): the cut at this cost, if it succeeds.

    Args:
        cut: `accident_cut` or `misuse_cut`, in [-3, .99].
        reach_of_money: out = adoption times the share of money not diverted, in [0, 1].
        cost_factor: phi, > 0.

    Returns:
        Share of risk cut, in [-9, .99].
    """
    kept = np.log1p(-np.minimum(cut, CUT_MOST)) * cost_factor
    # what overflows, times a reach of 0, would be no number
    harm = np.expm1(np.minimum(kept, LARGEST_EXPONENT))
    return np.clip(-reach_of_money * harm, -9.0, CUT_MOST)


def cut_with_open_weights(*, cut: Worlds, leak: Worlds, removal: Worlds) -> Worlds:
    """F_M (1 - l m_r) where F_M > 0: safeguards do not survive open weights (paper p. 29)."""
    return np.where(np.asarray(cut) > 0, cut * (1.0 - leak * removal), cut)


def reduction(*, cut: Worlds, carry_over: Worlds, scaling: Worlds, credit: Worlds) -> Worlds:
    """The term cf ln(1 - E k s_c): log hazard, <= 0 where the cut is positive."""
    return credit * np.log1p(-(cut * (carry_over * scaling)))
