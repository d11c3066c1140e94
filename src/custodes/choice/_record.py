"""The record of a choice: exactly what `choice.json` holds.

Everything in it comes from the round, the seed and what was asked for, so it can be recomputed;
only `seconds` in the certificate is of the day, and a replay takes it over.
"""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from custodes.assessment import Result
from custodes.records import Record


class RowUsed(Record):
    """One limit, and where the portfolio stands in it."""

    name: str
    """What it limits."""
    origin: str
    """Where it was written."""
    kind: str
    """budget, cap, blocked, exclusion, prerequisite, category, fixed or other."""
    lower: float | None
    """At least; null where there is no floor."""
    upper: float | None
    """At most; null where there is no cap."""
    value: float
    """Where the portfolio stands."""


class Exhaustive(Record):
    """The check by looking at every portfolio."""

    combinations: int
    """Portfolios looked at."""
    feasible: int
    """How many of them keep the rows."""
    objective: float
    """The best of them."""
    equal: bool
    """Whether the solver's answer is as good."""


class Certificate(Record):
    """How the portfolio was shown to be the best."""

    text: str
    """In one sentence."""
    solver: str
    """What solved it."""
    library: str
    """Versions of what computed it."""
    rows: int
    """Rows of the last call of the solver."""
    rounds: int
    """Calls of the solver; more than one where rows were added."""
    seconds: float | None
    """Wall clock of the first computation; null where no clock was given."""
    ended: Literal["optimal", "rounded", "time limit"]
    """How the search ended."""
    feasible: bool
    """Whether every row is kept, recomputed by plain sums."""
    largest_violation: float
    """By how much the worst row is passed, relative to its size."""
    objective_recomputed: float
    """The objective from the draws, not from the solver."""
    bound_solver: float
    """The solver's bound."""
    bound_relaxation: float
    """The bound with shares of packages allowed."""
    bound_lagrange: float
    """The bound from a price on the budget alone, without the solver."""
    exhaustive: Exhaustive | None
    """Every portfolio looked at; null where there are too many."""
    not_exhaustive_because: str | None
    """Why not every portfolio was looked at."""
    cap_on_portfolio: Literal["none", "kept by the optimum", "exact", "heuristic"]
    """How the cap on the portfolio's P(raises risk) was met."""
    combined_by_model: float
    """Mean net by the model's rule for several efforts, no overlap beyond the hazard's own."""
    difference_from_model: float
    """The solver's net minus that, as a share of its size."""
    warnings: tuple[str, ...]
    """What a reader must know."""


class OtherConditions(Record):
    """How the conditions of a chosen effort differ from those that its assessment recommends."""

    more: tuple[str, ...]
    """Conditions that are not recommended for it alone."""
    fewer: tuple[str, ...]
    """Recommended conditions that it is chosen without."""
    reason: str
    """Why."""
    loss_with_recommended: float | None
    """By how much the objective is worse with the recommended ones; null where a limit is
    passed, or another package is better in everything."""


class Chosen(Record):
    """One effort that is chosen."""

    id: str
    """The effort."""
    conditions: tuple[str, ...]
    """Conditions of the grant."""
    cost: float
    """What it counts against the budget, conditions included."""
    net: float
    """Mean change in risk by itself, under the first worldview."""
    p_raises_risk: dict[str, float]
    """P(raises risk) with its conditions, by worldview."""
    loss_if_left_out: float | None
    """By how much the objective is worse without it; null where that was not computed."""
    fixed_because: str | None
    """Why it was fixed; null where it was free."""
    other_conditions: OtherConditions | None
    """How its conditions differ from the recommended ones, and why; null where they do not."""


class NotChosen(Record):
    """One effort that is not chosen."""

    id: str
    """The effort."""
    reason: str
    """Why."""
    loss_if_forced: float | None
    """By how much the objective is worse with it; null where it is barred or not computed."""
    enters_at_budget: float | None
    """The least budget found at which it is chosen; null where there is none."""


class FrontierPoint(Record):
    """The best portfolio at one budget."""

    budget: float
    """Money that there is."""
    spent: float
    """Money that it costs."""
    net: float
    """Mean change in risk under the first worldview; NEGATIVE IS SAFER."""
    objective: float
    """The objective, in its natural sense."""
    ratio: float | None
    """Mean risk taken away for each unit of usefulness gained; null where none is gained."""
    efforts: tuple[str, ...]
    """Efforts chosen."""


class RatioStep(Record):
    """One effort more, the highest ratio of risk taken away to usefulness first (paper p. 9)."""

    id: str
    """The effort."""
    spent: float
    """Money for it and all before it."""
    ratio: float | None
    """Ratio of it and all before it, each by itself; null while no usefulness is gained."""


class HullCorner(Record):
    """A corner of the lower convex hull of money spent and objective."""

    spent: float
    """Money."""
    objective: float
    """The objective, in its natural sense."""
    per_million: float | None
    """Change of the objective for each million up to this corner; null for the first."""


class NextMillion(Record):
    """What one more million of the round's currency buys."""

    budget: float
    """The budget with it."""
    change: float
    """Change of the objective, in its natural sense."""
    enters: tuple[str, ...]
    """Efforts chosen that were not."""
    leaves: tuple[str, ...]
    """Efforts no longer chosen."""
    price_per_million: float
    """Shadow price: what the budget's last million is worth at the margin."""


class Package(Record):
    """An effort with its conditions."""

    id: str
    """The effort."""
    conditions: tuple[str, ...]
    """The conditions."""


