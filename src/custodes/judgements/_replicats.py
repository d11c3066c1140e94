"""The pooling rules of repliCATS, for comparison with ours.

Three points a claim, from 0 to 1; round 2. Source: aggreCAT 1.0.0 (MIT), commit 7da29a8; the
formulas are in docs/explanation/judgement.md. Do not generalise from the 25 claims they were tuned
to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from scipy.special import expit, logit

from custodes.judgements._pooling import beta_of
from custodes.quantities import Worlds

EPSILON = 2.220446049250313e-16
"""What aggreCAT puts in place of 0."""


@dataclass(frozen=True, slots=True)
class ThreePoints:
    """One expert's answer about one claim."""

    claim: str
    """The claim."""
    expert: str
    """Who answered."""
    lower: float
    """Lowest plausible probability."""
    best: float
    """Best estimate."""
    upper: float
    """Highest plausible probability."""


@dataclass(frozen=True, slots=True, eq=False)
class _Claim:
    """The answers about one claim as arrays, and each expert's habits over all their claims."""

    lower: Worlds
    best: Worlds
    upper: Worlds
    widest: Worlds
    """Each expert's widest range."""
    variance: Worlds
    """Variance of each expert's widths; nan where there is only one."""

    @property
    def width(self) -> Worlds:
        return self.upper - self.lower


def _raised(values: Worlds) -> Worlds:
    return np.where(values == 0, EPSILON, values)


def _weighted(claim: _Claim, weights: Worlds) -> float:
    return float(np.sum(weights * claim.best) / np.sum(weights))


def _mean(claim: _Claim) -> float:
    return float(claim.best.mean())


def _median(claim: _Claim) -> float:
    return float(np.median(claim.best))


def _log_odds(claim: _Claim) -> float:
    inner = np.where(claim.best == 1, 1 - EPSILON, _raised(claim.best))
    log_odds: Worlds = logit(inner)
    pooled: float = expit(float(log_odds.mean()))
    return float(pooled)


def _beta_mean(claim: _Claim) -> float:
    return beta_of(_mean(claim))


def _interval(claim: _Claim) -> float:
    return _weighted(claim, 1 / _raised(claim.width))


def _individual_weights(claim: _Claim) -> Worlds:
    return 1 / _raised(claim.width / _raised(claim.widest))


def _individual(claim: _Claim) -> float:
    return _weighted(claim, _individual_weights(claim))


def _varied(claim: _Claim) -> float:
    return _weighted(claim, claim.variance)


def _asymmetry_weights(claim: _Claim) -> Worlds:
    width = _raised(claim.width)
    is_high = claim.best >= width / 2 + claim.lower
    off = np.where(is_high, claim.upper - claim.best, claim.best - claim.lower)
    weights = np.maximum(1 - 2 * off / width, 0.0)
    return weights if weights.any() else np.ones_like(weights)


def _asymmetric(claim: _Claim) -> float:
    return _weighted(claim, _asymmetry_weights(claim))


def _individual_asymmetric(claim: _Claim) -> float:
    return _weighted(claim, _asymmetry_weights(claim) * _individual_weights(claim))


def _outlying(claim: _Claim) -> float:
    away = (np.median(claim.best) - claim.best) ** 2
    return _weighted(claim, 1 - away / (away.max() or EPSILON))


REPLICATS = MappingProxyType[str, Callable[[_Claim], float]](
    {
        "ArMean": _mean,
        "Median": _median,
        "LOArMean": _log_odds,
        "BetaArMean": _beta_mean,
        "IntWAgg": _interval,
        "IndIntWAgg": _individual,
        "VarIndIntWAgg": _varied,
        "AsymWAgg": _asymmetric,
        "IndIntAsymWAgg": _individual_asymmetric,
        "OutWAgg": _outlying,
    }
)
"""The rules, by their name in aggreCAT."""


def replicats(answers: Iterable[ThreePoints], method: str) -> dict[str, float]:
    """The pooled probability of each claim by one of repliCATS' rules.

    Args:
        answers: One round's answers.
        method: A name in `REPLICATS`.

    Returns:
        By claim, in the order in which claims first appear.

    Raises:
        KeyError: There is no such rule.
    """
    rule = REPLICATS[method]
    by_claim: dict[str, list[ThreePoints]] = {}
    widths: dict[str, list[float]] = {}
    for answer in answers:
        by_claim.setdefault(answer.claim, []).append(answer)
        widths.setdefault(answer.expert, []).append(abs(answer.upper - answer.lower))
    widest = {expert: max(each) for expert, each in widths.items()}
    variance = {
        expert: float(np.var(each, ddof=1)) if len(each) > 1 else float("nan")
        for expert, each in widths.items()
    }
    return {claim: rule(_as_claim(each, widest, variance)) for claim, each in by_claim.items()}


def _as_claim(
    answers: list[ThreePoints], widest: Mapping[str, float], variance: Mapping[str, float]
) -> _Claim:
    return _Claim(
        lower=np.array([each.lower for each in answers]),
        best=np.array([each.best for each in answers]),
        upper=np.array([each.upper for each in answers]),
        widest=np.array([widest[each.expert] for each in answers]),
        variance=np.array([variance[each.expert] for each in answers]),
    )
