"""The curves of each scenario's picture: numbers only, drawn elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from custodes.scenarios._actors import ActorsInputs, ActorsOutputs, p_act, payoff_at_threshold
from custodes.scenarios._detection import DetectionInputs, miss, posterior_unsafe
from custodes.scenarios._measures import LICENCE_COVERAGE, REGULATOR_NOISE
from custodes.scenarios._principals import PrincipalsInputs, p_any_malicious_by_holders
from custodes.scenarios._progress import ProgressInputs, ProgressOutputs, p_catastrophe
from custodes.scenarios._race import RaceInputs, risk_no_information, risk_private, risk_public
from custodes.scenarios._smooth_risk import Licence, smooth_risk
from custodes.scenarios._valley import ValleyInputs, ValleyOutputs

_POINTS = 161
"""Points of a curve: smooth to the eye, small in a file."""
_MARGIN = 3.0
"""Log-odds shown on either side of the valley."""

_NEAR, _AROUND = 3.0, 12.0
"""Months shown on either side of a gap that moves, so that a small move is seen; or does not."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of a picture."""

    name: str
    """What it is, in a few words."""
    x: tuple[float, ...]
    """Where, rising."""
    y: tuple[float, ...]
    """How much, as long as `x`; points without a finite value are left out."""


def valley_curves(inputs: ValleyInputs, outputs: ValleyOutputs) -> tuple[Curve, ...]:
    """Risk over log-odds of safety, as set and with a licence for a part of deployments."""
    marks = [
        mark
        for mark in (outputs.x_developer, outputs.x_society, outputs.peak_x)
        if mark is not None
    ] or [0.0]
    low = min(marks) - _MARGIN - outputs.deployers_shift / 2
    x = np.linspace(low, max(marks) + _MARGIN, _POINTS)
    if outputs.x_developer is None:
        always = outputs.p_developer == 0
        return (_curve("as set", x, expit(-x) if always else np.zeros_like(x)),)
    licences: dict[str, Licence | None] = {"as set": None}
    if outputs.x_society is not None and outputs.x_society > outputs.x_developer:
        licences[f"with a licence for {LICENCE_COVERAGE:.0%}"] = Licence(
            coverage=LICENCE_COVERAGE, threshold=outputs.x_society, noise=REGULATOR_NOISE
        )
    return tuple(
        _curve(
            name,
            x,
            smooth_risk(
                x,
                x_developer=outputs.x_developer,
                noise=inputs.deployer_noise,
                deployers=inputs.deployers,
                licence=licence,
            ),
        )
        for name, licence in licences.items()
    )


def race_curves(inputs: RaceInputs) -> tuple[Curve, ...]:
    """Risk over enmity, under three states of knowledge."""
    enmity = np.linspace(0.0, 1.0, _POINTS)
    known = {
        "nothing is known": risk_no_information,
        "own capability is known": risk_private,
        "all is public": risk_public,
    }
    return tuple(
        _curve(
            name,
            enmity,
            risk(
                teams=float(inputs.teams),
                capability_range=inputs.capability_range,
                enmity=enmity,
            ),
        )
        for name, risk in known.items()
    )


def actors_curves(inputs: ActorsInputs) -> tuple[Curve, ...]:
    """P(somebody acts) over the number of actors."""
    actors = _whole_numbers(max(10, 2 * inputs.actors))
    return (
        _curve(
            "somebody acts",
            actors,
            p_act(
                value=inputs.value,
                actors=actors,
                noise=inputs.noise,
                threshold=inputs.threshold,
            ),
        ),
    )


def payoff_curves(inputs: ActorsInputs, outputs: ActorsOutputs) -> tuple[Curve, ...]:
    """Mean payoff over the common threshold."""
    marks = (0.0, inputs.threshold, outputs.optimal_threshold)
    margin = 2 * min(inputs.noise, inputs.value_spread)
    threshold = np.linspace(min(marks) - margin, max(marks) + margin, _POINTS)
    payoff = payoff_at_threshold(
        threshold,
        actors=inputs.actors,
        noise=inputs.noise,
        value_spread=inputs.value_spread,
    )
    return (_curve("each decides alone", threshold, payoff),)


def progress_curves(inputs: ProgressInputs, outputs: ProgressOutputs) -> tuple[Curve, ...]:
    """P(catastrophe in the gap) over the expected gap."""
    moved = abs(outputs.gap_after - inputs.gap)
    margin = max(_NEAR, 4 * moved) if moved else _AROUND
    ends = sorted((inputs.gap, outputs.gap_after))
    gap = np.linspace(ends[0] - margin, ends[1] + margin, _POINTS)
    risk = p_catastrophe(gap, gap_spread=inputs.gap_spread, hazard=inputs.hazard)
    return (_curve("risk in the gap", gap, risk),)


def detection_curves(inputs: DetectionInputs) -> tuple[Curve, ...]:
    """P(unsafe, having passed) over the number of tests, as set and if they were independent."""
    tests = _whole_numbers(max(10, 2 * inputs.tests))
    passes = np.power(inputs.specificity, tests)
    flaws = {
        "with gaming and common causes": (inputs.gaming, inputs.common_cause),
        "as if independent": (0.0, 0.0),
    }
    return tuple(
        _curve(
            name,
            tests,
            posterior_unsafe(
                prior_unsafe=inputs.prior_unsafe,
                miss=miss(
                    tests, sensitivity=inputs.sensitivity, gaming=gaming, common_cause=common
                ),
                all_clear_if_safe=passes,
            ),
        )
        for name, (gaming, common) in flaws.items()
    )


def principals_curves(inputs: PrincipalsInputs) -> tuple[Curve, ...]:
    """P(any holder is malicious) over the holders, independent and correlated."""
    most = max(20, 2 * inputs.holders)
    holders = _whole_numbers(most)
    correlations = sorted({0.0, inputs.correlation or 0.1, 0.3})
    return tuple(
        _curve(
            f"correlation {correlation:g}" if correlation else "independent",
            holders,
            p_any_malicious_by_holders(
                most, malicious_share=inputs.malicious_share, correlation=correlation
            )[holders.astype(int) - 1],
        )
        for correlation in correlations
    )


def _whole_numbers(most: int) -> npt.NDArray[np.float64]:
    """1 to ``most``, thinned out evenly where there are too many to draw."""
    return np.unique(np.round(np.linspace(1.0, float(most), min(most, _POINTS))))


def _curve(name: str, x: npt.NDArray[np.float64], y: object) -> Curve:
    points = [
        (float(at), float(value))
        for at, value in zip(x, np.asarray(y, dtype=float), strict=True)
        if isfinite(value)
    ]
    return Curve(name=name, x=tuple(at for at, _ in points), y=tuple(value for _, value in points))
