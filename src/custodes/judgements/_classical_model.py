"""Cooke's classical model: experts are weighted by how well they did on seed questions.

A seed question is one whose answer is known to us and not to the experts. Calibration asks
whether the truths fall between an expert's quantiles as often as they should; information asks
how narrow the ranges are. Source: Cooke 1991, Experts in Uncertainty (recalled); conventions and
numbers in docs/explanation/judgement.md, checked there against an independent implementation.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

from custodes.quantities import Worlds

OVERSHOOT = 0.1
"""k: an item's range goes this share of its width beyond the outermost numbers."""
TIE = 1e-9
"""Calibrations this close count as one when experts are cut off."""

_LATER = 1e-12
"""Relative gain by which a later cut-off must beat an earlier one."""

SeedWeights: TypeAlias = Literal["equal", "global", "item"]
"""Which weights a pooled maker uses."""

Counts: TypeAlias = npt.NDArray[np.int64]
"""How often the truth fell into each bin."""


@dataclass(frozen=True, slots=True, eq=False)
class SeedStudy:
    """What a panel answered to seed questions, and perhaps to others."""

    experts: tuple[str, ...]
    """Ids, in the order of the first axis."""
    items: tuple[str, ...]
    """Names of the questions, in the order of the second axis."""
    levels: tuple[float, ...]
    """Levels of the quantiles, rising, in (0, 1)."""
    answers: Worlds
    """Quantiles, shape (experts, items, levels); nan in all levels where there is no answer."""
    realisations: Worlds
    """The truth by item; nan where it is not known: the item is no seed."""
    is_log: npt.NDArray[np.bool_]
    """Items measured on a logarithm, shape (items,)."""

    @property
    def shares(self) -> Worlds:
        """p: the probability of each bin, the differences of 0, the levels and 1."""
        return np.diff([0.0, *self.levels, 1.0])

    @property
    def is_seed(self) -> npt.NDArray[np.bool_]:
        """Items with a known answer, shape (items,)."""
        return ~np.isnan(self.realisations)

    @property
    def is_answered(self) -> npt.NDArray[np.bool_]:
        """Which expert answered which item, shape (experts, items)."""
        return ~np.isnan(self.answers[:, :, 0])

    def on_scale(self) -> SeedStudy:
        """The study with logarithms taken where items are measured on them."""
        answers, truths = self.answers.copy(), self.realisations.copy()
        answers[:, self.is_log] = np.log(answers[:, self.is_log])
        truths[self.is_log] = np.log(truths[self.is_log])
        return SeedStudy(
            experts=self.experts,
            items=self.items,
            levels=self.levels,
            answers=answers,
            realisations=truths,
            is_log=np.zeros_like(self.is_log),
        )

    def without(self, *, expert: int | None = None, item: int | None = None) -> SeedStudy:
        """The study without one expert or one item, by place."""
        keep_e = np.arange(len(self.experts)) != (-1 if expert is None else expert)
        keep_i = np.arange(len(self.items)) != (-1 if item is None else item)
        return SeedStudy(
            experts=tuple(np.array(self.experts, dtype=object)[keep_e]),
            items=tuple(np.array(self.items, dtype=object)[keep_i]),
            levels=self.levels,
            answers=self.answers[keep_e][:, keep_i],
            realisations=self.realisations[keep_i],
            is_log=self.is_log[keep_i],
        )


def bin_of(quantiles: Sequence[float], realisation: float) -> int:
    """Number of quantiles strictly below the truth; one equal to a quantile is in the lower bin.

    >>> bin_of((1, 2, 3), 2)
    1
    """
    return sum(quantile < realisation for quantile in quantiles)


def calibration_of(counts: Counts | Sequence[int], shares: Worlds, *, seeds: int) -> float:
    """chi2.sf(2 N sum s_b ln(s_b/p_b), bins - 1): P(so bad a fit or worse, if well calibrated).

    Args:
        counts: How often the truth fell into each bin; s is their shares.
        shares: p, the probability of each bin.
        seeds: N, the fewest seeds that any expert of the panel answered.
    """
    seen = np.asarray(counts, dtype=np.float64)
    s = seen / seen.sum()
    hit = s > 0
    divergence = float(np.sum(s[hit] * np.log(s[hit] / shares[hit])))
    # the sum cannot be negative but for rounding
    return float(chi2.sf(max(2 * seeds * divergence, 0.0), len(shares) - 1))


