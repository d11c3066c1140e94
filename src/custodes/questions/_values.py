"""What every uncertain quantity of a round is worth, before it is told to anybody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from custodes.quantities import Worlds
from custodes.questions._decisions import Choice, Decisions, Subject
from custodes.questions._evppi import (
    PERMUTATIONS,
    REDRAWS,
    Estimate,
    Found,
    Gaps,
    Orders,
    found_in_each,
    gaps_of,
    noise_floor,
)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One quantity and what it is worth to know it."""

    subject: str
    """An effort's id, `system:ID` or `world:NAME`."""
    quantity: str
    """Its name."""
    estimate: Estimate
    """The value."""
    choice: Choice | None
    """The decision that it bears on; none where it bears on several."""
    decides: int
    """Decisions that the answer could change."""
    order: Orders
    """Draws in the order of the quantity, shape (draws,)."""
    at_fixed_price: float | None = None
    """What the value was at a fixed price of money, where the portfolio was chosen again."""

    @property
    def place(self) -> tuple[bool, float, str, str]:
        """Where the row stands: largest first, those not told apart from 0 last, by name."""
        known = self.estimate.is_distinguishable
        return (not known, -self.estimate.evppi if known else 0.0, self.subject, self.quantity)


@dataclass(slots=True, eq=False)
class Values:
    """The decisions with what the regressions need of each, made once."""

    decisions: Decisions
    """The round's decisions."""
    choices: Sequence[Choice]
    """Those that are weighed: the open options, or all options."""
    seed: int
    """Names the streams; 0 is a seed."""
    gaps: dict[str, Gaps] = field(default_factory=dict)
    """By effort: the options as differences; only where an answer could change anything."""
    floors: dict[str, Worlds] = field(default_factory=dict)
    """By effort: what a useless quantity seems to be worth."""

    def __post_init__(self) -> None:
        for each in self.choices:
            if len(each.names) < 2:  # noqa: PLR2004 (one option is no decision)
                continue
            gaps = gaps_of(each.benefits)
            if gaps.evpi > 0:
                self.gaps[each.stake.assessed.id] = gaps
                self.floors[each.stake.assessed.id] = noise_floor(gaps, seed=self.seed)

    def evpi_of(self, effort: str) -> float:
        """Value of knowing everything about one decision."""
        return self.gaps[effort].evpi if effort in self.gaps else 0.0

    def rows(self) -> list[Row]:
        """Every uncertain quantity, in the order in which it is told."""
        decisions = self.decisions
        rows: list[Row] = []
        for each in self.choices:
            rows += self._rows(each.stake.subject, [each], choice=each)
        for name, subject in decisions.systems.items():
            rows += self._rows(subject, [c for c in self.choices if c.stake.system == name])
        rows += self._rows(decisions.world, self.choices)
        return sorted(rows, key=lambda row: row.place)

    def _rows(
        self, subject: Subject, choices: Iterable[Choice], choice: Choice | None = None
    ) -> list[Row]:
        totals = [_NOTHING] * len(subject.names)
        decides = [0] * len(subject.names)
        for each in choices:
            id_ = each.stake.assessed.id
            if id_ not in self.gaps:
                continue
            found = found_in_each(
                self.gaps[id_], subject.orders, floor=self.floors[id_], seed=self.seed
            )
            totals = [one + other for one, other in zip(totals, found, strict=True)]
            decides = [
                number + (one.worth > 0) for number, one in zip(decides, found, strict=True)
            ]
        return [
            Row(
                subject=subject.id,
                quantity=name,
                estimate=total.estimate(),
                choice=choice,
                decides=number,
                order=order,
            )
            for name, total, number, order in zip(
                subject.names, totals, decides, subject.orders, strict=True
            )
        ]


_NOTHING = Found(worth=0.0, redrawn=np.zeros(REDRAWS), floor=np.zeros(PERMUTATIONS))
