"""One question of a round: who is in its pool, the pool, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtri

from custodes.errors import InputError
from custodes.judgements._belief import Panel, panel_of
from custodes.judgements._camps import Split, camps_of
from custodes.judgements._disagreement import spread_of
from custodes.judgements._flags import KEPT_OUT
from custodes.judgements._judgement import Judgement
from custodes.judgements._pool_record import (
    AnswerCounts,
    Camp,
    Camps,
    CurvePoint,
    ExpertRange,
    OtherWording,
    OutBecause,
    PooledNumbers,
    PooledQuestion,
)
from custodes.judgements._pooling import FROM_SEEDS, Method, Pooled, pool_answers
from custodes.judgements._seed_weights import SeedPanel
from custodes.judgements._voices import latest_answers
from custodes.judgements._wordings import by_wording, wording_of
from custodes.quantities import Amount, Quantity, Shape

CURVE_SHARES = (0.001, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.999)
"""Shares at which `pool.json` tells the pooled distribution."""
BESIDE: tuple[Method, ...] = (
    "linear",
    "vincent",
    "median",
    "geometric_odds",
    "trimmed",
    "interval_width",
    "cooke_equal",
    "cooke_global",
    "cooke_item",
)
"""Methods that are shown beside the one that was asked for."""

Amounts = Mapping[str, Amount]
"""Answers by expert."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a question's answers are heard with."""

    subject: str
    """What is judged."""
    quantity: Quantity
    """What was asked."""
    weights: Mapping[str, float]
    """Weights from `experts.csv`; 1 where none is given."""
    aside: frozenset[str]
    """Experts whose conflict keeps them out."""
    seeds: SeedPanel | None
    """How the panel did on seed questions, where that may be used."""
    shape: Shape
    """Shape that three numbers take."""
    assumed: Amount | None
    """What stands where nobody answers."""

    def pool(self, amounts: Amounts, method: Method = "linear") -> Pooled:
        """The answers pooled by one method, with the weights that belong to it.

        Raises:
            InputError: The method does not fit the question or its answers.
        """
        return pool_answers(
            amounts,
            self.quantity,
            method=method,
            weights=self._weights(amounts, method),
            shape=self.shape,
        )

    def numbers(self, amounts: Amounts) -> PooledNumbers | None:
        """The linear pool in four numbers; none of no answer."""
        return numbers_of(self.pool(amounts)) if amounts else None

    def has_voice(self, expert: str) -> bool:
        """Whether `experts.csv` gives an expert a weight above 0."""
        return self.weights.get(expert, 1.0) > 0

    def fell_back(self, amounts: Amounts, method: Method) -> bool:
        """Whether seed questions give nobody here any weight, so that equal ones are used."""
        if method not in FROM_SEEDS or self.seeds is None:
            return False
        return not any(self._from_seeds(amounts, method, self.seeds).values())

    def _weights(self, amounts: Amounts, method: Method) -> Mapping[str, float]:
        if method not in FROM_SEEDS or self.seeds is None:
            return self.weights
        found = self._from_seeds(amounts, method, self.seeds)
        return found if any(found.values()) else dict.fromkeys(amounts, 1.0)

    def _from_seeds(
        self, amounts: Amounts, method: Method, seeds: SeedPanel
    ) -> Mapping[str, float]:
        if method == "cooke_global":
            weights = seeds.global_weights()
            return {name: weights.get(name, 0.0) for name in amounts}
        return seeds.item_weights(self.panel(amounts, equal=True))

    def panel(self, amounts: Amounts, *, equal: bool = False) -> Panel:
        """The answers on one scale."""
        weights = None if equal else self.weights
        return panel_of(amounts, self.quantity, weights=weights, shape=self.shape)


def numbers_of(pooled: Pooled) -> PooledNumbers:
    """A pool in four numbers."""
    return PooledNumbers(
        p05=pooled.p05,
        p50=pooled.p50,
        p95=pooled.p95,
        mean=pooled.mean,
        experts=len(pooled.weights),
    )


