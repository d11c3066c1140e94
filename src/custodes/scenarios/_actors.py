"""The unilateralist's curse: with many who can act alone, the most optimistic one decides.

Source: paper pp. 26-27 (limit the number of actors who can act alone); Bostrom, Douglas and
Sandberg 2016, "The unilateralist's curse", Social Epistemology 30:350-371,
DOI 10.1080/02691728.2015.1108373.
"""

from __future__ import annotations

from math import exp2, pi, sqrt

import numpy as np
import numpy.typing as npt
from pydantic import Field
from scipy.special import betaln, log_ndtr, ndtri

from custodes.records import Record
from custodes.scenarios._numbers import Numbers, root
from custodes.scenarios._scenario import Scenario


class ActorsInputs(Record):
    """How many can act alone, how well they judge, and from what estimate on they act."""

    actors: int = Field(5, ge=1, le=10_000)
    """How many can act on their own."""
    value: float = Field(-1.0, ge=-1e6, le=1e6)
    """True value of the act to all; below 0 it does harm."""
    noise: float = Field(1.0, ge=1e-6, le=1e6)
    """Noise of each actor's own estimate of the value."""
    threshold: float = Field(0.0, ge=-1e6, le=1e6)
    """Estimate above which an actor acts."""
    value_spread: float = Field(1.0, ge=1e-6, le=1e6)
    """Spread of the values of such acts: normal about 0."""


class ActorsOutputs(Record):
    """Whether somebody acts, and what different ways of deciding are worth on average."""

    p_act: float
    """P(somebody acts) at this value."""
    payoff_at_threshold: float
    """Mean payoff over all values if everybody uses this threshold."""
    optimal_threshold: float
    """The common threshold with the best mean payoff."""
    payoff_optimal: float
    """Mean payoff at that threshold."""
    payoff_pooled: float
    """Mean payoff if all estimates are averaged before anybody acts."""
    payoff_omniscient: float
    """Mean payoff if the true value were known."""
    median_of_largest: float
    """Median of the largest of the actors' errors."""
    payoff_majority: float | None
    """Mean payoff if a majority of estimates above 0 decides; for odd numbers."""


