"""How effects grow with money: stated at a reference cost, linear for little, concave for much.

Source: our assumption (docs/explanation/model.md): the simplest law that is increasing and
concave, has a
worldview's curvature, and does not let a stipend equal a programme. Paper p. 9: what more money
buys is worth less.
"""

from __future__ import annotations

import numpy as np

from custodes.quantities import Quantity, Worlds

RETURNS_EXPONENT = Quantity(
    name="returns_exponent",
    symbol="a",
    meaning="Curvature of the return to cost: 0 is logarithmic, 1 is linear.",
    question="If ten times the money went to one line of work, how much more would it bring?",
    unit="number",
    low=0,
    high=1,
    family="share",
    owner="world",
    page="9, 13",
)
RETURNS_START = Quantity(
    name="returns_start",
    symbol="C_0",
    meaning="Cost below which the return is about linear.",
    question="Up to which cost does twice the money bring about twice the effect?",
    unit="USD",
    low=1e3,
    high=1e9,
    family="positive",
    owner="world",
    page="9",
)

QUANTITIES = (RETURNS_EXPONENT, RETURNS_START)


def cost_factor(
    *, cost_usd: Worlds, reference_cost: Worlds, returns_start: Worlds, exponent: Worlds
) -> Worlds:
    """The factor phi = B(C, a) / B(C_r, a).

    B(x, a) = ((1 + x/C_0)^a - 1)/a, and ln(1 + x/C_0) at a = 0.

    Args:
        cost_usd: Cost in USD, > 0.
        reference_cost: USD at which the quantities are stated, > 0.
        returns_start: USD, > 0.
        exponent: In [0, 1]; `returns_exponent`, or `interest_exponent` for interest.

    Returns:
        How many times the effect at the reference cost; 1 at the reference cost.
    """
    return _returns(cost_usd, returns_start, exponent) / _returns(
        reference_cost, returns_start, exponent
    )


def _returns(cost: Worlds, start: Worlds, exponent: Worlds) -> Worlds:
    grown = np.log1p(np.asarray(cost) / start)
    flat = np.abs(exponent) < 1e-9  # noqa: PLR2004 (the limit is exact to float64 below it)
    safe = np.where(flat, 1.0, exponent)
    return np.where(flat, grown, np.expm1(safe * grown) / safe)
