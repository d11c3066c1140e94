"""What to ask next: exactly what `questions.json` holds."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from custodes.records import Record

Decision = Literal["decline", "support", "support with conditions"]
"""What can be done with an effort."""
UnderBudget = Literal["exact", "approximate", "no budget binds"]
"""How the value was worked out with the rest of the portfolio."""


class Flip(Record):
    """A value of the quantity at which another decision becomes the best one."""

    at: float
    """The value, in the quantity's unit."""
    percentile: float = Field(ge=0, le=1)
    """Where it lies in what is believed of the quantity now, from 0 to 1."""
    below: Decision
    """What is best just below it."""
    above: Decision
    """What is best just above it."""


class Change(Record):
    """One effort whose decision an answer could change."""

    effort: str
    """The effort."""
    wins_now: Decision
    """What is best for it now."""
    evppi: float = Field(ge=0)
    """What the answer is worth in this decision alone, in `unit` of the result."""
    flips: tuple[Flip, ...] = ()
    """Every value at which its best decision changes, smallest first."""


class Question(Record):
    """One quantity of one effort, system or worldview, and what it is worth to know it."""

    effort: str
    """An effort's id, `system:ID` or `world:NAME`."""
    quantity: str
    """Its name."""
    question: str
    """What to ask, in words."""
    unit: str
    """Unit of the answer."""
    basis: Literal["judged", "reference class", "worldview"]
    """What is believed of it now."""
    answered_by: int = Field(ge=0)
    """Experts whose answers are in use."""
    experts: tuple[str, ...]
    """Up to three whom to ask: no conflict, not answered yet; best match of fields first."""
    expert_reasons: tuple[str, ...]
    """Why each of them, in words."""
    evppi: float = Field(ge=0)
    """Value of knowing it exactly, in `unit` of the result."""
    standard_error: float = Field(ge=0)
    """Its standard error."""
    noise_floor: float = Field(ge=0)
    """95th percentile of what the estimator finds in a useless quantity."""
    distinguishable: bool
    """Whether the value is told apart from 0; if not, its number means nothing."""
    evppi_all_options: float = Field(ge=0)
    """The same if the limit on P(raises risk) forbade nothing, each effort at a fixed price."""
    all_options_standard_error: float = Field(ge=0)
    """Its standard error."""
    all_options_distinguishable: bool
    """Whether that is told apart from 0."""
    under_budget: UnderBudget
    """`exact`: with the rest of the portfolio chosen again, for a question about several efforts
    at `values_chosen_again` values of the quantity; `approximate`: at a fixed price."""
    decides: int = Field(ge=0)
    """Efforts whose decision the answer could change."""
    wins_now: Decision | None = None
    """What is best now; null for a question about several efforts."""
    flips: tuple[Flip, ...] = ()
    """Every value at which the best decision changes, smallest first; of all options where only
    the limit on P(raises risk) stands in the way."""
    p_cap_flips: float | None = Field(default=None, ge=0, le=1)
    """Chance that the answer moves P(raises risk) across the limit; null where not worked out."""
    share_between: float | None = Field(default=None, ge=0, le=1)
    """Share of the quantity's variance that lies between experts; null below two experts."""
    changes: tuple[Change, ...] = ()
    """Efforts whose decision the answer could change, the largest worth first; worked out for the
    first questions only."""
    evsi_of_experts: tuple[float, ...] = ()
    """Value of asking one, two, ... more experts, each knowing as much as the pool; an answer of
    one is a study that halves the variance. Worked out for the first questions only."""
    best_experts: int | None = Field(default=None, ge=0)
    """How many more are worth most after their cost; null where not worked out."""
    evppi_at_fixed_price: float | None = Field(default=None, ge=0)
    """Where the portfolio was chosen again for a question about several efforts: what a fixed
    price of money would have said, which lets one answer spend the budget several times over."""