def _nodes() -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Points and weights of a standard normal mean: 20-point Gauss-Legendre on 160 panels."""
    points, weights = np.polynomial.legendre.leggauss(20)
    edges = np.linspace(-10.0, 10.0, 161)
    half = (edges[1] - edges[0]) / 2
    at = (edges[:-1, None] + half * (points[None, :] + 1)).ravel()
    density = np.exp(-at * at / 2) / sqrt(2 * pi)
    return at, np.tile(weights * half, 160) * density


_AT, _WEIGHT = _nodes()


def p_act(
    *, value: Numbers, actors: Numbers, noise: float, threshold: Numbers
) -> npt.NDArray[np.float64]:
    """1 - Phi((T - V) / noise)^N: P(somebody acts), elementwise.

    Args:
        value: V, the true value of the act.
        actors: N, at least 1.
        noise: Standard deviation of each estimate, above 0.
        threshold: T, the estimate above which an actor acts.

    Source: Bostrom, Douglas and Sandberg 2016.
    """
    nobody = np.multiply(actors, log_ndtr(np.subtract(threshold, value) / noise))
    somebody: npt.NDArray[np.float64] = -np.expm1(nobody)
    return somebody


def payoff_at_threshold(
    threshold: Numbers, *, actors: int, noise: float, value_spread: float
) -> npt.NDArray[np.float64]:
    """E[V P(act | V)] for V ~ N(0, sv^2), elementwise over thresholds.

    By Stein's identity, with s^2 = sv^2 + noise^2 and v ~ N(T sv^2/s^2, (sv noise/s)^2)::

        sv^2 N phi(T/s)/s E[Phi((T - v)/noise)^(N-1)]

    Args:
        threshold: T, common to all.
        actors: N, at least 1.
        noise: Standard deviation of each estimate, above 0.
        value_spread: sv, standard deviation of the values, above 0.

    Source: Bostrom, Douglas and Sandberg 2016; the integral is ours.
    """
    at = np.atleast_1d(np.asarray(threshold, dtype=float))
    total = sqrt(value_spread**2 + noise**2)
    others = np.exp((actors - 1) * log_ndtr(_estimate_above(at, noise, value_spread)))
    density = np.exp(-((at / total) ** 2) / 2) / (total * sqrt(2 * pi))
    payoff: npt.NDArray[np.float64] = value_spread**2 * actors * density * (others @ _WEIGHT)
    return payoff.reshape(np.shape(threshold))


def optimal_threshold(*, actors: int, noise: float, value_spread: float) -> float:
    """The common threshold with the best payoff: where the pivotal actor's act is worth 0.

    There the mean of V is 0, given that the largest estimate is just the threshold::

        E[v Phi((T - v)/noise)^(N-1)] = 0,    v ~ N(T sv^2/s^2, (sv noise/s)^2)

    Args:
        actors: N, at least 1.
        noise: Standard deviation of each estimate, above 0.
        value_spread: Standard deviation of the values, above 0.

    Source: Bostrom, Douglas and Sandberg 2016; the equation is ours.
    """
    if actors == 1:
        return 0.0
    total = sqrt(value_spread**2 + noise**2)

    def loss(threshold: float) -> float:
        values = threshold * (value_spread / total) ** 2 + value_spread * noise / total * _AT
        above: npt.NDArray[np.float64] = _estimate_above(
            np.atleast_1d(threshold), noise, value_spread
        )[0]
        alone = np.asarray(log_ndtr(above), dtype=np.float64)
        others = (actors - 1) * alone
        return -float((_WEIGHT * values) @ np.exp(others - others.max()))

    high = noise
    while loss(high) > 0:
        high *= 2
    return root(loss, low=0.0, high=high)


def payoff_pooled(*, actors: Numbers, noise: float, value_spread: float) -> Numbers:
    """All estimates averaged, act if above 0: sv phi(0) sqrt(sv^2 / (sv^2 + noise^2/N)).

    Args:
        actors: N, at least 1.
        noise: Standard deviation of each estimate.
        value_spread: Standard deviation of the values.

    Source: Bostrom, Douglas and Sandberg 2016.
    """
    known = value_spread**2 / (value_spread**2 + np.divide(noise**2, actors))
    return value_spread / sqrt(2 * pi) * np.sqrt(known)


def payoff_majority(*, actors: int, noise: float, value_spread: float) -> float | None:
    """E[V P(more than half of the estimates are above 0 | V)]; None for even numbers.

    By Stein's identity the mean, over v ~ N(0, (sv noise/s)^2), of the density of the middle of
    N uniforms at Phi(v/noise), times sv^2 phi(0)/s.

    Args:
        actors: N, odd.
        noise: Standard deviation of each estimate, above 0.
        value_spread: Standard deviation of the values, above 0.

    Source: our derivation.
    """
    if actors % 2 == 0:
        return None
    total = sqrt(value_spread**2 + noise**2)
    z = value_spread / total * _AT
    half = (actors - 1) / 2
    middle = half * (log_ndtr(z) + log_ndtr(-z)) - betaln(half + 1, half + 1)
    return float(value_spread**2 / (total * sqrt(2 * pi)) * (_WEIGHT @ np.exp(middle)))


def _estimate_above(
    threshold: npt.NDArray[np.float64], noise: float, value_spread: float
) -> npt.NDArray[np.float64]:
    """(T - v)/noise at the nodes: v as it is when one estimate stands just at the threshold."""
    total = sqrt(value_spread**2 + noise**2)
    left = threshold[:, None] * (noise / total) ** 2
    spread: npt.NDArray[np.float64] = (left - value_spread * noise / total * _AT) / noise
    return spread


def solve_actors(inputs: ActorsInputs) -> ActorsOutputs:
    """All the outputs of the scenario ``actors``.

    Source: docs/explanation/model.md.
    """
    actors, noise, spread = inputs.actors, inputs.noise, inputs.value_spread
    best = optimal_threshold(actors=actors, noise=noise, value_spread=spread)
    payoffs = payoff_at_threshold(
        np.array([inputs.threshold, best]), actors=actors, noise=noise, value_spread=spread
    )
    median_score: float = float(ndtri(exp2(-1 / actors)))
    return ActorsOutputs(
        p_act=float(
            p_act(value=inputs.value, actors=actors, noise=noise, threshold=inputs.threshold)
        ),
        payoff_at_threshold=float(payoffs[0]),
        optimal_threshold=best,
        payoff_optimal=float(payoffs[1]),
        payoff_pooled=float(payoff_pooled(actors=actors, noise=noise, value_spread=spread)),
        payoff_omniscient=spread / sqrt(2 * pi),
        median_of_largest=noise * median_score,
        payoff_majority=payoff_majority(actors=actors, noise=noise, value_spread=spread),
    )


def read_actors(inputs: ActorsInputs, outputs: ActorsOutputs) -> str:
    """What the numbers say: how likely somebody acts, and what would be the better way."""
    said = [_act_told(inputs, outputs)]
    lost = outputs.payoff_omniscient - outputs.payoff_at_threshold
    said.append(
        f"Over all such acts this way of deciding is worth {outputs.payoff_at_threshold:z.3g} on "
        f"average, {lost:z.3g} less than knowing the truth."
    )
    if inputs.actors > 1:
        said.append(
            f"If all waited for an estimate above {outputs.optimal_threshold:z.3g} it would be "
            f"worth {outputs.payoff_optimal:z.3g}; if all averaged their estimates first, "
            f"{outputs.payoff_pooled:z.3g}."
        )
    return " ".join(said)


def _act_told(inputs: ActorsInputs, outputs: ActorsOutputs) -> str:
    kind = "harmful" if inputs.value < 0 else "useful" if inputs.value > 0 else "neutral"
    if inputs.actors == 1:
        return (
            f"The one actor takes a {kind} act, worth {inputs.value:zg}, with probability "
            f"{outputs.p_act:z.3g}."
        )
    return (
        f"At least one of {inputs.actors} actors takes a {kind} act, worth {inputs.value:zg}, "
        f"with probability {outputs.p_act:z.3g}."
    )


ACTORS = Scenario(
    name="actors",
    title="The unilateralist's curse: the more can act alone, the likelier a harmful act.",
    pages="26-27",
    inputs=ActorsInputs,
    outputs=ActorsOutputs,
    solve=solve_actors,
    read=read_actors,
    nulls={"payoff_majority": "an even number of actors can tie"},
)
"""The scenario ``actors``."""
