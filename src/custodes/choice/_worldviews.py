"""Several worldviews, one objective: the first, their credences, the worst value, the regret.

Source: docs/explanation/choice.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from custodes.choice._overlap import Tangent, loss_of, tangent_of_loss
from custodes.choice._problem import Draws, Numbers, Picks, Problem


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """One convex function of the options; an objective is the largest of its pieces."""

    parts: tuple[tuple[Draws, float], ...]
    """Worldviews with their weights."""
    offset: float = 0.0
    """Added to it."""

    @property
    def is_linear(self) -> bool:
        """Whether the losses of options add up."""
        return all(draws.is_additive for draws, _ in self.parts)

    def value(self, picks: Numbers | Picks) -> float:
        """Its value for a portfolio."""
        return self.offset + sum(weight * loss_of(draws, picks) for draws, weight in self.parts)

    def tangent(self, picks: Numbers | Picks) -> Tangent:
        """Its tangent at a portfolio."""
        found = [(tangent_of_loss(draws, picks), weight) for draws, weight in self.parts]
        return Tangent(
            at_zero=self.offset + sum(weight * each.at_zero for each, weight in found),
            slope=np.sum([weight * each.slope for each, weight in found], axis=0),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Objective:
    """What is made small: the largest of some convex functions."""

    pieces: tuple[Piece, ...]
    """At least one."""

    @property
    def is_linear(self) -> bool:
        """Whether it is one linear function."""
        return len(self.pieces) == 1 and self.pieces[0].is_linear

    def value(self, picks: Numbers | Picks) -> float:
        """Its value for a portfolio."""
        return max(each.value(picks) for each in self.pieces)


def objective_of(problem: Problem, best: Mapping[str, float] | None = None) -> Objective:
    """What the problem's rule makes small.

    Formula::

        first      loss_1          credence   sum_w pi_w loss_w
        maximin    max_w loss_w    regret     max_w (loss_w - best_w)

    Args:
        problem: The problem.
        best: For regret: the least loss that is possible under each worldview alone.
    """
    rule, views = problem.rule, problem.draws
    if rule.name == "first":
        return Objective((Piece(((next(iter(views.values())), 1.0),)),))
    if rule.name == "credence":
        weights = rule.credences or dict.fromkeys(views, 1.0 / len(views))
        parts = tuple(
            (draws, weights[name]) for name, draws in views.items() if weights.get(name, 0.0) > 0
        )
        return Objective((Piece(parts),))
    offsets: Mapping[str, float] = {}
    if rule.name == "regret" and best is not None:
        offsets = best
    return Objective(
        tuple(
            Piece(((draws, 1.0),), offset=-offsets.get(name, 0.0)) for name, draws in views.items()
        )
    )
