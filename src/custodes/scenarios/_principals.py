"""The bad principal: the more hold a system, the likelier that one of them is malicious.

Source: paper pp. 28-29 and fn 61 (costs of making such a system fall). The model is ours
(docs/explanation/model.md); correlated holders follow a beta-binomial.
"""

from __future__ import annotations

from math import expm1, log1p

import numpy as np
import numpy.typing as npt
from pydantic import Field

from custodes.records import Record
from custodes.scenarios._numbers import Numbers, finite
from custodes.scenarios._scenario import Scenario


class PrincipalsInputs(Record):
    """Who holds the system, how weights leak, and how fast others can make the like."""

    holders: int = Field(20, ge=1, le=1_000_000)
    """How many hold the system, so that it is aligned to each of them (p. 28)."""
    malicious_share: float = Field(0.01, ge=0, le=1)
    """Probability that a holder is malicious."""
    correlation: float = Field(0.0, ge=0, le=1)
    """Correlation between holders: 0 each for itself, 1 all alike."""
    leak_rate: float = Field(0.05, ge=0, le=1000)
    """Leaks of the weights, for each holder and year (p. 29)."""
    years: float = Field(3.0, ge=0, le=100)
    """Years looked ahead."""
    removal: float = Field(0.99, ge=0, le=1)
    """Share of the safeguards that who has the weights can remove (p. 29)."""
    misuse_cut: float = Field(0.3, ge=-9, le=1)
    """Share of misuse risk that the safeguards take away, before any leak."""
    makers: float = Field(5.0, ge=0, le=1e6)
    """How many can make such a system today (p. 28)."""
    cost_fall: float = Field(3.0, ge=0.001, le=1000)
    """By what factor the cost of making it falls a year (fn 61)."""
    maker_tail: float = Field(0.7, ge=0, le=10)
    """Elasticity of the number of makers to that cost."""


class PrincipalsOutputs(Record):
    """Whether a malicious holder is among them, and what is left of the safeguards."""

    p_any_malicious: float
    """P(at least one holder is malicious)."""
    holders_for_5_percent: float | None
    """Independent holders at which that probability is 5 %."""
    p_leak: float
    """P(the weights leak at least once in these years)."""
    misuse_cut_left: float
    """Share of misuse risk still taken away, leaks counted."""
    makers_able: float | None
    """How many can make such a system after these years."""


def p_any_malicious_by_holders(
    most: int, *, malicious_share: float, correlation: float
) -> npt.NDArray[np.float64]:
    """P(any of K holders is malicious) for K = 1 to ``most``: 1 - B(a, b+K) / B(a, b).

    With a = q (1/rho - 1) and b = (1-q) (1/rho - 1) that is, without cancellation::

        1 - prod over i < K of (1 - q / (1 + i rho / (1 - rho)))

    which is 1 - (1-q)^K for rho = 0 and q for rho = 1.

    Args:
        most: Largest K, at least 1.
        malicious_share: q, [0, 1].
        correlation: rho, [0, 1].

    Returns:
        Probabilities, shape (most,).

    Source: paper p. 28; beta-binomial; docs/explanation/model.md.
    """
    apart = max(1 - correlation, np.finfo(float).tiny)
    drawn = np.arange(most, dtype=float)
    with np.errstate(over="ignore", divide="ignore"):
        each = malicious_share / (1 + drawn * (correlation / apart))
        any_malicious: npt.NDArray[np.float64] = -np.expm1(np.cumsum(np.log1p(-each)))
    return any_malicious


def holders_for(target: float, *, malicious_share: float) -> float | None:
    """ln(1 - target) / ln(1 - q): independent holders at which P(any malicious) is the target.

    Args:
        target: Probability, (0, 1).
        malicious_share: q, [0, 1]; None at 0 (never) and at 1 (at once).

    Source: docs/explanation/model.md.
    """
    if not 0 < malicious_share < 1:
        return None
    return finite(log1p(-target) / log1p(-malicious_share))