def information_of(quantiles: Worlds, low: float, high: float, shares: Worlds) -> float:
    """ln(U - L) + sum p_b ln(p_b / width_b): how much narrower than the range; 0 where U = L.

    Infinite where two quantiles are equal: the study must refuse such an answer.
    """
    if high <= low:
        return 0.0
    widths = np.diff([low, *quantiles, high])
    with np.errstate(divide="ignore"):
        return math.log(high - low) + float(np.sum(shares * np.log(shares / widths)))


@dataclass(frozen=True, slots=True, eq=False)
class SeedScores:
    """How a panel did on its seed questions."""

    study: SeedStudy
    """The study on its scales."""
    low: Worlds
    """Lower end of each item's range, on its scale."""
    high: Worlds
    """Upper end."""
    answered: Counts
    """Seeds answered by each expert."""
    least: int
    """N: the fewest seeds answered by any expert who answered one."""
    counts: Counts
    """Truths in each bin, shape (experts, bins)."""
    calibration: Worlds
    """Statistical accuracy; nan of an expert without a seed."""
    item_information: Worlds
    """Information by expert and item; nan where there is no answer."""
    information: Worlds
    """Mean over the seeds answered; nan of an expert without a seed."""
    information_all: Worlds
    """Mean over all items answered."""


def score_seeds(study: SeedStudy, *, overshoot: float = OVERSHOOT) -> SeedScores:
    """How each expert did, and the ranges in which the items are measured.

    Args:
        study: The answers and the truths.
        overshoot: k of the range [lo - k w, hi + k w] over all numbers of an item.
    """
    scaled = study.on_scale()
    low, high = _ranges(scaled, overshoot)
    seeds = scaled.is_seed
    answered = (scaled.is_answered & seeds).sum(axis=1)
    least = int(min((count for count in answered if count), default=0))
    counts = np.array([_counts(scaled, answers) for answers in scaled.answers])
    item_information = np.array(
        [_informations(scaled, answers, low, high) for answers in scaled.answers]
    )
    return SeedScores(
        study=scaled,
        low=low,
        high=high,
        answered=answered,
        least=least,
        counts=counts,
        calibration=np.array(
            [
                calibration_of(each, scaled.shares, seeds=least) if each.sum() else math.nan
                for each in counts
            ]
        ),
        item_information=item_information,
        information=_mean_of_known(item_information[:, seeds]),
        information_all=_mean_of_known(item_information),
    )


def _ranges(study: SeedStudy, overshoot: float) -> tuple[Worlds, Worlds]:
    everything = np.concatenate(
        [
            study.answers.transpose(1, 0, 2).reshape(len(study.items), -1),
            study.realisations[:, None],
        ],
        axis=1,
    )
    # an item that nobody answered, left when its one expert is left out, has no range
    everything[np.isnan(everything).all(axis=1)] = 0.0
    low: Worlds = np.nanmin(everything, axis=1)
    high: Worlds = np.nanmax(everything, axis=1)
    width = high - low
    return low - overshoot * width, high + overshoot * width


def _counts(study: SeedStudy, answers: Worlds) -> Counts:
    """Truths in each bin of one expert, or of a pooled maker; answers of shape (items, levels)."""
    seeds = study.is_seed & ~np.isnan(answers[:, 0])
    bins = np.sum(answers[seeds] < study.realisations[seeds, None], axis=1)
    return np.bincount(bins, minlength=len(study.levels) + 1)


def _informations(study: SeedStudy, answers: Worlds, low: Worlds, high: Worlds) -> Worlds:
    return np.array(
        [
            math.nan
            if np.isnan(quantiles[0])
            else information_of(quantiles, float(start), float(end), study.shares)
            for quantiles, start, end in zip(answers, low, high, strict=True)
        ]
    )


def _mean_of_known(values: Worlds) -> Worlds:
    """Mean over the second axis of what is known; nan where nothing is."""
    known = ~np.isnan(values)
    with np.errstate(invalid="ignore"):
        mean: Worlds = np.where(known, values, 0.0).sum(axis=1) / known.sum(axis=1)
    return mean


@dataclass(frozen=True, slots=True, eq=False)
class PooledMaker:
    """The panel as one expert, and how it does on the same seeds."""

    quantiles: Worlds
    """Its quantiles, shape (items, levels), on the items' scales."""
    calibration: float
    """Its statistical accuracy, with the panel's N."""
    information: float
    """Its mean information over the seeds."""
    cut_off: float
    """alpha: experts whose calibration is below have no weight."""
    weights: Worlds
    """Weight of each expert on each item, shape (experts, items), adding up to 1."""
    fell_back: tuple[str, ...]
    """Items on which every weight was 0, so that equal ones were used."""

    @property
    def score(self) -> float:
        """Calibration times information."""
        return self.calibration * self.information


