"""The dangerous valley: safe enough for the developer to deploy, not safe enough for society.

Source: paper pp. 25-27. The developer deploys a system that is safe with probability p iff

    p b (1 + q zeta) - (1 - p) L ((1 - q) + q (1 - c) p) - k >= 0

with b the benefit it keeps, L the harm it bears, q the probability that a rival deploys anyway,
zeta the rents it then loses, c how far the rival's system fails for the same cause and k the cost
of deploying. Payoffs: our assumption, the simplest that has every measure of p. 27 in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, log1p, sqrt

from pydantic import Field

from custodes.records import Record
from custodes.scenarios._scenario import Scenario
from custodes.scenarios._smooth_risk import deployers_shift, peak_of_risk
from custodes.scenarios._threshold import society_threshold_logit


class ValleyInputs(Record):
    """One system, one developer or several, and what each of them gains and risks."""

    benefit: float = Field(1.0, ge=1e-9, le=1e12)
    """Society's benefit of a safe deployment; the unit of every other amount."""
    harm: float = Field(100.0, ge=1e-9, le=1e12)
    """Society's harm of a failure, in the unit of the benefit."""
    benefit_captured: float = Field(0.3, ge=0, le=1)
    """Share of the benefit that the developer keeps."""
    harm_internalised: float = Field(0.01, ge=0, le=1)
    """Share of the harm that the developer bears."""
    deployment_cost: float = Field(0.0, ge=0, le=1e12)
    """Cost of deploying, borne whether it goes well or not."""
    windfall: float = Field(0.0, ge=0, le=1)
    """Share of what it keeps that a windfall clause takes (p. 26)."""
    rival_deploys: float = Field(0.0, ge=0, le=1)
    """Probability that a rival deploys if this developer does not."""
    rents_lost: float = Field(0.0, ge=0, le=100)
    """Share of the captured benefit lost to a rival that is first."""
    common_failure: float = Field(1.0, ge=0, le=1)
    """How far a rival's system fails where this one does: 1 always, 0 independently."""
    liability: float = Field(0.0, ge=0, le=100)
    """Share of the harm that the developer is liable for, as far as its assets go."""
    assets: float = Field(0.0, ge=0, le=1e12)
    """What liability can take, in the unit of the benefit."""
    usefulness: float = Field(0.0, ge=-0.9, le=1e6)
    """By how much the system is worth more to its developer than before."""
    deployers: float = Field(1.0, ge=1, le=1e6)
    """How many can deploy on their own (p. 26)."""
    deployer_noise: float = Field(0.8, ge=0.001, le=20)
    """Noise of a developer's own estimate of safety, in log-odds."""


class ValleyOutputs(Record):
    """Where the thresholds stand, how wide the valley between them is, and what it can cost."""

    harm_internalised_effective: float
    """Share of the harm that the developer bears, liability included."""
    p_developer: float | None
    """P(safe) from which on the developer deploys."""
    p_society: float | None
    """P(safe) from which on society gains from the deployment."""
    x_developer: float | None
    """The developer's threshold in log-odds of safety."""
    x_society: float | None
    """Society's threshold in log-odds of safety."""
    width_logit: float | None
    """Width of the valley in log-odds; below 0: the developer is the more cautious."""
    width_p: float | None
    """Width of the valley in probability."""
    deployers_shift: float
    """By how many log-odds the first of several noisy deployers goes earlier."""
    width_logit_first_deployer: float | None
    """Width in log-odds up to the first deployer's threshold."""
    largest_loss: float | None
    """Society's expected loss from a deployment just above the developer's threshold."""
    windfall_that_closes: float | None
    """Windfall share that would close the valley, were there no rival and no cost."""
    peak_x: float | None
    """Log-odds of safety at which the risk is largest; below it more alignment raises risk."""
    peak_p: float | None
    """The same as P(safe)."""
    peak_risk: float | None
    """Risk there: P(somebody deploys, and it fails)."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which safety on, as a probability and in log-odds; None where there is none."""

    p: float | None
    """Probability of being safe, [0, 1]; None: never."""
    x: float | None
    """The same in log-odds; None at 0 and 1 too."""