def p_leak(holders: Numbers, *, leak_rate: float, years: float) -> npt.NDArray[np.float64]:
    """1 - exp(-rate K years), elementwise.

    Args:
        holders: K, at least 0.
        leak_rate: Leaks for each holder and year.
        years: Years looked ahead.

    Source: paper p. 29; docs/explanation/model.md.
    """
    leaked: npt.NDArray[np.float64] = -np.expm1(-leak_rate * years * np.asarray(holders))
    return leaked


def misuse_cut_left(*, misuse_cut: float, p_leak: float, removal: float) -> float:
    """What leaks leave of the cut: cut (1 - leak removal), for the weights are all it takes.

    Args:
        misuse_cut: Share of misuse risk taken away before any leak.
        p_leak: P(the weights leak), [0, 1].
        removal: Share of the safeguards that can then be removed, [0, 1].

    Source: paper p. 29 (Lermen et al. 2023); docs/explanation/model.md.
    """
    return misuse_cut * (1 - p_leak * removal)


def makers_able(
    *, makers: float, cost_fall: float, maker_tail: float, years: float
) -> float | None:
    """How many can make such a system later: makers * cost_fall^(tail years).

    Args:
        makers: How many can today.
        cost_fall: Factor by which its cost falls a year.
        maker_tail: Elasticity of the number of makers to that cost.
        years: Years looked ahead.

    Source: paper fn 61; docs/explanation/model.md.
    """
    try:
        return finite(makers * cost_fall ** (maker_tail * years))
    except OverflowError:
        return None


def solve_principals(inputs: PrincipalsInputs) -> PrincipalsOutputs:
    """All the outputs of the scenario ``principals``.

    Source: docs/explanation/model.md.
    """
    malicious = p_any_malicious_by_holders(
        inputs.holders,
        malicious_share=inputs.malicious_share,
        correlation=inputs.correlation,
    )
    leaked = float(p_leak(inputs.holders, leak_rate=inputs.leak_rate, years=inputs.years))
    return PrincipalsOutputs(
        p_any_malicious=float(malicious[-1]),
        holders_for_5_percent=holders_for(0.05, malicious_share=inputs.malicious_share),
        p_leak=leaked,
        misuse_cut_left=misuse_cut_left(
            misuse_cut=inputs.misuse_cut, p_leak=leaked, removal=inputs.removal
        ),
        makers_able=makers_able(
            makers=inputs.makers,
            cost_fall=inputs.cost_fall,
            maker_tail=inputs.maker_tail,
            years=inputs.years,
        ),
    )


def read_principals(inputs: PrincipalsInputs, outputs: PrincipalsOutputs) -> str:
    """What the numbers say: whether a malicious holder is likely, and what leaks leave."""
    holders = "The holder" if inputs.holders == 1 else f"{inputs.holders} holders"
    verb = "is malicious" if inputs.holders == 1 else "include a malicious one"
    said = [f"{holders} {verb} with probability {outputs.p_any_malicious:z.3g}."]
    if inputs.correlation > 0 and inputs.holders > 1:
        alone = -expm1(inputs.holders * log1p(-min(inputs.malicious_share, 1 - 1e-16)))
        said.append(f"Were they independent it would be {alone:z.3g}.")
    if outputs.holders_for_5_percent is not None:
        said.append(
            f"To keep it below 5 % there can be {max(int(outputs.holders_for_5_percent), 0)} "
            "independent holders at most."
        )
    said.append(
        f"Within {inputs.years:zg} years the weights leak with probability {outputs.p_leak:z.3g}; "
        f"of the cut of misuse risk of {inputs.misuse_cut:.3g}, {outputs.misuse_cut_left:.3g} is "
        "left."
    )
    if outputs.makers_able is not None:
        said.append(
            f"By then {outputs.makers_able:z.3g} could make such a system, up from "
            f"{inputs.makers:zg}."
        )
    return " ".join(said)


PRINCIPALS = Scenario(
    name="principals",
    title="The bad principal: how many hold the system, and what outlives leaks.",
    pages="28-30",
    inputs=PrincipalsInputs,
    outputs=PrincipalsOutputs,
    solve=solve_principals,
    read=read_principals,
    nulls={
        "holders_for_5_percent": "with a malicious share of 0 it never is, with 1 it is at once",
        "makers_able": "the number is beyond what a computer counts",
    },
)
"""The scenario ``principals``."""
