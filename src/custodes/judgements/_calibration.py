"""What seed questions say about a panel: calibration, information, weights, and how firm it is.

Source: docs/explanation/judgement.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Literal

import numpy as np
from pydantic import Field

from custodes.errors import Fault, InputError
from custodes.judgements._classical_model import (
    PooledMaker,
    SeedScores,
    SeedStudy,
    global_weights,
    optimised_maker,
    pooled_maker,
    score_seeds,
)
from custodes.judgements._scores import LEVELS as THREE_LEVELS
from custodes.judgements._scores import wilson
from custodes.judgements._track_record import ResolvedAnswer, TrackRecord, track_records
from custodes.quantities import Amount
from custodes.records import Record

LEAST_SEEDS = 8
"""Seed questions that each expert must have answered before weights are taken from them."""
ADVISED_SEEDS = 10
"""Below this the weights are given with a warning."""
MOST_WORK = 200_000
"""Experts times squared questions up to which every question is left out once."""

Makers = Literal["equal", "global", "global_optimised", "item", "item_optimised", "user"]
"""Which weights a pooled maker uses."""


class HeldShare(Record):
    """How often an expert's outermost range held the truth."""

    held: int
    """Truths within."""
    share: float
    """held over the seeds answered."""
    low: float
    """Lower end of its 90 % interval (Wilson)."""
    high: float
    """Upper end."""


class SeedQuestion(Record):
    """One question of the study."""

    question: str
    """Its name."""
    scale: Literal["uni", "log"]
    """How it is measured."""
    truth: float | None
    """What is true; null where it is no seed."""
    answered: int
    """Experts who answered."""
    p50s: tuple[float, float, float] | None
    """Pooled median under the optimised global weights, and its range when one expert is left
    out."""


class SeedExpert(Record):
    """How one expert did."""

    expert: str
    """Id."""
    answered: int
    """Seed questions answered."""
    counts: tuple[int, ...]
    """Truths below the lowest quantile, between quantiles, above the highest."""
    expected: tuple[float, ...]
    """What the counts would be on average for a well calibrated expert."""
    calibration: float | None
    """P(so bad a fit or worse, if well calibrated); null without a seed answer."""
    information: float | None
    """How much narrower than the range of all, mean over the seeds."""
    information_all: float | None
    """The same over all questions answered."""
    held: HeldShare | None
    """How often the outermost range held the truth; null without a seed answer."""
    weight_global: float
    """Weight by calibration x information."""
    weight_optimised: float
    """The same with the best cut-off."""


class MakerRecord(Record):
    """A pooled maker, scored as an expert."""

    weights: Makers
    """Which weights it uses."""
    calibration: float
    """Its calibration."""
    information: float
    """Its information."""
    score: float
    """Calibration x information."""
    cut_off: float
    """Experts whose calibration is below have no weight."""
    fell_back: tuple[str, ...]
    """Questions on which nobody had weight, so that equal weights were used."""


class LeftOut(Record):
    """The optimised global maker without one question or one expert."""

    left_out: str
    """Which."""
    calibration: float
    """Its calibration."""
    information: float
    """Its information."""
    score: float
    """Its score."""


class Robustness(Record):
    """How much hangs on one question or one expert."""

    without_question: tuple[LeftOut, ...]
    """Each seed question left out once; empty where the study is too large for it."""
    without_expert: tuple[LeftOut, ...]
    """Each expert left out once."""
    score_low: float
    """Smallest score of these."""
    score_high: float
    """Largest."""


class CalibrationRecord(Record):
    """What `calibration.json` holds."""

    schema_: Literal["custodes/calibration/1"] = Field(
        default="custodes/calibration/1", alias="schema", serialization_alias="schema"
    )
    """Name and version of this format."""
    library_version: str
    """Version of the library."""
    levels: tuple[float, ...]
    """Levels of the quantiles."""
    seeds: int
    """Questions with a known answer."""
    least_answered: int
    """N: the fewest seeds that anybody who answered one answered; it is used for everybody."""
    enough: bool
    """Whether weights may be taken from them: at least 8 each."""
    questions: tuple[SeedQuestion, ...]
    """The questions."""
    experts: tuple[SeedExpert, ...]
    """The experts."""
    makers: tuple[MakerRecord, ...]
    """The pooled makers; equal weights always among them."""
    robustness: Robustness
    """Of the optimised global maker."""
    track_records: tuple[TrackRecord, ...]
    """What became of each expert's answers; empty of a study with other levels than 5/50/95."""
    notes: tuple[str, ...]
    """What a reader should know, in sentences."""


