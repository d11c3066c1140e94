"""The kinds of effort; each is a reference class until somebody judges the effort itself.

Source of the ranges: our assumptions (docs/explanation/model.md), with the paper's pages in `why`.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from pydantic import Field

from custodes.quantities import Amount
from custodes.records import Record

Kind = Literal[
    "power_averseness",
    "honest_ai",
    "anomaly_detection",
    "model_organisms",
    "interpretability",
    "evaluations",
    "preference_training",
    "scalable_oversight",
    "robustness",
    "control",
    "agent_foundations",
    "governance_research",
    "infrastructure",
    "field_building",
    "broad_programme",
    "other",
]
"""The closed list of kinds."""

KINDS: tuple[Kind, ...] = get_args(Kind)
"""The kinds, in the order in which they are shown."""


class ReferenceClass(Record):
    """What is assumed of an effort of one kind before anybody judges it."""

    kind: Kind
    """The kind."""
    definition: str = Field(min_length=1)
    """What efforts belong to it, in one line."""
    why: str = Field(min_length=1)
    """Why these ranges."""
    reference_cost: float = Field(gt=0)
    """USD at which cuts, months, usefulness, diversion and washing are stated."""
    quantities: dict[str, Amount]
    """Every effort quantity, by name."""


@cache
def reference_classes() -> dict[str, ReferenceClass]:
    """The reference class of every kind, in the order of `KINDS`."""
    text = (files("custodes.efforts") / "reference_classes.toml").read_text("utf-8")
    table = tomllib.loads(text)
    common = table["common"]
    return {
        kind: ReferenceClass(
            kind=kind,
            definition=table[kind]["definition"],
            why=table[kind]["why"],
            reference_cost=table[kind]["reference_cost"],
            quantities={
                name: Amount(p05=three[0], p50=three[1], p95=three[2])
                for name, three in (common | table[kind].get("quantities", {})).items()
            },
        )
        for kind in KINDS
    }
