"""How a round chooses, as its `round.toml` says: the rule over worldviews, and limits by name.

Source: docs/explanation/choice.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from custodes import catalogue
from custodes.errors import Fault
from custodes.records import Record

WITHIN = 1e-9
"""Credences sum to 1 within this."""


class Exclusion(Record):
    """At most so many of some efforts."""

    kind: Literal["exclusion"]
    """`exclusion`."""
    efforts: tuple[str, ...] = Field(min_length=2)
    """The efforts that exclude each other."""
    at_most: int = Field(default=1, ge=0)
    """How many of them may be chosen."""
    reason: str = ""
    """Why."""


class Prerequisite(Record):
    """One effort only together with another."""

    kind: Literal["prerequisite"]
    """`prerequisite`."""
    effort: str
    """The effort that hangs on another."""
    needs: str
    """The effort that it needs."""
    reason: str = ""
    """Why."""


class Category(Record):
    """A floor and a cap for some efforts together, in money or in number."""

    kind: Literal["category"]
    """`category`."""
    name: str = Field(min_length=1)
    """What the efforts have in common."""
    efforts: tuple[str, ...] = Field(min_length=1)
    """Which they are."""
    floor: float | None = Field(default=None, ge=0)
    """At least so much money, in the round's currency."""
    cap: float | None = Field(default=None, ge=0)
    """At most so much money."""
    count_floor: int | None = Field(default=None, ge=0)
    """At least so many efforts."""
    count_cap: int | None = Field(default=None, ge=0)
    """At most so many efforts."""
    reason: str = ""
    """Why."""

    @model_validator(mode="after")
    def _is_a_limit(self) -> Category:
        ends = ((self.floor, self.cap), (self.count_floor, self.count_cap))
        if all(each is None for pair in ends for each in pair):
            msg = "limits nothing; give floor, cap, count_floor or count_cap"
            raise ValueError(msg)
        for low, high in ends:
            if low is not None and high is not None and low > high:
                msg = f"the floor {low:g} is above the cap {high:g}"
                raise ValueError(msg)
        return self


class Fixed(Record):
    """An effort that is chosen, or is not, whatever it is worth."""

    kind: Literal["fixed"]
    """`fixed`."""
    effort: str
    """The effort."""
    chosen: bool
    """Whether it is chosen."""
    reason: str = Field(min_length=1)
    """Why: promised, blocked by a challenge, a conflict."""


class Linear(Record):
    """Any linear limit on which efforts are chosen."""

    kind: Literal["linear"]
    """`linear`."""
    name: str = Field(min_length=1)
    """What it limits."""
    coefficients: dict[str, float] = Field(min_length=1)
    """By effort; the others count 0."""
    lower: float | None = None
    """At least."""
    upper: float | None = None
    """At most."""
    reason: str = ""
    """Why."""

    @model_validator(mode="after")
    def _is_a_limit(self) -> Linear:
        if self.lower is None and self.upper is None:
            msg = "limits nothing; give lower or upper"
            raise ValueError(msg)
        return self


ChoiceRule: TypeAlias = Annotated[
    Exclusion | Prerequisite | Category | Fixed | Linear, Field(discriminator="kind")
]
"""A limit on the choice, by its kind."""
RULES: dict[str, type[Record]] = {
    "exclusion": Exclusion,
    "prerequisite": Prerequisite,
    "category": Category,
    "fixed": Fixed,
    "linear": Linear,
}
"""Kinds of limits."""


class ChoiceRules(Record):
    """How the round chooses."""

    rule: Literal["first", "credence", "maximin", "regret"] = "first"
    """What decides under several worldviews: the first, the credences, the worst, the regret."""
    credences: dict[str, float] | None = None
    """For `credence`: how far each worldview is believed; they sum to 1; equal where left out."""
    cost_quantile: float | None = Field(default=None, gt=0, lt=1)
    """The quantile of an uncertain cost that the budget counts; the mean where left out."""
    hazard_overlap: float = Field(default=0.5, ge=0, le=1)
    """How far benefits on one named hazard overlap: 0 none, 1 only the largest counts."""
    pots: dict[str, float] = Field(default_factory=dict)
    """Money of each recommender in the S-process; equal where left out."""
    rules: tuple[ChoiceRule, ...] = ()
    """Limits by name."""


def faults_of_rules(
    choice: ChoiceRules, *, efforts: Collection[str], worldviews: Sequence[str]
) -> Iterator[Fault]:
    """What does not fit between the rules of the choice and the round.

    Args:
        choice: The rules.
        efforts: Ids of the round's efforts.
        worldviews: Names of its worldviews.
    """
    known = tuple(sorted(efforts))
    for number, rule in enumerate(choice.rules):
        place = f"choice.rules.{number}"
        for key, name in _efforts_in(rule):
            if name not in efforts:
                yield Fault(
                    message=f"{name!r} is no effort of this round",
                    cure=catalogue.nearest(name, known),
                    file="round.toml",
                    field=f"{place}.{key}",
                )
    yield from _credences(choice, worldviews)
    for name, money in choice.pots.items():
        if money < 0:
            yield Fault(
                message=f"{money:g} is below 0",
                cure="write the recommender's money",
                file="round.toml",
                field=f"choice.pots.{name}",
            )


def _efforts_in(rule: ChoiceRule) -> Iterator[tuple[str, str]]:
    match rule:
        case Exclusion() | Category():
            yield from (("efforts", each) for each in rule.efforts)
        case Prerequisite():
            yield from (("effort", rule.effort), ("needs", rule.needs))
        case Fixed():
            yield "effort", rule.effort
        case Linear():
            yield from (("coefficients", each) for each in rule.coefficients)


def _credences(choice: ChoiceRules, worldviews: Sequence[str]) -> Iterator[Fault]:
    if choice.credences is None:
        return
    for name, credence in choice.credences.items():
        if name not in worldviews:
            yield Fault(
                message=f"{name!r} is not a worldview of this round",
                cure=catalogue.nearest(name, tuple(worldviews)),
                file="round.toml",
                field="choice.credences",
            )
        if not 0 <= credence <= 1:
            yield Fault(
                message=f"{credence:g} is not a share",
                cure="give a number from 0 to 1",
                file="round.toml",
                field=f"choice.credences.{name}",
            )
    total = sum(choice.credences.values())
    if abs(total - 1.0) > WITHIN:
        yield Fault(
            message=f"the credences sum to {total:.10g}",
            cure="make them sum to 1",
            file="round.toml",
            field="choice.credences",
        )
