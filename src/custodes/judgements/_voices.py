"""Whose answers stand for a subject, with which weight, and who speaks in which draw.

Source: model.md 4. One expert speaks in each draw, so what a person believes together stays
together; the marginal of every quantity is the linear pool.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from custodes.judgements._expert import Expert
from custodes.judgements._judgement import Judgement
from custodes.quantities import Amount, Worlds


@dataclass(frozen=True, slots=True)
class Voices:
    """The usable answers about one subject, last round of each expert, and their weights."""

    answers: Mapping[str, Mapping[str, Amount]]
    """By quantity, then by expert; experts in the order of their ids."""
    weights: Mapping[str, float]
    """Weight of each expert who answered at all, above 0, in the order of their ids."""


def voices(subject: str, judgements: Iterable[Judgement], experts: Iterable[Expert]) -> Voices:
    """The answers about a subject: each expert's latest round, flagged ones and weight 0 left out.

    Args:
        subject: As in the column `effort` of `judgements.csv`.
        judgements: All answers of the round.
        experts: Their weights; an expert who is not listed has weight 1.
    """
    weight = {str(expert.expert): expert.weight for expert in experts}
    latest: dict[tuple[str, str], Judgement] = {}
    for answer in judgements:
        if answer.effort != subject or weight.get(answer.expert, 1.0) <= 0:
            continue
        key = (answer.quantity, answer.expert)
        if key not in latest or answer.round > latest[key].round:
            latest[key] = answer
    answers: dict[str, dict[str, Amount]] = {}
    for (quantity, expert), answer in sorted(latest.items()):
        if answer.amount is not None:
            answers.setdefault(quantity, {})[expert] = answer.amount
    speaking = sorted({expert for each in answers.values() for expert in each})
    return Voices(
        answers=answers, weights={expert: weight.get(expert, 1.0) for expert in speaking}
    )


def speakers(weights: Sequence[float], order: Worlds) -> npt.NDArray[np.int64]:
    """Who speaks in each draw: floor(n w) draws each, the rest by largest remainder.

    Args:
        weights: One an expert, above 0, in the order of their ids; ties go to the first.
        order: Uniform numbers of the stream that shuffles, shape (worlds,).

    Returns:
        Number of the expert in each draw, shape (worlds,).
    """
    count = len(order)
    exact = count * np.asarray(weights, dtype=np.float64) / sum(weights)
    whole = np.floor(exact).astype(np.int64)
    left = count - int(whole.sum())
    whole[np.argsort(-(exact - whole), kind="stable")[:left]] += 1
    speaking = np.empty(count, dtype=np.int64)
    speaking[np.argsort(order, kind="stable")] = np.repeat(np.arange(len(weights)), whole)
    return speaking
