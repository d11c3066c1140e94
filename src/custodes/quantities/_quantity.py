"""A quantity that can be judged: what it means, its unit, its range and its scale."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from custodes.records import Record

Family = Literal["share", "positive", "real", "signed"]
"""The scale on which a quantity's distribution is stated; `distribution` says how."""

Owner = Literal["effort", "system", "world"]
"""What a quantity belongs to: drawn once an effort, once a world and system, or once a world."""

Operation = Literal["times", "excess", "lift"]
"""The one way in which mitigations change a quantity; see `custodes.mitigations`."""


class Quantity(Record):
    """One uncertain amount of the model, as it is named in every file."""

    name: str = Field(pattern="^[a-z][a-z0-9_]*$")
    """The name used in `judgements.csv`, worldviews, systems and mitigations."""
    symbol: str
    """The symbol of the formula."""
    meaning: str
    """What it is, in one sentence."""
    question: str
    """What an expert, or the institution, is asked."""
    unit: str
    """Unit of the number."""
    low: float
    """Smallest value allowed."""
    high: float
    """Largest value allowed."""
    family: Family
    """Scale of its distribution."""
    owner: Owner
    """What it belongs to."""
    page: str
    """Pages of the paper that it comes from."""
    operation: Operation | None = None
    """How a mitigation changes it; none: no mitigation may."""

    @property
    def range_told(self) -> str:
        """The range in words, for a sentence about a value outside it."""
        return f"{self.low:g} to {self.high:g}"


class Mechanism(Record):
    """One way in which an effort adds risk."""

    name: str
    """Its name in results: the problem, a dot, the mechanism."""
    title: str
    """Its name for people."""
    statement: str
    """How it works, in one or two sentences."""
    page: str
    """Pages of the paper."""
    formula: str
    """The formula, in the symbols of the quantities."""
    quantities: tuple[str, ...]
    """Names of the quantities that it hangs on."""


class Problem(Record):
    """One of the paper's four problems, or the open door for any other mechanism."""

    name: str
    """Its name in results and files."""
    title: str
    """Its name for people."""
    statement: str
    """What the problem is, in our words."""
    page: str
    """Pages of the paper."""
    mechanisms: tuple[Mechanism, ...]
    """The mechanisms, in the order of the paper."""
    quantities: tuple[Quantity, ...]
    """The quantities that this problem brings in, in the order of the tables."""
