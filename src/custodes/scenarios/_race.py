"""A race to the first powerful system: how much safety is given up, and when rules would help.

Two models. How much each team knows: Armstrong, Bostrom and Shulman 2016, "Racing to the
precipice", AI & Society 31:201-206, DOI 10.1007/s00146-015-0590-y (formulas re-derived). When
safety pays: Han, Pereira, Santos and Lenaerts 2020, JAIR 69:881-921 (re-derived). Paper: pp.
18-19 (interest in racing), 26-27 (number of actors).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from pydantic import Field

from custodes.records import Record
from custodes.scenarios._numbers import Numbers, finite
from custodes.scenarios._scenario import Scenario


class RaceInputs(Record):
    """The teams that race, and what a round of safe or unsafe work brings."""

    teams: int = Field(2, ge=2, le=100_000)
    """How many teams race (p. 26)."""
    capability_range: float = Field(1.0, ge=1e-6, le=1e6)
    """Teams' capabilities are uniform from 0 to this; more of it, and safety decides less."""
    enmity: float = Field(1.0, ge=0, le=1)
    """How bad another team's safe win is: 0 as good as an own win, 1 a total loss."""
    speed: float = Field(1.5, ge=1, le=1e6)
    """How many times faster a team goes that leaves safety out."""
    found_out: float = Field(0.1, ge=0, le=1)
    """Probability a round that a team without safety is found out."""
    rounds: float = Field(100.0, ge=0.001, le=1e9)
    """How many rounds of safe work the prize takes."""
    round_benefit: float = Field(4.0, ge=0, le=1e9)
    """Benefit of a round, shared by those ahead."""
    safety_cost: float = Field(1.0, ge=0, le=1e9)
    """Cost of a round of safe work."""
    prize: float = Field(10_000.0, ge=0, le=1e15)
    """Worth of being first."""


class RaceOutputs(Record):
    """Risk under three states of knowledge, and from what risk on safety is the better course."""

    risk_no_information: float
    """P(disaster) when teams know no capability, not even their own."""
    risk_private: float
    """P(disaster) when each team knows its own capability."""
    risk_public: float
    """P(disaster) when all teams know all capabilities."""
    p_safe_collectively_better: float | None
    """P(disaster) of unsafe work above which all are better off safe."""
    p_safe_risk_dominant: float | None
    """P(disaster) above which a team would be safe of its own accord; between: the dilemma."""
    limit_collectively_better: float
    """The first of these when only the prize counts."""
    limit_risk_dominant: float
    """The second when only the prize counts."""


_LEAST_ENMITY = 1e-150
"""Below it the risk is 0 to double precision, and its reciprocal would overflow."""


def risk_no_information(*, teams: Numbers, capability_range: Numbers, enmity: Numbers) -> Numbers:
    """1 - min(1, mu / (n e)): each team plays the same safety, elementwise.

    Args:
        teams: n, at least 2.
        capability_range: mu, above 0.
        enmity: e, [0, 1].

    Source: Armstrong, Bostrom and Shulman 2016 (re-derived).
    """
    with np.errstate(divide="ignore", over="ignore"):
        safety = np.minimum(1.0, np.divide(capability_range, np.multiply(teams, enmity)))
    return 1.0 - safety


def risk_private(*, teams: Numbers, capability_range: Numbers, enmity: Numbers) -> Numbers:
    """A team of capability x plays min(1, x / K), K = e (n-1) + 1; the most capable wins.

    Formula, elementwise: ``1 - n mu / ((n+1) K)`` where mu <= K, else ``(K/mu)^n / (n+1)``.

    Args:
        teams: n, at least 2.
        capability_range: mu, above 0.
        enmity: e, [0, 1].

    Source: Armstrong, Bostrom and Shulman 2016 (re-derived).
    """
    full = np.multiply(enmity, np.subtract(teams, 1)) + 1.0
    share = np.divide(full, capability_range)
    narrow = 1.0 - np.divide(teams, np.add(teams, 1) * np.maximum(share, 1.0))
    wide = np.power(np.minimum(share, 1.0), teams) / np.add(teams, 1)
    return np.where(share >= 1.0, narrow, wide)


def risk_public(*, teams: Numbers, capability_range: Numbers, enmity: Numbers) -> Numbers:
    """The leader, D ahead of the second, plays min(1, D / e).

    Formula, elementwise, with t = min(e, mu) / mu; 0 where e = 0::

        1 - mu / (e (n+1)) * (1 - (1 - t)^(n+1))

    Args:
        teams: n, at least 2.
        capability_range: mu, above 0.
        enmity: e, [0, 1].

    Source: Armstrong, Bostrom and Shulman 2016 (re-derived).
    """
    hostile = np.maximum(enmity, _LEAST_ENMITY)
    lead = np.minimum(np.divide(hostile, capability_range), 1.0)
    with np.errstate(divide="ignore"):
        mean_safety = -np.expm1(np.add(teams, 1) * np.log1p(-lead)) * np.divide(
            capability_range, hostile * np.add(teams, 1)
        )
    return np.where(np.greater(enmity, 0), np.maximum(1.0 - mean_safety, 0.0), 0.0)