def pooled_question(
    hearing: Hearing,
    answers: Sequence[Judgement],
    *,
    method: Method,
    judgement_round: Literal[1, 2],
) -> PooledQuestion:
    """One question with its pool and all that belongs beside it.

    Args:
        hearing: The question, weights and conflicts.
        answers: Every answer to it, of both rounds.
        method: How to pool.
        judgement_round: 1 for the blind answers alone.
    """
    blind = _standing(each for each in answers if each.round == 1)
    latest = blind if judgement_round == 1 else _standing(answers)
    wording = _wording_used(hearing, latest.values())
    amounts = _amounts(hearing, latest.values(), wording)
    is_pooled = not hearing.subject.startswith("world:")
    pooled, refused = _asked_for(hearing, amounts if is_pooled else {}, method)
    first = _amounts(hearing, blind.values(), wording)
    everybody = _amounts(hearing, latest.values(), wording, with_conflicted=True)
    panel = hearing.panel(amounts) if amounts else None
    return PooledQuestion(
        subject=hearing.subject,
        quantity=hearing.quantity.name,
        unit=hearing.quantity.unit,
        scale=panel.scale.name if panel else _SCALES[hearing.quantity.family],
        wording=wording,
        counts=_counts(hearing, latest.values(), wording),
        experts=tuple(
            _expert_range(hearing, answer, blind, panel, pooled, wording)
            for answer in latest.values()
        ),
        assumed=_plain(hearing.assumed),
        pool=numbers_of(pooled) if pooled else None,
        curve=_curve(pooled),
        refused=refused,
        methods=_beside(hearing, amounts) if is_pooled else {},
        spread=spread_of(panel) if panel else None,
        camps=_camps(hearing, panel) if panel and is_pooled else None,
        blind=hearing.numbers(first) if is_pooled else None,
        revised=hearing.numbers(_amounts(hearing, _standing(answers).values(), wording))
        if is_pooled and any(each.round > 1 for each in answers)
        else None,
        with_conflicted=hearing.numbers(everybody)
        if is_pooled and len(everybody) > len(amounts)
        else None,
        other_wordings=_other_wordings(hearing, latest.values(), wording),
        notes=tuple(_notes(hearing, amounts, method, is_pooled=is_pooled)),
    )


_SCALES: Mapping[str, Literal["logit", "ln", "identity"]] = {
    "share": "logit",
    "positive": "ln",
    "real": "identity",
    "signed": "identity",
}


def _plain(amount: Amount | None) -> Amount | None:
    """The three numbers of an amount, without where they come from."""
    return None if amount is None else Amount(p05=amount.p05, p50=amount.p50, p95=amount.p95)


def _standing(answers: Iterable[Judgement]) -> Mapping[str, Judgement]:
    """The answer of each expert that stands, by id, in the order of ids."""
    latest = latest_answers(answers)
    return {expert: latest[key] for key in sorted(latest) for expert in [key[1]]}


def _counts_in_pool(hearing: Hearing, answer: Judgement) -> bool:
    return (
        answer.is_usable
        and answer.expert not in hearing.aside
        and hearing.has_voice(answer.expert)
    )


def _wording_used(hearing: Hearing, answers: Iterable[Judgement]) -> str:
    """The wording with the most answers that count; among none that do, with the most."""
    everything = list(answers)
    counting = [each for each in everything if _counts_in_pool(hearing, each)]
    return next(iter(by_wording(counting or everything)), f"{hearing.quantity.name}/1")


def _amounts(
    hearing: Hearing,
    answers: Iterable[Judgement],
    wording: str,
    *,
    with_conflicted: bool = False,
) -> dict[str, Amount]:
    return {
        answer.expert: amount
        for answer in answers
        if (amount := answer.amount) is not None
        and wording_of(answer) == wording
        and hearing.has_voice(answer.expert)
        and (with_conflicted or answer.expert not in hearing.aside)
    }


def _asked_for(hearing: Hearing, amounts: Amounts, method: Method) -> tuple[Pooled | None, str]:
    """The pool by the method asked for; the linear one, and why, where that does not fit."""
    if not amounts:
        return None, ""
    try:
        return hearing.pool(amounts, method), ""
    except InputError as error:
        return hearing.pool(amounts), "; ".join(fault.message for fault in error.faults)


def _beside(hearing: Hearing, amounts: Amounts) -> dict[Method, PooledNumbers]:
    found: dict[Method, PooledNumbers] = {}
    for method in BESIDE if amounts else ():
        if method in FROM_SEEDS and hearing.seeds is None:
            continue
        try:
            found[method] = numbers_of(hearing.pool(amounts, method))
        except InputError:
            continue  # it does not fit the question, and nobody asked for it
    return found


def _curve(pooled: Pooled | None) -> tuple[CurvePoint, ...]:
    if pooled is None:
        return ()
    values = pooled.quantiles(ndtri(np.array(CURVE_SHARES)))
    return tuple(
        CurvePoint(share=share, value=value)
        for share, value in zip(CURVE_SHARES, values.tolist(), strict=True)
    )


def _camps(hearing: Hearing, panel: Panel) -> Camps | None:
    split = camps_of(panel)
    if split is None:
        return None
    return Camps(
        far_apart=split.far_apart,
        distance=split.distance,
        lower=_camp(hearing, panel, split, split.lower),
        upper=_camp(hearing, panel, split, split.upper),
    )