def harm_borne(inputs: ValleyInputs) -> float:
    """min(1, harm_internalised + min(liability * H, assets) / H): share of the harm, [0, 1].

    A developer cannot pay more than it has: liability ends at its assets.

    Source: paper p. 27 (incentives); Shavell 1986, the judgment-proof problem.
    """
    collected = min(inputs.liability * inputs.harm, inputs.assets)
    return min(1.0, inputs.harm_internalised + collected / inputs.harm)


def developer_threshold(inputs: ValleyInputs) -> Threshold:
    """The safety from which on deploying pays for the developer: the root in [0, 1].

    Formula, with b, L, q, zeta, c and k of this file's head and g = q (1 - c)::

        L g p^2 + p (b (1 + q zeta) + L (1 - q) - L g) - L (1 - q) - k = 0

    p is 0 if it holds at 0 and None if it fails at 1. For c = 1 the root is
    (L (1 - q) + k) / (b (1 + q zeta) + L (1 - q)); without cost its log-odds are
    `developer_threshold_logit`. p and 1 - p are solved for each without cancellation.

    Source: paper p. 25; our derivation.
    """
    rival = inputs.rival_deploys
    harm = harm_borne(inputs) * inputs.harm
    kept = inputs.benefit_captured * inputs.benefit * (1 - inputs.windfall)
    gain = kept * (1 + inputs.usefulness) * (1 + rival * inputs.rents_lost)
    own_fault = harm * (1 - rival)
    shared = harm * rival * (1 - inputs.common_failure)
    hurdle = own_fault + inputs.deployment_cost
    surplus = gain - inputs.deployment_cost
    if hurdle <= 0:
        return Threshold(p=0.0, x=None)
    if surplus < 0:
        return Threshold(p=None, x=None)
    slope = gain + own_fault - shared
    root = sqrt(slope * slope + 4 * shared * hurdle)
    p = 2 * hurdle / (slope + root) if slope > 0 else (root - slope) / (2 * shared)
    unsafe = 2 * surplus / (gain + own_fault + shared + root)
    return Threshold(p=min(p, 1.0), x=log(p) - log(unsafe) if unsafe > 0 else None)


def society_threshold(inputs: ValleyInputs) -> Threshold:
    """(H + k) / (B + H), the safety from which on society gains; None if the cost exceeds B.

    Source: paper pp. 25-26.
    """
    benefit, harm, cost = inputs.benefit, inputs.harm, inputs.deployment_cost
    if cost > benefit:
        return Threshold(p=None, x=None)
    if cost == benefit:
        return Threshold(p=1.0, x=None)
    shift = log1p(cost / harm) - log1p(-cost / benefit)
    return Threshold(
        p=(harm + cost) / (benefit + harm),
        x=float(society_threshold_logit(harm / benefit)) + shift,
    )


def largest_loss(*, p_developer: float, benefit: float, harm: float) -> float:
    """max(0, (1 - p) H - p B), at the developer's threshold p.

    Args:
        p_developer: The threshold, [0, 1].
        benefit: Society's benefit of a safe deployment.
        harm: Society's harm of a failure.

    Returns:
        Expected loss to society, in the unit of the benefit, at least 0.

    Source: paper pp. 25-26.
    """
    return max(0.0, (1 - p_developer) * harm - p_developer * benefit)


def windfall_that_closes(*, harm_share: float, benefit_share: float) -> float | None:
    """1 - harm_share / benefit_share; below 0 there was no valley to close.

    Args:
        harm_share: Share of the harm that the developer bears, liability included.
        benefit_share: Share of the benefit that it keeps, times 1 + usefulness.

    Source: paper p. 26 (windfall clause); our derivation.
    """
    return 1 - harm_share / benefit_share if benefit_share > 0 else None