@dataclass(frozen=True, slots=True)
class Payoffs:
    """What one round brings to one of two teams, by what both do."""

    both_safe: float
    """pi11 = b/2 - c."""
    safe_against_unsafe: float
    """pi12 = (1-f) b/(s+1) + f b - c."""
    unsafe_against_safe: float
    """pi21 = (1-f) s b/(s+1)."""
    both_unsafe: float
    """pi22 = (1-f^2) b/2."""


def payoffs(inputs: RaceInputs) -> Payoffs:
    """A round's payoffs, of the race between two teams.

    Source: Han, Pereira, Santos and Lenaerts 2020, JAIR 69 (re-derived).
    """
    b, c, s, f = inputs.round_benefit, inputs.safety_cost, inputs.speed, inputs.found_out
    return Payoffs(
        both_safe=b / 2 - c,
        safe_against_unsafe=(1 - f) * b / (s + 1) + f * b - c,
        unsafe_against_safe=(1 - f) * s * b / (s + 1),
        both_unsafe=(1 - f * f) * b / 2,
    )


def p_safe_collectively_better(inputs: RaceInputs) -> float | None:
    """1 - (Z/2W + pi11) / (s Z/2W + pi22): above this P(disaster), all gain if all are safe.

    Source: Han, Pereira, Santos and Lenaerts 2020, JAIR 69 (re-derived).
    """
    prize, each = inputs.prize / (2 * inputs.rounds), payoffs(inputs)
    unsafe = inputs.speed * prize + each.both_unsafe
    return finite(1 - (prize + each.both_safe) / unsafe) if unsafe > 0 else None


def p_safe_risk_dominant(inputs: RaceInputs) -> float | None:
    """1 - (Z/2W + pi11 + pi12) / (3 s Z/2W + pi21 + pi22): above it, safety wins on its own.

    Source: Han, Pereira, Santos and Lenaerts 2020, JAIR 69 (re-derived).
    """
    prize, each = inputs.prize / (2 * inputs.rounds), payoffs(inputs)
    unsafe = 3 * inputs.speed * prize + each.unsafe_against_safe + each.both_unsafe
    safe = prize + each.both_safe + each.safe_against_unsafe
    return finite(1 - safe / unsafe) if unsafe > 0 else None


def solve_race(inputs: RaceInputs) -> RaceOutputs:
    """All the outputs of the scenario ``race``.

    Source: docs/explanation/model.md.
    """
    teams, spread, enmity = float(inputs.teams), inputs.capability_range, inputs.enmity
    return RaceOutputs(
        risk_no_information=float(
            risk_no_information(teams=teams, capability_range=spread, enmity=enmity)
        ),
        risk_private=float(risk_private(teams=teams, capability_range=spread, enmity=enmity)),
        risk_public=float(risk_public(teams=teams, capability_range=spread, enmity=enmity)),
        p_safe_collectively_better=p_safe_collectively_better(inputs),
        p_safe_risk_dominant=p_safe_risk_dominant(inputs),
        limit_collectively_better=1 - 1 / inputs.speed,
        limit_risk_dominant=1 - 1 / (3 * inputs.speed),
    )


def read_race(inputs: RaceInputs, outputs: RaceOutputs) -> str:
    """What the numbers say: what knowledge does to the risk, and how wide the dilemma is."""
    risks = {
        "no capability is known": outputs.risk_no_information,
        "each team knows its own": outputs.risk_private,
        "all is public": outputs.risk_public,
    }
    ordered = sorted(risks, key=risks.__getitem__)
    said = [
        f"With {inputs.teams} teams the risk is least where {ordered[0]} "
        f"({risks[ordered[0]]:z.3g}) and largest where {ordered[-1]} ({risks[ordered[-1]]:z.3g})."
        if risks[ordered[-1]] > risks[ordered[0]]
        else f"With {inputs.teams} teams the risk is {outputs.risk_public:.3g}, whatever is known."
    ]
    collective, dominant = outputs.p_safe_collectively_better, outputs.p_safe_risk_dominant
    if collective is not None and dominant is not None:
        said.append(
            f"Where unsafe work ends in disaster with a probability from {max(collective, 0):.3g} "
            f"to {min(dominant, 1):z.3g}, all would be better off safe and yet each is drawn to "
            "leave safety out: there a rule helps."
            if max(collective, 0) < min(dominant, 1)
            else "No risk leaves a dilemma: wherever safety is better for all, each chooses it."
        )
    return " ".join(said)


RACE = Scenario(
    name="race",
    title="A race between teams: what knowledge and enmity do to safety.",
    pages="18-19, 26-27",
    inputs=RaceInputs,
    outputs=RaceOutputs,
    solve=solve_race,
    read=read_race,
    nulls={
        "p_safe_collectively_better": "unsafe work brings nothing, so there is nothing to weigh",
        "p_safe_risk_dominant": "unsafe work brings nothing, so there is nothing to weigh",
    },
)
"""The scenario ``race``."""
