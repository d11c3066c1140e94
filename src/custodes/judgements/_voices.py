"""Whose answers stand for a subject, with which weight, and who speaks in which draw.

Source: docs/explanation/model.md. One expert speaks in each draw, so what a person believes
together stays
together; the marginal of every quantity is the linear pool.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from custodes.judgements._expert import Expert
from custodes.judgements._judgement import Judgement
from custodes.judgements._wordings import by_wording
from custodes.quantities import Amount, Worlds


@dataclass(frozen=True, slots=True)
class Voices:
    """The usable answers about one subject, last round of each expert, and their weights."""

    answers: Mapping[str, Mapping[str, Amount]]
    """By quantity, then by expert; experts in the order of their ids."""
    weights: Mapping[str, float]
    """Weight of each expert who answered at all, above 0, in the order of their ids."""


def voices(
    subject: str,
    judgements: Iterable[Judgement],
    experts: Iterable[Expert],
    *,
    aside: Collection[str] = (),
) -> Voices:
    """The answers about a subject that count: each expert's latest round, one wording a quantity.

    Flagged answers, experts of weight 0 and experts who are set aside are left out; of several
    wordings the one with the most answers stands.

    Args:
        subject: As in the column `effort` of `judgements.csv`.
        judgements: All answers of the round.
        experts: Their weights; an expert who is not listed has weight 1.
        aside: Experts whose conflict keeps them out.
    """
    weight = {str(expert.expert): expert.weight for expert in experts}
    silent = {expert for expert, each in weight.items() if each <= 0} | {*aside}
    latest = latest_answers(
        answer for answer in judgements if answer.effort == subject and answer.expert not in silent
    )
    asked: dict[str, list[Judgement]] = {}
    for (quantity, _), answer in sorted(latest.items()):
        if answer.is_usable:
            asked.setdefault(quantity, []).append(answer)
    answers = {
        quantity: {
            answer.expert: amount
            for answer in next(iter(by_wording(given).values()))
            if (amount := answer.amount) is not None
        }
        for quantity, given in asked.items()
    }
    speaking = sorted({expert for each in answers.values() for expert in each})
    return Voices(
        answers=answers, weights={expert: weight.get(expert, 1.0) for expert in speaking}
    )


def latest_answers(judgements: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    """By quantity and expert, the answer that stands: the last usable one, round 2 before 1.

    An expert who abstains in round 2 takes the first answer back; one whose second answer cannot
    be used, because its numbers do not rise, still has the first.

    Args:
        judgements: Answers about one subject.
    """
    standing: dict[tuple[str, str], Judgement] = {}
    for answer in judgements:
        key = (answer.quantity, answer.expert)
        before = standing.get(key)
        if before is None or _stands_before(answer, before):
            standing[key] = answer
    return standing


def _stands_before(answer: Judgement, other: Judgement) -> bool:
    says_something = answer.is_usable or bool(answer.abstain)
    other_says = other.is_usable or bool(other.abstain)
    if says_something != other_says:
        return says_something
    return answer.round > other.round


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
