"""Terms of log hazard as parts that add up exactly to the change in risk.

Source: docs/explanation/model.md. Each hazard j changes by L_j (exp(T_j) - 1), T_j a sum of terms;
the share of
a term is its size times the mean of exp over [0, T_j], which is exact and does not depend on an
order. The months of relative progress enter only through their sum and are shared out by months.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from custodes import benefits
from custodes.assessment._engine import Branch, Common, Parts, Values, common, failure, success
from custodes.quantities import Worlds, mean_exponential

LARGEST_EXPONENT = 50.0
"""A sum of terms above this is scaled down to it (docs/explanation/model.md)."""
_NO_CHANGE = 1e-14
_UNCAPPED = np.asarray(1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What one effort does, in every world; the mean over success and failure in each."""

    net: Worlds
    """Change in risk; negative is safer."""
    usefulness: Worlds
    """cf u."""
    social_value: Worlds
    """In catastrophes; positive is good."""
    risk_before: Worlds
    """1 - S_0: risk without the effort."""
    parts: Parts
    """`benefit` (negative where risk is taken away) and every mechanism; absent is 0."""
    checks: dict[str, Worlds]
    """Numbers on the way, for those who recompute: those of success, and `..._if_failed`."""


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """The sums of one branch and what turns a term into its part."""

    exponents: tuple[Worlds, Worlds, Worlds]
    caps: tuple[Worlds, Worlds, Worlds]
    target_change: Worlds
    target_hazard: Worlds
    total: Worlds


@dataclass(frozen=True, slots=True, eq=False)
class _Change:
    """Both branches, and the change in risk in each."""

    survival: Worlds
    branches: tuple[Branch, Branch]
    sums: tuple[_Sums, _Sums]
    nets: tuple[Worlds, Worlds]


def score(values: Values, *, verdict: str) -> Worlds:
    """What a choice among packages lowers: net, or minus social value, in every world."""
    shared = common(values)
    change = _change(shared, values)
    if verdict == "risk":
        return _mixed(values["success"], *change.nets)
    return -_mixed(values["success"], *_social_values(values, shared, change))


def outcome(values: Values) -> Outcome:
    """Net, its parts, usefulness and social value in every world.

    Args:
        values: Every quantity by name, `cost_usd` and `reference_cost`; arrays that broadcast.
    """
    shared = common(values)
    change = _change(shared, values)
    p_success = values["success"]
    return Outcome(
        net=_mixed(p_success, *change.nets),
        usefulness=shared.credit * shared.usefulness * p_success,
        social_value=_mixed(p_success, *_social_values(values, shared, change)),
        risk_before=1.0 - change.survival,
        parts=_mixed_parts(p_success, shared, change),
        checks=change.branches[0].checks
        | {f"{name}_if_failed": each for name, each in change.branches[1].checks.items()}
        | {
            "cost_factor": shared.cost_factor,
            "interest_factor": shared.interest_factor,
            "diversion_at_cost": shared.diversion,
            "credit": shared.credit,
            "months": _sum(change.branches[0].months.values()),
        },
    )


def _change(shared: Common, values: Values) -> _Change:
    survival = np.exp(-(shared.hazards[0] + shared.hazards[1] + shared.hazards[2]))
    survival = survival * shared.game.survival
    branches = (success(values, shared), failure(values, shared))
    sums = (_sums(shared, branches[0]), _sums(shared, branches[1]))
    return _Change(
        survival=survival,
        branches=branches,
        sums=sums,
        nets=(-survival * np.expm1(-sums[0].total), -survival * np.expm1(-sums[1].total)),
    )


def _social_values(values: Values, shared: Common, change: _Change) -> tuple[Worlds, Worlds]:
    return (
        _social_value(values, shared, change.branches[0], change.nets[0]),
        _social_value(values, shared, change.branches[1], change.nets[1]),
    )


