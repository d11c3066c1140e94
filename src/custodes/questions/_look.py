"""A closer look at one question: where the decision turns, and how much is disagreement."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from custodes.assessment import EffortDraws, draw_effort
from custodes.quantities import Worlds
from custodes.questions._decisions import Choice, Decisions
from custodes.questions._evppi import fits_of_each, gaps_of, orders_of
from custodes.questions._record import Flip
from custodes.questions._regression import rank_basis
from custodes.questions._values import Row
from custodes.rounds import Round

_ENDS = 0.005
"""A turn nearer to the ends than this is the polynomial's, not the model's."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is told of a question beside its value."""

    flips: tuple[Flip, ...] = ()
    """Where the best decision changes."""
    p_cap_flips: float | None = None
    """Chance that the answer moves P(raises risk) across the limit."""
    share_between: float | None = None
    """Share of the quantity's variance that lies between experts."""


NOT_LOOKED = Look()
"""For a question that is not worth a look, or bears on several efforts."""


class Looks:
    """Looks at questions; the draws of one effort are kept for its next question."""

    def __init__(self, decisions: Decisions, round_: Round) -> None:
        """Nothing is drawn yet.

        Args:
            decisions: The round's decisions.
            round_: The round.
        """
        self._decisions = decisions
        self._efforts = {str(each.id): each for each in round_.efforts}
        self._kept: dict[str, EffortDraws] = {}

    def at(self, row: Row) -> Look:
        """What is told of a question about one effort."""
        if row.choice is None:
            return NOT_LOOKED
        draws = self.draws_of(row.choice)
        values = draws.own[self._decisions.worldview][row.quantity]
        limit = self._decisions.drawn.shared.p_raises_risk
        return Look(
            flips=flips_of(row.choice.benefits, values, names=row.choice.names),
            p_cap_flips=p_crossing(row.choice.stake.raises, values, limit=limit),
            share_between=_share_between(draws, row.quantity, values),
        )

    def draws_of(self, choice: Choice) -> EffortDraws:
        """The draws of an effort, made again from the seed."""
        id_ = choice.stake.assessed.id
        if id_ not in self._kept:
            self._kept.clear()
            self._kept[id_] = draw_effort(self._decisions.drawn, self._efforts[id_])
        return self._kept[id_]


def flips_of(benefits: Worlds, values: Worlds, *, names: tuple[str, ...]) -> tuple[Flip, ...]:
    """Every value of a quantity at which another option becomes the best one.

    Args:
        benefits: Shape (options, draws).
        values: The quantity, shape (draws,).
        names: The options.
    """
    if len(names) < 2:  # noqa: PLR2004 (one option is no decision)
        return ()
    gaps = gaps_of(benefits)
    draws = len(values)
    (fit,) = fits_of_each(gaps.values, orders_of(values[None]))
    fits = fit.at(rank_basis(draws))
    best = np.argmax(np.column_stack([np.zeros(draws), fits]), axis=1)
    turns = np.flatnonzero(best[1:] != best[:-1]) + 1
    ordered = np.sort(values)
    return tuple(
        Flip.model_validate(
            {
                "at": float((ordered[turn - 1] + ordered[turn]) / 2),
                "percentile": float(turn / draws),
                "below": names[gaps.order[best[turn - 1]]],
                "above": names[gaps.order[best[turn]]],
            }
        )
        for turn in turns
        if _ENDS <= turn / draws <= 1 - _ENDS
    )


def p_crossing(happens: Worlds, values: Worlds, *, limit: float) -> float:
    """Share of answers that put a probability on the other side of a limit.

    Args:
        happens: 1 in the draws in which it happens, else 0.
        values: The quantity that is asked for, shape (draws,).
        limit: The limit.
    """
    (fit,) = fits_of_each(happens[:, None], orders_of(values[None]))
    given = np.clip(fit.at(rank_basis(len(values)))[:, 0], 0.0, 1.0)
    over_now = float(happens.mean()) > limit
    return float(np.mean(given <= limit if over_now else given > limit))


def _share_between(draws: EffortDraws, quantity: str, values: Worlds) -> float | None:
    experts = draws.experts
    answers = draws.inputs.subject.sources[quantity].answers
    who = experts.stand_ins.get(quantity, experts.speaking)
    if len(answers) < 2 or who is None:  # noqa: PLR2004 (two can disagree)
        return None
    total = float(values.var())
    counts = np.bincount(who)
    sums = np.bincount(who, weights=values)
    means = sums[counts > 0] / counts[counts > 0]
    between = float(counts[counts > 0] @ (means - values.mean()) ** 2) / len(values)
    return min(1.0, between / total) if total > 0 else 0.0
