"""Several efforts in the same worlds: log hazards add, benefits on one hazard overlap.

Source: docs/explanation/model.md. Order-free, exact, in [0, 1]; one effort alone gives its own
net.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from custodes.quantities import Worlds, mean_exponential

_NO_CHANGE = 1e-13


@dataclass(frozen=True, slots=True, eq=False)
class Alone:
    """One effort by itself, in every world."""

    net: Worlds
    """Its change in risk."""
    benefit_accident: Worlds
    """Accident risk that it takes away."""
    benefit_misuse: Worlds
    """Misuse risk that it takes away."""
    increase: dict[str, Worlds]
    """Risk that it adds, by mechanism."""
    hazard_group: str | None = None
    """Efforts of one group overlap; none: no overlap."""
    accident_groups: tuple[str, ...] = ()
    """Several groups in place of the one: accident benefit is shared equally over them."""
    misuse_groups: tuple[str, ...] = ()
    """The same for misuse benefit."""


@dataclass(frozen=True, slots=True, eq=False)
class Joint:
    """Several efforts together, in every world."""

    net: Worlds
    """Their change in risk."""
    benefit_accident: Worlds
    """Accident risk taken away."""
    benefit_misuse: Worlds
    """Misuse risk taken away."""
    increase: dict[str, Worlds]
    """Risk added, by mechanism."""


def together(efforts: Sequence[Alone], *, risk_before: Worlds, overlap: float) -> Joint:
    """The effect of several efforts carried out in the same worlds.

    Formula::

        Lam = -ln(1 - risk_before);  g_i = ln(1 - ln(1 - net_i/S_0)/Lam);  k_i = g_i/net_i
        every part of effort i times k_i is a term of log hazard; increases add
        positive benefits of one group and class: (1 - rho) sum + rho max; others add
        net = S_0 (1 - exp(-Lam (exp(T) - 1)))

    Args:
        efforts: Each alone, in the same worlds; none is no change.
        risk_before: 1 - S_0, risk without any effort, in (0, 1).
        overlap: rho in [0, 1].
    """
    survival = 1.0 - np.asarray(risk_before)
    hazard = -np.log(survival)
    scaled = [_scaled(each, survival, hazard) for each in efforts]
    increase: dict[str, Worlds] = {}
    for each in scaled:
        for name, term in each.increase.items():
            increase[name] = increase[name] + term if name in increase else term
    accident = _overlapping(
        [(each.hazard_group, each.accident_groups, each.benefit_accident) for each in scaled],
        overlap,
    )
    misuse = _overlapping(
        [(each.hazard_group, each.misuse_groups, each.benefit_misuse) for each in scaled], overlap
    )
    exponent = np.asarray(0.0)
    for term in increase.values():
        exponent = exponent + term
    exponent = exponent - accident - misuse
    change = hazard * np.expm1(exponent)
    per_term = survival * mean_exponential(-change) * hazard * mean_exponential(exponent)
    return Joint(
        net=-survival * np.expm1(-change),
        benefit_accident=per_term * accident,
        benefit_misuse=per_term * misuse,
        increase={name: per_term * term for name, term in increase.items()},
    )


def _scaled(effort: Alone, survival: Worlds, hazard: Worlds) -> Alone:
    small = np.abs(effort.net) < _NO_CHANGE
    safe = np.where(small, 1.0, effort.net)
    log_hazard = np.log1p(-np.log1p(-effort.net / survival) / hazard)
    factor = np.where(small, 1.0 / (survival * hazard), log_hazard / safe)
    return Alone(
        net=log_hazard,
        benefit_accident=effort.benefit_accident * factor,
        benefit_misuse=effort.benefit_misuse * factor,
        increase={name: part * factor for name, part in effort.increase.items()},
        hazard_group=effort.hazard_group,
        accident_groups=effort.accident_groups,
        misuse_groups=effort.misuse_groups,
    )


def _overlapping(
    benefits: Sequence[tuple[str | None, tuple[str, ...], Worlds]], overlap: float
) -> Worlds:
    total = np.asarray(0.0)
    groups: dict[str, list[Worlds]] = {}
    for group, several, benefit in benefits:
        names = several or ((group,) if group is not None else ())
        if not names:
            total = total + benefit
        for name in names:
            groups.setdefault(name, []).append(benefit / len(names))
    for members in groups.values():
        harm = sum((np.minimum(each, 0.0) for each in members), np.asarray(0.0))
        good = [np.maximum(each, 0.0) for each in members]
        most = np.maximum.reduce(np.broadcast_arrays(*good))
        total = total + harm + (1.0 - overlap) * sum(good, np.asarray(0.0)) + overlap * most
    return total
