"""What a study, or one more expert, would be worth, and how large a study pays for itself.

Source: docs/explanation/questions.md; the closed forms from Raiffa and Schlaifer 1961.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.polynomial import hermite_e, legendre
from scipy.special import betaln, gammaln, ndtri

from custodes.quantities import Worlds
from custodes.questions._evpi import evpi_of_normal
from custodes.questions._evppi import gaps_of, worth_of
from custodes.questions._regression import fitted, orthonormal, ranks_of

HERMITE_DEGREE = 6
"""Highest Hermite polynomial of the score."""
ERRORS_SHARED = 0.3
"""Correlation of experts' errors: our assumption, because they read the same papers."""


@dataclass(frozen=True, slots=True)
class StudySize:
    """The size of a study that is worth most after its cost."""

    observations: int
    """How many; 0 where no size pays for itself."""
    net_value: float
    """Value after cost, in the unit of cost; 0 where none pays."""


def sharpness(observations: float, *, prior_sd: float, observation_sd: float) -> float:
    """R = sqrt(n/(n + n0)), n0 = observation variance over prior variance; 0 to 1.

    The spread of the mean after a normal study is r times the prior's.

    Args:
        observations: n; a fraction where observations share their errors.
        prior_sd: Standard deviation of what is believed now, on the quantity's scale.
        observation_sd: Standard deviation of one observation, on the same scale.
    """
    if observations <= 0 or prior_sd == 0:
        return 0.0
    return math.sqrt(observations / (observations + (observation_sd / prior_sd) ** 2))


def evsi_of_normal(
    observations: float, *, mean: float, prior_sd: float, observation_sd: float
) -> float:
    """EVSI of a normal study of the difference between two options: psi(m, s0 r).

    Args:
        observations: n.
        mean: Mean of the difference now.
        prior_sd: Its standard deviation now.
        observation_sd: Standard deviation of one observation.
    """
    share = sharpness(observations, prior_sd=prior_sd, observation_sd=observation_sd)
    return evpi_of_normal(mean, prior_sd * share)


def evsi_of_trials(trials: int, *, successes: float, failures: float, threshold: float) -> float:
    """EVSI of trials of a share ~ Beta(a, b) when going ahead is worth share - threshold.

    sum_y BB(y; n, a, b) max(0, (a + y)/(a + b + n) - c) - max(0, a/(a + b) - c), BB the
    beta-binomial probability.

    Args:
        trials: n.
        successes: a > 0.
        failures: b > 0.
        threshold: c.
    """
    seen = np.arange(trials + 1)
    choose = gammaln(trials + 1) - gammaln(seen + 1) - gammaln(trials - seen + 1)
    weights = np.exp(
        choose + betaln(successes + seen, failures + trials - seen) - betaln(successes, failures)
    )
    total = successes + failures
    after = np.maximum(0.0, (successes + seen) / (total + trials) - threshold)
    return max(0.0, float(weights @ after) - max(0.0, successes / total - threshold))


def evsi(benefits: Worlds, quantity: Worlds, *, share: float) -> float:
    """EVSI of a normal study of a quantity on its scale, whatever the benefits' shape.

    Regress on the orthonormal Hermite polynomials of the score z and use
    sum_k b_k r^k he_k(z), which is the mean after the study, also where it is not linear.

    Args:
        benefits: Net benefit of every option in every draw, shape (options, draws).
        quantity: Shape (draws,).
        share: r, as `sharpness` gives it, 0 to 1.
    """
    gaps = gaps_of(benefits)
    basis = hermite_basis(quantity)
    fit = fitted(basis, gaps.values)
    blur = np.power(share, np.arange(len(fit.coefficients)))
    after: Worlds = basis @ (fit.coefficients * blur[:, None])
    return min(worth_of(after, fit.coefficients[0]), gaps.evpi)


def hermite_basis(quantity: Worlds) -> Worlds:
    """Orthonormal Hermite polynomials of the score of each draw, shape (draws, columns)."""
    scores = ndtri(ranks_of(quantity))
    return orthonormal(hermite_e.hermevander(scores, HERMITE_DEGREE).astype(np.float64))


def evsi_of_trials_by_draws(
    benefits: Worlds, shares: Worlds, *, trials: int, uniforms: Worlds
) -> float:
    """EVSI of trials whose chance of success is a drawn share, whatever the benefits' shape.

    y ~ Bin(n, share) is drawn for each draw and the benefits are regressed on its mid-rank.

    Args:
        benefits: Shape (options, draws).
        shares: Chance of success in each draw, shape (draws,).
        trials: n.
        uniforms: Keyed numbers in (0, 1) that draw y, shape (draws,).
    """
    clipped = np.clip(shares, 0.0, 1.0)
    seen = _binomial(clipped, trials, uniforms)
    gaps = gaps_of(benefits)
    order = ranks_of(seen)
    _, places = np.unique(seen, return_inverse=True)
    middle = np.bincount(places, weights=order) / np.bincount(places)
    columns = legendre.legvander(2 * middle[places] - 1, min(HERMITE_DEGREE, trials))
    basis = orthonormal(columns.astype(np.float64))
    fit = fitted(basis, gaps.values)
    return min(worth_of(fit.at(basis), fit.coefficients[0]), gaps.evpi)


