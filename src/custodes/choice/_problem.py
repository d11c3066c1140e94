"""The problem of choosing, in numbers: options, what they cost, what they do, and the rows.

An option is one effort with one package of conditions. At most one option of an effort is chosen.
Source: docs/explanation/choice.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.float64]
"""An array of numbers."""
Picks: TypeAlias = npt.NDArray[np.bool_]
"""Which options are chosen, shape (options,)."""
RuleName: TypeAlias = Literal["first", "credence", "maximin", "regret"]
"""How several worldviews become one objective."""

RAISES_RISK = 1e-13
"""A draw in which net is above this is one in which risk rises."""
BUDGET = "budget"
"""Kind of the row that holds the budget."""
_MOST_DOUBLINGS = 1000.0
"""Above 2 to this power a number of portfolios is told as infinity."""
FEASIBLE_WITHIN = 1e-9
"""A row may be passed by this share of its size: rounding, not money."""


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """One effort with one package of conditions."""

    effort: str
    """The effort."""
    conditions: tuple[str, ...] = ()
    """Ids of the conditions, sorted; none is the effort as proposed."""


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """What every option does under one worldview, in every scenario.

    The net of several options is `sum_h R_h (exp(-sum a_h) - 1) + sum adds`: what removes shares
    of one hazard overlaps, what adds risk adds up (7.4). Without hazards everything adds up.
    """

    adds: Numbers
    """What adds up: risk added; the whole net where nothing overlaps; (options, scenarios)."""
    backgrounds: tuple[Numbers, ...] = ()
    """R_h: the risk of each hazard that can be removed, shape (scenarios,)."""
    removes: tuple[Numbers, ...] = ()
    """a_h = -ln(1 - share removed) of each hazard, shape (options, scenarios)."""
    beside: Numbers | None = None
    """What the loss counts beside the mean net, shape (options,); none is nothing."""

    @property
    def is_additive(self) -> bool:
        """Whether the net of several options is the sum of their nets."""
        return not self.backgrounds

    @property
    def scenarios(self) -> int:
        """How many scenarios."""
        return int(self.adds.shape[1])


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A linear limit: lower <= coefficients . x <= upper."""

    name: str
    """What it is, in words."""
    origin: str
    """Where it was written."""
    coefficients: Numbers
    """By option."""
    lower: float = -np.inf
    """At least."""
    upper: float = np.inf
    """At most."""
    kind: str = "other"
    """budget, exclusion, prerequisite, category, fixed, cap or other."""


@dataclass(frozen=True, slots=True, eq=False)
class Tail:
    """A limit on the mean of the worst share 1 - level of draws of the portfolio's net."""

    level: float
    """A, from 0 up to but not including 1."""
    limit: float
    """Gamma, in the unit of net."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """How several worldviews become one objective (7.8)."""

    name: RuleName = "first"
    """first, credence, maximin or regret."""
    credences: Mapping[str, float] | None = None
    """For credence: weights that sum to 1; equal where none is given."""


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Options under a budget and other rows."""

    options: tuple[Option, ...]
    """Options; those of one effort stand together."""
    cost: Numbers
    """Money for each option, shape (options,)."""
    draws: Mapping[str, Draws]
    """By worldview; the first decides unless a rule says otherwise."""
    budget: float
    """Money that there is."""
    rows: tuple[Row, ...] = ()
    """Limits beside the budget."""
    rule: Rule = Rule()
    """How several worldviews become one objective."""
    tails: tuple[Tail, ...] = ()
    """Limits on the tail."""
    most_raising: float | None = None
    """Cap on the portfolio's P(raises risk), if there is one."""
    members: tuple[slice, ...] = field(init=False, default=())
    """The options of each effort; found from the options."""

    def __post_init__(self) -> None:
        """Find the options of each effort.

        Raises:
            ValueError: Options of one effort do not stand together.
        """
        names = [option.effort for option in self.options]
        starts = [
            place for place, name in enumerate(names) if place == 0 or name != names[place - 1]
        ]
        if len(starts) != len(set(names)):
            msg = "the options of an effort must stand together"
            raise ValueError(msg)
        ends = [*starts, len(self.options)]
        object.__setattr__(self, "members", tuple(slice(*both) for both in pairwise(ends)))

    @property
    def efforts(self) -> tuple[str, ...]:
        """The efforts, in order."""
        return tuple(self.options[int(each.start)].effort for each in self.members)

    @property
    def every_row(self) -> tuple[Row, ...]:
        """The budget and the other rows."""
        return (
            Row(
                name="budget",
                origin="budget",
                coefficients=self.cost,
                upper=self.budget,
                kind=BUDGET,
            ),
            *self.rows,
        )

    @property
    def combinations(self) -> float:
        """How many portfolios there are before any limit; infinity where a float cannot say."""
        doublings = math.fsum(math.log2(1 + each.stop - each.start) for each in self.members)
        return math.inf if doublings > _MOST_DOUBLINGS else 2.0**doublings

    @property
    def tail_views(self) -> tuple[str, ...]:
        """Worldviews in which the tail is limited: those that the rule looks at."""
        views = tuple(self.draws)
        return views[:1] if self.rule.name == "first" else views


def spent(problem: Problem, picks: Numbers | Picks) -> float:
    """What a portfolio costs."""
    return float(problem.cost @ picks)


def largest_violation(problem: Problem, picks: Picks) -> tuple[float, str]:
    """By how much the worst row is passed, relative to its size, and which; 0 where none is.

    Plain sums of the chosen options, so that no word of the solver is needed.
    """
    worst, name = 0.0, ""
    for row in problem.every_row:
        value = float(np.sum(row.coefficients[picks]))
        size = max(1.0, float(np.abs(row.coefficients).max(initial=0.0)), *_ends(row))
        over = max(row.lower - value, value - row.upper, 0.0) / size
        if over > worst:
            worst, name = over, row.name
    for each in problem.members:
        over = float(np.count_nonzero(picks[each])) - 1.0
        if over > worst:
            worst, name = over, f"one package for {problem.options[int(each.start)].effort}"
    return worst, name


def _ends(row: Row) -> tuple[float, ...]:
    return tuple(abs(each) for each in (row.lower, row.upper) if np.isfinite(each))