class GroupValue(Record):
    """Value of knowing several quantities of one effort together."""

    effort: str
    """The effort."""
    group: str
    """Its name: a mechanism's, or `experts` for which expert is right."""
    quantities: tuple[str, ...]
    """Members."""
    evppi: float = Field(ge=0)
    """Value of knowing all of them."""
    standard_error: float = Field(ge=0)
    """Its standard error."""
    distinguishable: bool
    """Whether it is told apart from 0."""
    all_options: bool
    """Whether the options over the limit on P(raises risk) are counted: nothing else is left."""


class EffortValue(Record):
    """Value of knowing everything about one decision."""

    effort: str
    """The effort."""
    wins_now: Decision
    """What is best now, with the rest of the portfolio."""
    evpi: float = Field(ge=0)
    """Value of knowing everything before this decision alone."""
    evpi_all_options: float = Field(ge=0)
    """The same with the options that the limit forbids."""
    left_out: tuple[Decision, ...]
    """Options over the limit on P(raises risk), or over the budget on their own."""


class Move(Record):
    """How far one quantity moves an effort, all else as drawn."""

    quantity: str
    """Its name."""
    low: float
    """Its 5th percentile."""
    high: float
    """Its 95th percentile."""
    at_low: float
    """The effort's mean with the quantity at `low`: net, or minus social value; below 0 is
    good."""
    at_high: float
    """The same at `high`."""
    turns: tuple[float, ...] = ()
    """Every value of it at which the effort's mean changes sign, smallest first."""


class Step(Record):
    """One assumption on the way from one worldview to another."""

    quantity: str
    """Its name."""
    alone: float
    """How the effort's mean changes when this assumption alone is taken from the other."""


class Disagreement(Record):
    """What two worldviews disagree about, of one effort."""

    worldview: str
    """The other worldview."""
    mean: float
    """The effort's mean there."""
    steps: tuple[Step, ...]
    """The assumptions that move it most, largest first; they need not add up."""


class EffortDrivers(Record):
    """What the result of one effort hangs on."""

    effort: str
    """The effort."""
    conditions: tuple[str, ...]
    """The recommended conditions, which are in force here."""
    mean: float
    """Its mean now: net, or minus social value; below 0 is good."""
    tornado: tuple[Move, ...]
    """The quantities that move it most, the widest first."""
    worldviews: tuple[Disagreement, ...]
    """The round's other worldviews, in their order."""


class QuestionsRecord(Record):
    """`questions.json`."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    schema_: Literal["custodes/questions/1"] = Field(
        default="custodes/questions/1", alias="schema"
    )
    """Name and version of this shape."""
    library_version: str
    """Version of Custodes."""
    seed: int
    """Seed; 0 is a seed."""
    samples: int
    """Draws."""
    inputs_sha256: str
    """Hash of everything that was read."""
    worldview: str
    """The worldview under which the values hold."""
    verdict: str
    """`risk` or `social-value`: what the decisions are taken by."""
    unit: str
    """Unit of every value."""
    budget: float
    """Money of the round."""
    currency: str
    """Its currency."""
    price_per_million: float = Field(ge=0)
    """What a million more would buy, in `unit`; 0 where the budget does not bind."""
    evpi: float = Field(ge=0)
    """Value of knowing everything before choosing under the budget."""
    evpi_basis: Literal["money divisible", "no budget binds"]
    """How `evpi` was worked out; with money divisible it is an approximation."""
    efforts: tuple[EffortValue, ...]
    """Value of knowing everything, decision by decision, largest first."""
    questions: tuple[Question, ...]
    """Largest first; those not told apart from 0 last, in the order of effort and quantity."""
    groups: tuple[GroupValue, ...] = ()
    """Groups of quantities, largest first."""
    drivers: tuple[EffortDrivers, ...] = ()
    """What the efforts with most at stake hang on."""
    cost_of_answer: float = Field(default=0.0, ge=0)
    """What one answer of one expert costs, in the round's currency."""
    values_chosen_again: int = Field(default=0, ge=0)
    """Values of a quantity at which the portfolio is chosen again where it bears on several
    efforts; 0 where the budget does not bind."""