def _binomial(shares: Worlds, trials: int, uniforms: Worlds) -> Worlds:
    """Successes in each draw, by inverting the distribution at the draw's uniform."""
    seen = np.zeros(len(shares))
    term = (1.0 - shares) ** trials
    below = term.copy()
    odds = shares / np.maximum(1.0 - shares, 1e-300)
    for number in range(trials):
        seen += uniforms > below
        term = term * odds * ((trials - number) / (number + 1))
        below = below + term
    return seen


def effective_experts(experts: int, *, correlation: float = ERRORS_SHARED) -> float:
    """How many independent experts so many are worth: m/(1 + (m - 1) rho).

    Args:
        experts: m.
        correlation: rho of their errors, 0 to 1.
    """
    return experts / (1 + (experts - 1) * correlation) if experts else 0.0


def evsi_of_experts(
    benefits: Worlds,
    quantity: Worlds,
    *,
    experts: int,
    noise: float = 1.0,
    correlation: float = ERRORS_SHARED,
) -> float:
    """EVSI of asking more experts: each is one observation of the quantity's score.

    Args:
        benefits: Shape (options, draws).
        quantity: Shape (draws,).
        experts: How many more.
        noise: Variance of one expert's answer over the variance of the pool; 1 where an expert
            knows as little as the pool (within plus between variance over pooled variance).
        correlation: Of their errors.
    """
    share = sharpness_of_experts(experts, noise=noise, correlation=correlation)
    return evsi(benefits, quantity, share=share)


def sharpness_of_experts(
    experts: int, *, noise: float = 1.0, correlation: float = ERRORS_SHARED
) -> float:
    """What `sharpness` is of so many more experts.

    Args:
        experts: How many more.
        noise: Variance of one expert's answer over the variance of the pool.
        correlation: Of their errors.
    """
    observations = effective_experts(experts, correlation=correlation)
    return sharpness(observations, prior_sd=1.0, observation_sd=math.sqrt(noise))


def best_size(
    value: Callable[[int], float],
    *,
    sizes: Iterable[int],
    scale: float = 1.0,
    fixed: float = 0.0,
    each: float = 0.0,
) -> StudySize:
    """The size with the largest scale*EVSI(n) - fixed - each*n, over every size offered.

    Args:
        value: EVSI of n observations.
        sizes: Sizes to look at; a single hill is not assumed.
        scale: What one unit of value is worth in money.
        fixed: Cost of any study.
        each: Cost of one observation.
    """
    best = StudySize(observations=0, net_value=0.0)
    for size in sizes:
        net = scale * value(size) - fixed - each * size
        if net > best.net_value:
            best = StudySize(observations=size, net_value=net)
    return best


def crux_value(
    *,
    p_outcome: float,
    p_crux: float,
    p_outcome_if_crux: float,
    p_crux_of_others: float | None = None,
) -> float:
    """How much learning a crux is expected to move a forecast, in base-10 divergence.

    P(c) KL(P(U|c) || P(U)) + (1 - P(c)) KL(P(U|not c) || P(U)). A second view, free of any
    decision. P(U|not c) is what the person's own answers imply; how likely the crux is may be
    taken from the other camp, so that nobody's own certainty makes a crux worthless.

    Source: Forecasting Research Institute's definition (docs/explanation/questions.md).

    Args:
        p_outcome: P(U).
        p_crux: P(c), the person's own.
        p_outcome_if_crux: P(U | c).
        p_crux_of_others: P(c) that weighs the two divergences, as FRI the other camp's median;
            the person's own where it is left out.
    """
    if p_crux >= 1:
        return _divergence(p_outcome_if_crux, p_outcome)
    otherwise = (p_outcome - p_crux * p_outcome_if_crux) / (1 - p_crux)
    weight = p_crux if p_crux_of_others is None else p_crux_of_others
    return weight * _divergence(p_outcome_if_crux, p_outcome) + (1 - weight) * _divergence(
        otherwise, p_outcome
    )


def _divergence(p: float, q: float) -> float:
    """P log10(p/q) + (1 - p) log10((1 - p)/(1 - q)); 0 log 0 is 0."""
    total = 0.0
    for mine, theirs in ((p, q), (1 - p, 1 - q)):
        if mine > 0:
            total += mine * math.log10(mine / theirs) if theirs > 0 else math.inf
    return total
