"""How far an effort makes systems more useful, which is a good and a danger.

Source: paper pp. 9-13, 16; docs/explanation/model.md.
"""

from __future__ import annotations

import numpy as np

from custodes.quantities import Quantity, Worlds

USEFULNESS = Quantity(
    name="usefulness",
    symbol="u_0",
    meaning="Relative gain in usefulness of the systems it is applied to, if adopted.",
    question="By what share does it make the systems it is used on more useful to paying users?",
    unit="relative",
    low=-0.9,
    high=5,
    family="signed",
    owner="effort",
    page="9-13, 16",
    operation="times",
)
USEFULNESS_VALUE = Quantity(
    name="usefulness_value",
    symbol="b_u",
    meaning="Value of a relative gain in usefulness of 1, in catastrophes.",
    question="How many catastrophes would society accept for a doubling of usefulness?",
    unit="catastrophes",
    low=0,
    high=10,
    family="positive",
    owner="world",
    page="11-12",
)

QUANTITIES = (USEFULNESS,)
WORLD_QUANTITIES = (USEFULNESS_VALUE,)

MOST_LOST = -0.9
"""An effort cannot take away more than this share of usefulness (docs/explanation/model.md)."""


def usefulness_gained(
    *, usefulness: Worlds, reach_of_money: Worlds, cost_factor: Worlds
) -> Worlds:
    """The gain u = max(out u_0 phi, -.9), if the effort succeeds."""
    return np.maximum(reach_of_money * usefulness * cost_factor, MOST_LOST)


def social_value(
    *,
    net: Worlds,
    usefulness: Worlds,
    credit: Worlds,
    usefulness_value: Worlds,
    reach: Worlds,
    harm_benefit: Worlds,
    deployed_well_after: Worlds,
    deployed_well_before: Worlds,
) -> Worlds:
    """-net + b_u cf u + reach cf / (H/B) (V_1 (1-h_1)(1+u) - V_0 (1-h_0)), in catastrophes.

    A separate verdict: a deployment can be worth its risk (paper pp. 11-12).

    Args:
        net: Change in risk.
        usefulness: u.
        credit: cf.
        usefulness_value: b_u.
        reach: P(the system is of catastrophic reach).
        harm_benefit: H/B, > 0.
        deployed_well_after: V_1 (1 - h_1)(1 + u), with the effort.
        deployed_well_before: V_0 (1 - h_0), without.
    """
    deployment = reach * credit / harm_benefit * (deployed_well_after - deployed_well_before)
    return -net + usefulness_value * credit * usefulness + deployment