def calibrate_study(
    study: SeedStudy, *, user_weights: Mapping[str, float] | None = None
) -> CalibrationRecord:
    """What seed questions say about the experts of a study.

    Args:
        study: Answers and truths.
        user_weights: Weights of the institution's own, by expert, 1 where none is given; they
            are scored beside the others.

    Raises:
        InputError: No question with a known answer was answered.
    """
    scores = _scored(study)
    makers: dict[Makers, PooledMaker] = {
        "equal": pooled_maker(scores, by="equal"),
        "global": pooled_maker(scores, by="global"),
        "global_optimised": optimised_maker(scores, by="global"),
        "item": pooled_maker(scores, by="item"),
        "item_optimised": optimised_maker(scores, by="item"),
    }
    own = np.array([(user_weights or {}).get(name, 1.0) for name in study.experts])
    if user_weights and own.sum() > 0 and len(set(own.tolist())) > 1:
        makers["user"] = pooled_maker(scores, by=own)
    best = makers["global_optimised"]
    robustness, others = _robustness(study, best)
    return CalibrationRecord(
        library_version=version("custodes"),
        levels=study.levels,
        seeds=int(study.is_seed.sum()),
        least_answered=scores.least,
        enough=scores.least >= LEAST_SEEDS,
        questions=_questions(study, best, others),
        experts=_experts(scores, best.cut_off),
        makers=tuple(_maker(name, maker) for name, maker in makers.items()),
        robustness=robustness,
        track_records=track_records(tuple(_resolved(study))),
        notes=tuple(_notes(scores)),
    )


def _resolved(study: SeedStudy) -> Iterator[ResolvedAnswer]:
    """Answers to seeds as what became of them; an answer that was not given is an abstention."""
    if study.levels != THREE_LEVELS:
        return
    for place in np.flatnonzero(study.is_seed).tolist():
        for at, expert in enumerate(study.experts):
            p05, p50, p95 = study.answers[at, place].tolist()
            yield ResolvedAnswer(
                expert=expert,
                question=study.items[place],
                family="positive" if study.is_log[place] else "real",
                amount=None if math.isnan(p05) else Amount(p05=p05, p50=p50, p95=p95),
                outcome=float(study.realisations[place]),
            )


def _scored(study: SeedStudy) -> SeedScores:
    if not (study.is_answered & study.is_seed).any():
        fault = Fault(
            message="no question with a known answer was answered",
            cure="write what turned out into the column answer",
        )
        raise InputError([fault])
    return score_seeds(study)


def enough_seeds(study: SeedStudy) -> SeedScores:
    """How the panel did, if everybody who answered a seed question answered at least 8.

    Raises:
        InputError: Somebody answered fewer; everybody who did is named with the number.
    """
    scores = _scored(study)
    few = [
        f"{name} {count}"
        for name, count in zip(study.experts, scores.answered.tolist(), strict=True)
        if 0 < count < LEAST_SEEDS
    ]
    if few:
        fault = Fault(
            message=f"weights from seed questions need {LEAST_SEEDS} answered by each; "
            f"answered: {', '.join(few)}",
            cure="ask more seed questions, or use equal weights (`--method linear`)",
            file="calibration.csv",
        )
        raise InputError([fault])
    return scores


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


def _questions(
    study: SeedStudy, best: PooledMaker, others: list[PooledMaker]
) -> tuple[SeedQuestion, ...]:
    middle = study.levels.index(0.5) if 0.5 in study.levels else None  # noqa: PLR2004 (the median)
    records: list[SeedQuestion] = []
    for place, name in enumerate(study.items):
        p50s = None
        if middle is not None:
            found = [
                _in_unit(study, place, float(maker.quantiles[place, middle]))
                for maker in (best, *others)
                if not math.isnan(maker.quantiles[place, middle])
            ]
            p50s = (found[0], min(found), max(found))
        records.append(
            SeedQuestion(
                question=name,
                scale="log" if study.is_log[place] else "uni",
                truth=_known(float(study.realisations[place])),
                answered=int(study.is_answered[:, place].sum()),
                p50s=p50s,
            )
        )
    return tuple(records)