class AcrossWorldviews(Record):
    """Portfolios that each worldview alone would choose."""

    alone: dict[str, tuple[Package, ...]]
    """By worldview: what it would choose."""
    objective: dict[str, dict[str, float]]
    """By portfolio (`chosen`, or the worldview that chooses it) and worldview: its value."""
    in_all: tuple[str, ...]
    """Efforts that every worldview chooses: the robust core."""
    in_some: tuple[str, ...]
    """Efforts that some choose."""
    in_none: tuple[str, ...]
    """Efforts that none chooses."""


class GivenStep(Record):
    """One step of the S-process."""

    step: int
    """Its number, from 1."""
    recommender: str
    """Who gives."""
    effort: str
    """To whom; empty where a recommender retires."""
    amount: float
    """Money."""
    marginal: float | None
    """Value of this unit of money."""
    refused_because: str
    """Why the step was refused; empty where it was made."""


class SharedOutRecord(Record):
    """Money shared out by one variant of the S-process."""

    variant: Literal["plain", "signed", "mean"]
    """Whose judgement a step follows."""
    brake: bool
    """Whether blocked efforts are refused."""
    given: dict[str, float]
    """By effort."""
    left: float
    """Money that nobody wanted to give."""
    steps: tuple[GivenStep, ...]
    """Every step, in order."""


class SProcess(Record):
    """The S-process beside the optimum."""

    pots: dict[str, float]
    """Money of each recommender."""
    rescaled: bool
    """Whether `mean` scales each recommender's curves to one total."""
    blocked: dict[str, str]
    """Efforts that the brake stops, each with its reason."""
    set_aside: tuple[str, ...]
    """Curves left out because of a conflict, as `recommender: effort`."""
    results: tuple[SharedOutRecord, ...]
    """By variant."""


class Asked(Record):
    """What was asked for: enough, with the round, to recompute the choice."""

    budget: float
    """Money."""
    cap_p_raises_risk: float
    """Cap on P(raises risk) of each package."""
    cvar_level: float | None
    """Level of the limit on the tail; null without one."""
    cvar_limit: float | None
    """The limit, in the unit of net."""
    cap_p_portfolio: float | None
    """Cap on P(raises risk) of the portfolio."""
    rule: Literal["first", "credence", "maximin", "regret"]
    """What decides under several worldviews."""
    credences: dict[str, float] | None
    """For `credence`."""
    cost_quantile: float | None
    """The quantile of each cost that the budget counts; null for the mean."""
    hazard_overlap: float
    """Overlap of benefits on one named hazard in `portfolio`."""
    packages: dict[str, tuple[tuple[str, ...], ...]]
    """Packages that a person wanted to be looked at, by effort."""
    conditions: dict[str, tuple[str, ...]]
    """Packages that a person fixed, by effort."""
    blocked: dict[str, str]
    """Efforts that were blocked, each with its reason."""
    worldviews: tuple[str, ...]
    """Worldviews, in order."""
    samples: int
    """Draws of the assessment."""
    sampler: Literal["sobol", "monte_carlo"]
    """How they were made."""
    seed: int
    """Seed; 0 is a seed."""


class ChoiceRecord(Record):
    """`choice.json`."""

    model_config = ConfigDict(populate_by_name=True, serialize_by_alias=True)

    schema_: Literal["custodes/choice/1"] = Field(default="custodes/choice/1", alias="schema")
    """Name and version of this shape."""
    library_version: str
    """Version of Custodes."""
    round_title: str
    """Title of the round."""
    currency: str
    """The round's currency."""
    verdict: Literal["risk", "social-value"]
    """What decides."""
    unit: str
    """Unit of the objective."""
    asked: Asked
    """What was asked for."""
    inputs: dict[str, str]
    """SHA-256 of each part of the round that the choice hangs on."""
    scenarios: int
    """Draws on which the choice was made."""
    options: int
    """Efforts times packages among which was chosen."""
    dropped: int
    """Packages left out before, because another is better in everything, or there were eight."""
    budget: float
    """Money that there is."""
    spent: float
    """Money that the portfolio costs."""
    sense: Literal["minimise", "maximise"]
    """Sense of `objective` and `bound`."""
    objective: float
    """Value of the portfolio by the rule."""
    bound: float
    """No portfolio is better than this."""
    gap: float
    """Distance of the two, as a share of the objective."""
    certificate: Certificate
    """How optimality was shown."""
    chosen: tuple[Chosen, ...]
    """Efforts chosen, in the order of their ids."""
    not_chosen: tuple[NotChosen, ...]
    """The others, each with its reason."""
    portfolio: dict[str, Result]
    """What the chosen efforts do together, by worldview."""
    net_by_overlap: dict[str, dict[str, float]]
    """Mean net of the portfolio by worldview, for several overlaps on one named hazard."""
    cvar: dict[str, float]
    """Mean of the worst draws of the portfolio's net by worldview, at the level asked or 0.95."""
    rows: tuple[RowUsed, ...]
    """Every limit."""
    worldviews: AcrossWorldviews
    """What each worldview alone would choose."""
    frontier: tuple[FrontierPoint, ...]
    """The best portfolio at several budgets."""
    falling_ratio: tuple[RatioStep, ...]
    """Efforts that the widest budget chooses, the highest ratio first: the ratio only falls."""
    hull: tuple[HullCorner, ...]
    """Lower convex hull of the frontier: what a marginal million buys."""
    next_million: NextMillion
    """What one more million buys."""
    s_process: SProcess | None
    """Money shared out by recommenders; null where the round has no curves."""