def _mixed(p_success: Worlds, if_success: Worlds, if_failure: Worlds) -> Worlds:
    return p_success * if_success + (1.0 - p_success) * if_failure


def _sum(terms: Iterable[Worlds]) -> Worlds:
    """The sum, smallest arrays first: what packages share is added up once."""
    total = np.asarray(0.0)
    for term in sorted(terms, key=np.size):
        total = total + term
    return total


def _sums(shared: Common, branch: Branch) -> _Sums:
    haste = shared.month_risk * _sum(branch.months.values())
    raw = (
        _sum((haste, *branch.terms.accident.values())),
        _sum((haste, *branch.terms.misuse.values())),
        haste + branch.empowerment,
    )
    caps = tuple(_cap(each) for each in raw)
    exponents = tuple(
        each if cap is _UNCAPPED else each * cap for each, cap in zip(raw, caps, strict=True)
    )
    change = _sum((*branch.target.accident.values(), *branch.target.misuse.values()))
    target = -np.log1p(-change / shared.game.survival)
    changes = (
        hazard * np.expm1(exponent)
        for hazard, exponent in zip(shared.hazards, exponents, strict=True)
    )
    total = _sum((target, *changes))
    return _Sums(
        exponents=(exponents[0], exponents[1], exponents[2]),
        caps=(caps[0], caps[1], caps[2]),
        target_change=change,
        target_hazard=target,
        total=total,
    )


def _cap(exponent: Worlds) -> Worlds:
    """What brings an exponent down to the largest; only the wildest inputs meet it."""
    if exponent.max() <= LARGEST_EXPONENT:
        return _UNCAPPED
    return LARGEST_EXPONENT / np.maximum(exponent, LARGEST_EXPONENT)


def _social_value(values: Values, shared: Common, branch: Branch, net: Worlds) -> Worlds:
    game = shared.game
    return benefits.social_value(
        net=net,
        usefulness=branch.usefulness,
        credit=shared.credit,
        usefulness_value=values["usefulness_value"],
        reach=values["reach"],
        harm_benefit=values["harm_benefit"],
        deployed_well_after=branch.deployed_well,
        deployed_well_before=game.stages.deployed * game.p_safe,
    )


def _mixed_parts(p_success: Worlds, shared: Common, change: _Change) -> Parts:
    accident: dict[str, Worlds] = {}
    misuse: dict[str, Worlds] = {}
    for branch, each, weight in zip(
        change.branches, change.sums, (p_success, 1.0 - p_success), strict=True
    ):
        base = weight * change.survival * mean_exponential(-each.total)
        per_term = tuple(
            base * hazard * mean_exponential(exponent) * cap
            for hazard, exponent, cap in zip(
                shared.hazards, each.exponents, each.caps, strict=True
            )
        )
        tiny = np.abs(each.target_change) < _NO_CHANGE
        safe = np.where(tiny, 1.0, each.target_change)
        per_piece = base * np.where(tiny, 1.0 / shared.game.survival, each.target_hazard / safe)
        per_month = (
            per_term[0] * shared.month_risk,
            (per_term[1] + per_term[2]) * shared.month_risk,
        )
        for name, months in branch.months.items():
            _add(accident, name, per_month[0] * months)
            _add(misuse, name, per_month[1] * months)
        _add(misuse, "bad_principal.empowerment", per_term[2] * branch.empowerment)
        for into, terms, pieces, factor in (
            (accident, branch.terms.accident, branch.target.accident, per_term[0]),
            (misuse, branch.terms.misuse, branch.target.misuse, per_term[1]),
        ):
            for name, term in terms.items():
                _add(into, name, factor * term)
            for name, piece in pieces.items():
                _add(into, name, per_piece * piece)
    return Parts(accident=accident, misuse=misuse)


def _add(into: dict[str, Worlds], name: str, part: Worlds) -> None:
    into[name] = into[name] + part if name in into else part
