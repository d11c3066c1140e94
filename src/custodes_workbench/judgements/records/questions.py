"""What an expert is asked about an effort: which quantities, in which order, in which words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from custodes import catalogue
from custodes.efforts import Effort, reference_classes
from custodes.quantities import SHARE_END, Amount, Quantity, scale_for

VERSION = 1
"""Version of the wording of every question; a new wording gets the next number."""
MAIN = (
    "accident_cut",
    "misuse_cut",
    "success",
    "adoption",
    "scaling",
    "usefulness",
    "done_anyway",
    "insight_months",
    "diversion",
    "overstatement",
    "made_safer_share",
    "principal_help",
)
"""What is asked first: both cuts, whether they come about, and one question for each problem.

Twelve, because more in one sitting tires.
"""
AT_REFERENCE_COST = frozenset(
    {
        "accident_cut",
        "misuse_cut",
        "usefulness",
        "insight_months",
        "interest_months",
        "diversion",
        "principal_help",
        "washing",
    }
)
"""Asked as if the effort cost its reference cost; the cost law does the scaling.

Source: docs/explanation/judgement.md.
"""

_STEPS = 400
"""Steps of a handle from end to end."""
_LEAST_OF_HIGHEST = 1e-4
"""Where a handle for a positive quantity begins, as a share of the highest value."""

ASKED: dict[str, Quantity] = {each.name: each for each in catalogue.quantities_of("effort")}
"""Every quantity that is asked about an effort, in the order of the catalogue."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand together."""

    title: str
    page: str
    """Pages of the paper; empty where several are meant."""
    quantities: tuple[Quantity, ...]


def groups() -> tuple[Group, ...]:
    """The main questions, then the others by problem, in the paper's order."""
    of_problems = {each.name for problem in catalogue.PROBLEMS for each in problem.quantities}
    rest = [each for name, each in ASKED.items() if name not in MAIN]
    found = [
        Group("Main questions", "", tuple(ASKED[name] for name in MAIN)),
        Group(
            "What it takes away, and what comes about anyway",
            "",
            tuple(each for each in rest if each.name not in of_problems),
        ),
    ]
    for problem in catalogue.PROBLEMS:
        names = {each.name for each in problem.quantities}
        asked = tuple(each for each in rest if each.name in names)
        found.append(Group(problem.title, problem.page, asked))
    return tuple(each for each in found if each.quantities)


def order_of_questions() -> tuple[str, ...]:
    """The names of the quantities in the order in which they are asked."""
    return tuple(each.name for group in groups() for each in group.quantities)


def wording(quantity: Quantity) -> str:
    """Id and version of the question's text, as an answer keeps it."""
    return f"{quantity.name}/{VERSION}"


def reference_cost(effort: Effort, quantity: Quantity) -> float | None:
    """At which cost in USD the question is asked; none where the cost does not matter."""
    if quantity.name not in AT_REFERENCE_COST:
        return None
    return effort.reference_cost or reference_classes()[effort.kind].reference_cost


def reference_range(effort: Effort, quantity: Quantity) -> Amount:
    """What is assumed of an effort of this kind where nobody answers."""
    return reference_classes()[effort.kind].quantities[quantity.name]


@dataclass(frozen=True, slots=True)
class Slider:
    """How a handle moves a number: along which scale, from where to where."""

    scale: str
    low: float
    high: float
    step: float


def slider_of(quantity: Quantity) -> Slider:
    """The handles of a question; the fields of numbers stay the truth."""
    low, high = quantity.low, quantity.high
    if quantity.family == "share":
        low, high = max(low, SHARE_END), min(high, 1 - SHARE_END)
    elif quantity.family == "positive":
        low = max(low, high * _LEAST_OF_HIGHEST)
    scale = scale_for(quantity.family, low, high)
    start, end = scale.forward(low), scale.forward(high)
    digits = 1 - math.floor(math.log10((end - start) / _STEPS))
    return Slider(scale.name, start, end, round((end - start) / _STEPS, digits))


def spoken(name: str) -> str:
    """A quantity's name as it is read aloud."""
    return name.replace("_", " ").capitalize()
