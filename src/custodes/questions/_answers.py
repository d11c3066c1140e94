"""What an answer could change, and what one more expert is worth: for the first questions only.

Source: docs/explanation/questions.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from custodes.assessment import EffortDraws
from custodes.quantities import Worlds
from custodes.questions._decisions import Choice
from custodes.questions._evppi import evppi
from custodes.questions._evsi import best_size, evsi, sharpness_of_experts
from custodes.questions._look import flips_of
from custodes.questions._portfolio import portfolio_of
from custodes.questions._record import Change
from custodes.questions._values import Row, Values

EFFORTS_CHOSEN_AGAIN = 20
"""Up to so many efforts the portfolio is chosen again for every question about several of them."""
QUESTIONS = 10
"""Questions that are looked at more closely."""
MOST_EXPERTS = 5
"""Experts more, at most, for whom the value is worked out."""
COST_IN_USD = 500.0
"""What one answer of one expert costs where nobody says otherwise: our assumption, in USD."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is told of the first questions beside their value."""

    changes: tuple[Change, ...] = ()
    """Efforts whose decision the answer could change."""
    evsi_of_experts: tuple[float, ...] = ()
    """Value of one, two, ... more experts."""
    best_experts: int | None = None
    """How many are worth most after their cost."""


NOT_WORKED_OUT = Answer()
"""For the questions that come later."""


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What answers could change; nothing is worked out before it is asked for."""

    values: Values
    """The decisions that are weighed."""
    draws_of: Callable[[Choice], EffortDraws]
    """The draws of an effort."""
    cost: float
    """What one answer costs, in the round's currency."""

    def to(self, row: Row) -> Answer:
        """What an answer to one question could change, and what asking experts is worth."""
        known = self._known(row)
        shares = [sharpness_of_experts(number) for number in range(1, MOST_EXPERTS + 1)]
        worths = [min(row.estimate.evppi, each) for each in self._evsi(row, known, shares)]
        size = best_size(
            lambda number: worths[number - 1],
            sizes=range(1, MOST_EXPERTS + 1),
            each=self.values.decisions.price * self.cost,
        )
        return Answer(
            changes=self._changes(row, known),
            evsi_of_experts=tuple(worths),
            best_experts=size.observations,
        )

    def _evsi(self, row: Row, known: Worlds, shares: Sequence[float]) -> Sequence[float]:
        """EVSI of studies, with the portfolio chosen again where the value was."""
        portfolio = None
        if row.at_fixed_price is not None:
            portfolio = portfolio_of(self.values.decisions, seed=self.values.seed)
        if portfolio is not None:
            return portfolio.evsi(known, shares)
        decisions = [
            each.benefits
            for each in _bears_on(row, self.values.choices)
            if each.stake.assessed.id in self.values.gaps
        ]
        return [sum(evsi(each, known, share=share) for each in decisions) for share in shares]

    def _known(self, row: Row) -> Worlds:
        """The quantity in every draw."""
        decisions = self.values.decisions
        view = decisions.worldview
        if row.choice is not None:
            return self.draws_of(row.choice).own[view][row.quantity]
        if row.subject.startswith("world:"):
            return decisions.drawn.worlds[view][row.quantity]
        name = row.subject.removeprefix("system:")
        return decisions.drawn.system(name, view)[0][row.quantity]

    def _changes(self, row: Row, known: Worlds) -> tuple[Change, ...]:
        """The decisions that the answer could change, the largest worth first."""
        found: list[Change] = []
        for choice in _bears_on(row, self.values.choices):
            id_ = choice.stake.assessed.id
            if id_ not in self.values.gaps:
                continue
            estimate = row.estimate
            if row.choice is None:
                estimate = evppi(choice.benefits, known, seed=self.values.seed)
            if estimate.is_distinguishable:
                flips = flips_of(choice.benefits, known, names=choice.names)
                found.append(
                    Change(effort=id_, wins_now=choice.wins_now, evppi=estimate.evppi, flips=flips)
                )
        return tuple(sorted(found, key=lambda each: (-each.evppi, each.effort)))


def chosen_again(rows: Sequence[Row], values: Values) -> list[Row]:
    """The rows with the portfolio chosen again where an answer bears on several efforts.

    For all that are told apart from 0 in a round of up to `EFFORTS_CHOSEN_AGAIN` efforts; in a
    larger one until every one of the first `QUESTIONS` is exact.

    Args:
        rows: In the order in which they are told.
        values: What they were made from.
    """
    decisions = values.decisions
    told = list(rows)
    portfolio = portfolio_of(decisions, seed=values.seed)
    if decisions.price == 0 or portfolio is None:
        return told
    few = len(decisions.choices) <= EFFORTS_CHOSEN_AGAIN
    while True:
        first = told if few else told[:QUESTIONS]
        row = next((each for each in first if _is_approximate(each)), None)
        if row is None:
            return told
        told.remove(row)
        told.append(
            replace(
                row,
                estimate=portfolio.estimate(row.order),
                at_fixed_price=row.estimate.evppi,
            )
        )
        told.sort(key=lambda each: each.place)


def _is_approximate(row: Row) -> bool:
    return row.choice is None and row.at_fixed_price is None and row.estimate.is_distinguishable


def _bears_on(row: Row, choices: Sequence[Choice]) -> Sequence[Choice]:
    """The decisions that a question bears on."""
    if row.choice is not None:
        return [row.choice]
    if row.subject.startswith("world:"):
        return choices
    name = row.subject.removeprefix("system:")
    return [each for each in choices if each.stake.system == name]
