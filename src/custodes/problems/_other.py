"""Some different mechanism: whatever else an expert names.

Source: paper p. 31; docs/explanation/model.md. Nothing checks that it is not counted elsewhere
too: the
question must ask.
"""

from __future__ import annotations

import numpy as np

from custodes.quantities import Mechanism, Problem, Quantity, Worlds

OTHER_ACCIDENT = Quantity(
    name="other_accident",
    symbol="z_A",
    meaning="Change of accident risk through any other mechanism; positive is bad.",
    question="By what share does it change accident risk in a way not asked about so far? Name "
    "the mechanism.",
    unit="relative",
    low=-0.99,
    high=5,
    family="signed",
    owner="effort",
    page="31",
)
OTHER_MISUSE = Quantity(
    name="other_misuse",
    symbol="z_M",
    meaning="Change of misuse risk through any other mechanism; positive is bad.",
    question="By what share does it change misuse risk in a way not asked about so far? Name the "
    "mechanism.",
    unit="relative",
    low=-0.99,
    high=5,
    family="signed",
    owner="effort",
    page="31",
)

OTHER = Problem(
    name="other",
    title="Some different mechanism",
    statement="The four problems are not all that can go wrong; anything else an expert names "
    "stands here under its own name.",
    page="31",
    mechanisms=(
        Mechanism(
            name="other",
            title="Other",
            statement="A change of risk through a mechanism that an expert names.",
            page="31",
            formula="cf ln(1 + max(z, -.99))",
            quantities=("other_accident", "other_misuse"),
        ),
    ),
    quantities=(OTHER_ACCIDENT, OTHER_MISUSE),
)

LEAST_CHANGE = -0.99


def other(*, credit: Worlds, change: Worlds) -> Worlds:
    """The term cf ln(1 + max(z, -.99)): log hazard, positive is bad."""
    return credit * np.log1p(np.maximum(change, LEAST_CHANGE))