def _camp(hearing: Hearing, panel: Panel, split: Split, places: tuple[int, ...]) -> Camp:
    names = tuple(name for at, name in enumerate(panel.amounts) if at in places)
    median = split.lower_median if places == split.lower else split.upper_median
    return Camp(
        experts=names,
        median=float(panel.values(np.asarray(median))),
        pool=numbers_of(hearing.pool({name: panel.amounts[name] for name in names})),
    )


def _counts(hearing: Hearing, answers: Iterable[Judgement], wording: str) -> AnswerCounts:
    everything = list(answers)
    return AnswerCounts(
        usable=sum(
            _counts_in_pool(hearing, each) and wording_of(each) == wording for each in everything
        ),
        flagged=sum(bool(each.flags) for each in everything),
        unusable=sum(not KEPT_OUT.isdisjoint(each.flags) for each in everything),
        abstained=sum(bool(each.abstain) for each in everything),
        set_aside=sum(each.is_usable and each.expert in hearing.aside for each in everything),
    )


def _expert_range(
    hearing: Hearing,
    answer: Judgement,
    blind: Mapping[str, Judgement],
    panel: Panel | None,
    pooled: Pooled | None,
    wording: str,
) -> ExpertRange:
    weight = pooled.weights.get(answer.expert, 0.0) if pooled else 0.0
    shift, towards = _shift(answer, blind, panel)
    return ExpertRange(
        expert=answer.expert,
        round=answer.round,
        p05=answer.p05,
        p50=answer.p50,
        p95=answer.p95,
        weight=weight,
        flags=answer.flags,
        abstain=answer.abstain,
        out_because=_out_because(hearing, answer, wording, weight=weight),
        shift=shift,
        towards_median=towards,
        reason=answer.reason,
    )


def _out_because(
    hearing: Hearing, answer: Judgement, wording: str, *, weight: float
) -> OutBecause:
    reasons: tuple[tuple[bool, OutBecause], ...] = (
        (bool(answer.abstain), "abstained"),
        (not answer.is_usable, "flagged"),
        (answer.expert in hearing.aside, "conflict"),
        (not hearing.has_voice(answer.expert), "weight"),
        (wording_of(answer) != wording, "wording"),
        (hearing.subject.startswith("world:"), "never pooled"),
        (weight <= 0, "method"),
        (True, ""),
    )
    return next(why for holds, why in reasons if holds)


def _shift(
    answer: Judgement, blind: Mapping[str, Judgement], panel: Panel | None
) -> tuple[float | None, bool | None]:
    """Revised less blind median on the scale, and whether it went towards the blind median."""
    first = blind.get(answer.expert)
    if answer.round == 1 or panel is None or first is None:
        return None, None
    before, after = first.amount, answer.amount
    if before is None or after is None:
        return None, None
    group = [_place(panel, each.amount) for each in blind.values() if each.amount is not None]
    middle = float(np.median(group))
    was, is_now = _place(panel, before), _place(panel, after)
    if was == is_now:
        return 0.0, None
    return is_now - was, abs(is_now - middle) < abs(was - middle)


def _place(panel: Panel, amount: Amount) -> float:
    """A median on the panel's scale; an answer that the scale cannot take, at its nearest end."""
    beside = panel_of({"": amount}, panel.quantity)
    if beside.scale == panel.scale:
        return float(beside.floored[0].at(np.zeros(1))[0])
    return amount.p50


def _other_wordings(
    hearing: Hearing, answers: Iterable[Judgement], wording: str
) -> tuple[OtherWording, ...]:
    others = by_wording(each for each in answers if wording_of(each) != wording)
    return tuple(
        OtherWording(wording=name, pool=hearing.numbers(_amounts(hearing, given, name)))
        for name, given in others.items()
    )


def _notes(
    hearing: Hearing, amounts: Amounts, method: Method, *, is_pooled: bool
) -> Iterator[str]:
    if not is_pooled:
        yield "An assumption about the world is the institution's own: shown, never pooled."
        return
    if len(amounts) == 1:
        yield "One answer: there is no disagreement to see."
    family = hearing.quantity.family
    if family == "share" and any({0.0, 1.0} & {*each.numbers} for each in amounts.values()):
        yield "A share of exactly 0 or 1 enters log-odds at 1e-9 or 1 - 1e-9."
    if family == "positive" and any(each.is_point and each.p50 == 0 for each in amounts.values()):
        yield "A certain 0 is measured on the logarithm as a thousandth of the smallest median."
    if amounts and hearing.fell_back(amounts, method):
        yield "Seed questions give nobody here any weight; equal weights are used."
    if hearing.seeds is not None and method in FROM_SEEDS:
        known = hearing.seeds.scores.study.experts
        unknown = [name for name in amounts if name not in known]
        if unknown:
            yield f"Without a seed answer, so of weight 0: {', '.join(unknown)}."