def pooled_maker(
    scores: SeedScores, *, by: SeedWeights | Worlds, cut_off: float = 0.0
) -> PooledMaker:
    """The linear pool of the experts' piecewise uniform densities, scored as an expert.

    Args:
        scores: How the experts did.
        by: `equal`; `global`, C I 1(C >= alpha); `item`, C I_item 1(C >= alpha); or weights
            given, one an expert.
        cut_off: alpha.
    """
    study = scores.study
    answered = study.is_answered
    raw = _raw_weights(scores, by, cut_off) * answered
    is_empty = raw.sum(axis=0) <= 0
    raw = np.where(is_empty, answered, raw)
    weights = raw / np.maximum(raw.sum(axis=0), np.finfo(np.float64).tiny)
    quantiles = np.array([_pooled_item(scores, weights, item) for item in range(len(study.items))])
    quantiles[~answered.any(axis=0)] = math.nan
    counts = _counts(study, quantiles)
    information = _informations(study, quantiles, scores.low, scores.high)[study.is_seed]
    return PooledMaker(
        quantiles=quantiles,
        calibration=calibration_of(counts, study.shares, seeds=scores.least),
        information=float(information[~np.isnan(information)].mean()),
        cut_off=cut_off,
        weights=weights,
        fell_back=tuple(name for name, empty in zip(study.items, is_empty, strict=True) if empty),
    )


def _raw_weights(scores: SeedScores, by: SeedWeights | Worlds, cut_off: float) -> Worlds:
    items = len(scores.study.items)
    if isinstance(by, np.ndarray):
        return np.repeat(by[:, None], items, axis=1)
    if by == "equal":
        return np.ones((len(scores.study.experts), items))
    if by == "global":
        return np.repeat(global_weights(scores, cut_off)[:, None], items, axis=1)
    kept = kept_calibrations(scores, cut_off)
    return kept[:, None] * np.nan_to_num(scores.item_information)


def kept_calibrations(scores: SeedScores, cut_off: float) -> Worlds:
    """C 1(C >= alpha) of each expert; 0 of one without a seed."""
    kept: Worlds = np.where(scores.calibration >= cut_off - TIE, scores.calibration, 0.0)
    return kept


def global_weights(scores: SeedScores, cut_off: float = 0.0) -> Worlds:
    """C I 1(C >= alpha) of each expert, adding up to 1; equal where all are 0."""
    raw = kept_calibrations(scores, cut_off) * np.nan_to_num(scores.information)
    if raw.sum() <= 0:
        raw = np.ones_like(raw)
    weights: Worlds = raw / raw.sum()
    return weights


def _pooled_item(scores: SeedScores, weights: Worlds, item: int) -> Worlds:
    """Quantiles of one item's pool, by linear interpolation of its distribution on its nodes."""
    levels = np.array([0.0, *scores.study.levels, 1.0])
    low, high = scores.low[item], scores.high[item]
    if high <= low:
        return np.full(len(scores.study.levels), low)
    speaking = np.flatnonzero(weights[:, item] > 0)
    own = np.array([[low, *scores.study.answers[expert, item], high] for expert in speaking])
    nodes = np.unique(own)
    reached = np.zeros(len(nodes))
    for expert, quantiles in zip(speaking, own, strict=True):
        reached += weights[expert, item] * np.interp(nodes, quantiles, levels)
    quantiles_of_pool: Worlds = np.interp(scores.study.levels, reached, nodes)
    return quantiles_of_pool


def optimised_maker(scores: SeedScores, *, by: Literal["global", "item"]) -> PooledMaker:
    """The pooled maker whose cut-off gives it the largest score.

    Each expert's calibration is tried as alpha, rising; calibrations within 1e-9 are one, so that
    equal experts are never split by rounding, and a later alpha must be better by more than
    rounding. The pooled maker itself is never cut off.
    """
    tried = sorted({float(c) for c in scores.calibration if not math.isnan(c)})
    best = pooled_maker(scores, by=by, cut_off=tried[0])
    for cut_off in tried[1:]:
        maker = pooled_maker(scores, by=by, cut_off=cut_off)
        if maker.score > best.score * (1 + _LATER):
            best = maker
    return best
