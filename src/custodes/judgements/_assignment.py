"""Who judges which effort: fit for it, without a conflict, and nobody overloaded.

The problem is a flow of least cost, so its linear programme has whole numbers at its corners
and the solver's answer is the best there is.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from custodes.records import Record

LOAD_COUNTS = 0.5
"""What being at one's limit counts against a perfect fit (assumption)."""

Pair = tuple[str, str]
"""An expert's id and an effort's."""


class BalancedPanel(Record):
    """Who would judge what, beside what is assigned already."""

    pairs: tuple[tuple[str, str], ...]
    """New assignments: expert and effort, in the order of efforts and experts."""
    missing: dict[str, int]
    """Efforts that lack experts, each with how many; empty where every place is filled."""
    load: dict[str, int]
    """How many efforts each expert has then."""


def fit_of(expertise: Iterable[str], topics: Iterable[str]) -> float:
    """How well an expert's fields cover an effort's topics, from 0 to 1.

    Words in common over the geometric mean of both numbers of words (Ochiai's coefficient).

    Args:
        expertise: The expert's fields, in words.
        topics: The effort's kind, hazards and problems.

    >>> fit_of(["Deceptive alignment"], ["deceptive_alignment"])
    1.0
    """
    known, wanted = _words(expertise), _words(topics)
    if not known or not wanted:
        return 0.0
    return len(known & wanted) / float(np.sqrt(len(known) * len(wanted)))


def assign_balanced(
    *,
    efforts: Sequence[str],
    most: Mapping[str, int],
    per_effort: int,
    fit: Mapping[Pair, float],
    barred: Collection[Pair] = (),
    kept: Collection[Pair] = (),
) -> BalancedPanel:
    """Give each effort so many experts: as many places as can be filled, then evenly, then fit.

    What an effort lacks is shared out evenly. Among those ways, the sum of the fits is greatest,
    less a share for load: an expert's next effort counts for less, the nearer they are to their
    limit.

    Args:
        efforts: By id.
        most: For each expert how many efforts they take, those that they have already included.
        per_effort: How many experts an effort needs.
        fit: From 0 to 1; a pair that is not named counts 0.
        barred: Pairs that must not be: conflicts.
        kept: Pairs that are already.
    """
    load = {expert: sum(1 for pair in kept if pair[0] == expert) for expert in most}
    held = {effort: sum(1 for pair in kept if pair[1] == effort) for effort in efforts}
    excluded = {*barred, *kept}
    pairs = [
        (expert, effort)
        for effort, expert in itertools.product(efforts, most)
        if (expert, effort) not in excluded
    ]
    flow = _Flow.of(pairs, most=most, load=load, held=held, per_effort=per_effort)
    chosen = flow.solved(fit)
    for expert, effort in chosen:
        load[expert] += 1
        held[effort] += 1
    missing = {effort: per_effort - number for effort, number in held.items()}
    return BalancedPanel(
        pairs=chosen,
        missing={effort: number for effort, number in missing.items() if number > 0},
        load=load,
    )


@dataclass(frozen=True, slots=True)
class _Flow:
    """Pairs, then every further effort of each expert, then every place of each effort."""

    pairs: Sequence[Pair]
    turns: Sequence[tuple[str, float]]
    """An expert and how much of their limit they have used before this effort."""
    places: Sequence[tuple[str, int]]
    """An effort and how many places it then still lacks."""

    @classmethod
    def of(
        cls,
        pairs: Sequence[Pair],
        *,
        most: Mapping[str, int],
        load: Mapping[str, int],
        held: Mapping[str, int],
        per_effort: int,
    ) -> _Flow:
        turns = [
            (expert, number / limit)
            for expert, limit in most.items()
            for number in range(load[expert], limit)
        ]
        places = [
            (effort, per_effort - number)
            for effort, taken in held.items()
            for number in range(taken, per_effort)
        ]
        return cls(pairs, turns, places)

    def solved(self, fit: Mapping[Pair, float]) -> tuple[Pair, ...]:
        """The pairs that are chosen."""
        if not (self.pairs and self.turns and self.places):
            return ()
        cost = self._cost(fit)
        balance = self._balance()
        found = milp(
            cost,
            integrality=np.ones(len(cost), dtype=np.int64),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(balance, 0, 0),
            options={"mip_rel_gap": 0.0},
        )
        taken = (
            cast("np.ndarray", found.x).round().astype(bool)
        )  # nothing taken is always possible
        return tuple(itertools.compress(self.pairs, taken))

    def _cost(self, fit: Mapping[Pair, float]) -> np.ndarray:
        """One more place outweighs every evenness, and evenness every fit."""
        even = (1 + LOAD_COUNTS) * len(self.places) + 1
        place = even * (sum(lacks for _, lacks in self.places) + 1)
        return np.array(
            [
                *(-fit.get(pair, 0.0) for pair in self.pairs),
                *(LOAD_COUNTS * used for _, used in self.turns),
                *(-place - even * lacks for _, lacks in self.places),
            ]
        )

    def _balance(self) -> coo_array:
        """As much goes into each expert and effort as comes out."""
        nodes: dict[tuple[str, str], int] = {}

        def node(sort: str, name: str) -> int:
            return nodes.setdefault((sort, name), len(nodes))

        entries: list[tuple[int, int, float]] = []
        for column, (expert, effort) in enumerate(self.pairs):
            entries.append((node("expert", expert), column, -1.0))
            entries.append((node("effort", effort), column, 1.0))
        first = len(self.pairs)
        entries += [
            (node("expert", expert), first + number, 1.0)
            for number, (expert, _) in enumerate(self.turns)
        ]
        first += len(self.turns)
        entries += [
            (node("effort", effort), first + number, -1.0)
            for number, (effort, _) in enumerate(self.places)
        ]
        rows, columns, values = zip(*entries, strict=True)
        width = first + len(self.places)
        return coo_array((values, (rows, columns)), shape=(len(nodes), width))


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in re.findall(r"[^\W_]+", text.casefold()))