def _in_unit(study: SeedStudy, place: int, value: float) -> float:
    return math.exp(value) if study.is_log[place] else value


def _experts(scores: SeedScores, cut_off: float) -> tuple[SeedExpert, ...]:
    study = scores.study
    plain, best = global_weights(scores), global_weights(scores, cut_off)
    return tuple(
        SeedExpert(
            expert=name,
            answered=int(scores.answered[at]),
            counts=tuple(scores.counts[at].tolist()),
            expected=tuple((study.shares * int(scores.answered[at])).tolist()),
            calibration=_known(float(scores.calibration[at])),
            information=_known(float(scores.information[at])),
            information_all=_known(float(scores.information_all[at])),
            held=_held(scores, at),
            weight_global=float(plain[at]),
            weight_optimised=float(best[at]),
        )
        for at, name in enumerate(study.experts)
    )


def _held(scores: SeedScores, at: int) -> HeldShare | None:
    asked = int(scores.answered[at])
    if asked == 0:
        return None
    study = scores.study
    low, high = study.answers[at, :, 0], study.answers[at, :, -1]
    # a truth at the very end of a range is held, though its bin is the one below
    held = int(((low <= study.realisations) & (study.realisations <= high)).sum())
    told = wilson(held, asked)
    return HeldShare(held=held, share=told.share, low=told.low, high=told.high)


def _maker(name: Makers, maker: PooledMaker) -> MakerRecord:
    return MakerRecord(
        weights=name,
        calibration=maker.calibration,
        information=maker.information,
        score=maker.score,
        cut_off=maker.cut_off,
        fell_back=maker.fell_back,
    )


def _robustness(study: SeedStudy, best: PooledMaker) -> tuple[Robustness, list[PooledMaker]]:
    """The optimised maker without each question and each expert; the latter's makers too."""
    size = len(study.experts) * len(study.items) ** 2
    places = [] if size > MOST_WORK else np.flatnonzero(study.is_seed).tolist()
    questions = [
        (study.items[place], maker)
        for place in places
        if (maker := _best_of(study.without(item=place))) is not None
    ]
    experts = [
        (name, maker)
        for at, name in enumerate(study.experts)
        if len(study.experts) > 1 and (maker := _best_of(study.without(expert=at))) is not None
    ]
    found = [best.score, *(maker.score for _, maker in (*questions, *experts))]
    record = Robustness(
        without_question=tuple(_left_out(name, maker) for name, maker in questions),
        without_expert=tuple(_left_out(name, maker) for name, maker in experts),
        score_low=min(found),
        score_high=max(found),
    )
    return record, [maker for _, maker in experts]


def _best_of(study: SeedStudy) -> PooledMaker | None:
    """The optimised global maker; none where nobody is left who answered a seed."""
    if not (study.is_answered & study.is_seed).any():
        return None
    return optimised_maker(score_seeds(study), by="global")


def _left_out(name: str, maker: PooledMaker) -> LeftOut:
    return LeftOut(
        left_out=name,
        calibration=maker.calibration,
        information=maker.information,
        score=maker.score,
    )


def _notes(scores: SeedScores) -> Iterator[str]:
    study = scores.study
    if scores.least < LEAST_SEEDS:
        yield (
            f"Somebody answered only {scores.least} seed questions: fewer than {LEAST_SEEDS} are "
            "too few to take weights from; use equal weights."
        )
    elif scores.least < ADVISED_SEEDS:
        yield (
            f"Somebody answered only {scores.least} seed questions; fewer than {ADVISED_SEEDS} "
            "give weights that hang on single questions."
        )
    silent = [
        name
        for name, count in zip(study.experts, scores.answered.tolist(), strict=True)
        if count == 0
    ]
    if silent:
        yield (
            f"Without a seed answer, so of weight 0 wherever seeds decide: {', '.join(silent)}."
        )
    if len(set(scores.answered[scores.answered > 0].tolist())) > 1:
        yield (
            f"The fewest seeds that anybody answered, {scores.least}, count for everybody's "
            "calibration, so that nobody is punished for answering more."
        )
    flat = [
        name
        for name, low, high in zip(study.items, scores.low, scores.high, strict=True)
        if high <= low
    ]
    if flat:
        yield f"Everybody said the same, so it tells nothing about information: {', '.join(flat)}."
