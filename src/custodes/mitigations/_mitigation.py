"""A recommendation of the paper as something that can be adopted, or made a condition."""

from __future__ import annotations

from typing import Literal, NewType

from pydantic import Field

from custodes.quantities import Amount
from custodes.records import Record

MitigationId = NewType("MitigationId", str)


class Mitigation(Record):
    """One mitigation: what it changes, who carries it out, what it costs."""

    id: MitigationId = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    """Its id."""
    title: str = Field(min_length=1)
    """What is done, in one line."""
    page: str = ""
    """Pages of the paper; empty for an institution's own."""
    problem: tuple[str, ...] = Field(min_length=1)
    """Problems that it works against."""
    who: Literal["institution", "developer", "auditor", "regulator", "society"]
    """Who carries it out."""
    grant_condition: bool
    """Whether a funder can make it a condition of its grant."""
    condition: str = ""
    """The condition as it would stand in a grant letter."""
    applies: Literal["always", "dual_use", "system", "weights"] = "always"
    """To which efforts it applies."""
    available: bool = True
    """Whether it may be recommended in this round."""
    adopted: Amount
    """P(it is carried out)."""
    cost_share: float = Field(default=0.0, ge=0, le=1)
    """Cost to the institution as a share of the effort's cost."""
    cost_least: float = Field(default=0.0, ge=0)
    """At least so much; in USD in the library, in the round's currency in a round's file."""
    cost_in_usd: bool = False
    """Whether `cost_least` is in USD."""
    changes: dict[str, Amount]
    """Quantity and strength; the operation is fixed by the quantity."""
    side_effects: tuple[str, ...] = ()
    """Which of the changed quantities are side effects."""
    caution: str = ""
    """What speaks against it, in the paper's sense."""