def solve_valley(inputs: ValleyInputs) -> ValleyOutputs:
    """All the outputs of the scenario ``valley``.

    Source: paper pp. 25-27; docs/explanation/model.md.
    """
    developer, society = developer_threshold(inputs), society_threshold(inputs)
    shift = deployers_shift(deployers=inputs.deployers, noise=inputs.deployer_noise)
    width = _gap(society.x, developer.x)
    peak = (
        peak_of_risk(
            x_developer=developer.x, noise=inputs.deployer_noise, deployers=inputs.deployers
        )
        if developer.x is not None
        else None
    )
    return ValleyOutputs(
        harm_internalised_effective=harm_borne(inputs),
        p_developer=developer.p,
        p_society=society.p,
        x_developer=developer.x,
        x_society=society.x,
        width_logit=width,
        width_p=_gap(society.p, developer.p),
        deployers_shift=shift,
        width_logit_first_deployer=None if width is None else width + shift,
        largest_loss=None
        if developer.p is None
        else largest_loss(p_developer=developer.p, benefit=inputs.benefit, harm=inputs.harm),
        windfall_that_closes=windfall_that_closes(
            harm_share=harm_borne(inputs),
            benefit_share=inputs.benefit_captured * (1 + inputs.usefulness),
        ),
        peak_x=peak.x if peak else None,
        peak_p=peak.p if peak else None,
        peak_risk=peak.risk if peak else None,
    )


def _gap(upper: float | None, lower: float | None) -> float | None:
    return None if upper is None or lower is None else upper - lower


def read_valley(inputs: ValleyInputs, outputs: ValleyOutputs) -> str:
    """What the numbers say: whether there is a valley, how wide, and where the risk is largest."""
    if outputs.p_developer is None:
        return "Deploying never pays for the developer, however safe the system: no valley."
    if outputs.p_society is None:
        return (
            "Society never gains from this deployment, while the developer gains from "
            f"P(safe) = {outputs.p_developer:z.4g} on: every deployment is on the wrong side."
        )
    said = [_verdict(outputs.p_developer, outputs.p_society, outputs.width_logit)]
    if outputs.p_society > outputs.p_developer:
        said.append(
            "A deployment just above the developer's threshold costs society "
            f"{outputs.largest_loss:z.4g} times the benefit of a safe one."
            if inputs.benefit == 1
            else f"A deployment just above the developer's threshold costs society "
            f"{outputs.largest_loss:z.4g}."
        )
    if outputs.peak_p is not None:
        many = "" if inputs.deployers == 1 else f", the first of {inputs.deployers:g} deciding,"
        said.append(
            f"With judgements of safety that err by {inputs.deployer_noise:g} in log-odds{many} "
            f"more alignment raises the risk up to P(safe) = {outputs.peak_p:z.4g}, where it is "
            f"{outputs.peak_risk:z.3g}, and lowers it only above."
        )
    return " ".join(said)


def _verdict(p_developer: float, p_society: float, width: float | None) -> str:
    if abs(p_society - p_developer) < _SAME:
        return f"No valley: both thresholds stand at P(safe) = {p_society:z.4g}."
    if p_society < p_developer:
        return (
            f"No valley: the developer waits for P(safe) = {p_developer:z.4g}, longer than "
            f"society would ({p_society:z.4g})."
        )
    wide = "" if width is None else f", {width:z.3g} in log-odds"
    return (
        f"There is a valley: the developer deploys from P(safe) = {p_developer:z.4g} on, society "
        f"gains only from {p_society:z.4g} on{wide}."
    )


_SAME = 1e-12

VALLEY = Scenario(
    name="valley",
    title="The dangerous valley: safe enough for the developer, not for society.",
    pages="25-27",
    inputs=ValleyInputs,
    outputs=ValleyOutputs,
    solve=solve_valley,
    read=read_valley,
    nulls={
        "p_developer": "deploying costs more than it can bring: the developer never deploys",
        "p_society": "deploying costs more than society can gain: it never gains",
        "x_developer": "the developer deploys never, only at certainty, or always",
        "x_society": "society gains never, or only at certainty",
        "width_logit": "one of the thresholds has no log-odds",
        "width_p": "one of the thresholds does not exist",
        "width_logit_first_deployer": "one of the thresholds has no log-odds",
        "largest_loss": "the developer never deploys",
        "windfall_that_closes": "the developer keeps none of the benefit",
        "peak_x": "the developer's threshold has no log-odds",
        "peak_p": "the developer's threshold has no log-odds",
        "peak_risk": "the developer's threshold has no log-odds",
    },
)
"""The scenario ``valley``."""
