"""A system as a page shows it: its quantities by what they tell of, and what was changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from custodes import catalogue
from custodes.quantities import Assumption, Quantity
from custodes.systems import BUILT_IN, System
from custodes_workbench.systems.models import SystemVersion

GROUPS: Mapping[str, tuple[str, ...]] = {
    "Safety": ("safety_logit", "reach", "misuse_share", "training_share"),
    "Access": ("leak", "removal", "deployers"),
    "Holders": ("holders", "holders_reference"),
    "What can still be corrected": ("rollback",),
}
"""The quantities of a system by what they tell of; every one has its place."""

ACCESS: Mapping[str, str] = {
    "interface": "through an interface; its developer can still change how it is used (p. 24)",
    "weights": "by its weights",
    "internal": "inside its developer only",
    "": "not stated",
}
"""How others reach a system, in words."""


@dataclass(frozen=True, slots=True)
class Told:
    """One quantity of a system."""

    quantity: Quantity
    amount: Assumption
    is_own: bool
    """Whether the round says it; otherwise the built-in system does."""


@dataclass(frozen=True, slots=True)
class Group:
    """What a system says of one thing."""

    title: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One version of a system, with what it changed."""

    row: SystemVersion
    facts: tuple[tuple[str, str, str], ...]
    """What it is called, what stood, what stands, for what is no quantity."""
    ranges: tuple[tuple[str, Assumption, Assumption], ...]
    """Quantity, the range that stood, the range that stands."""


def groups_of(system: System) -> list[Group]:
    """A system's quantities, with where each comes from."""
    return [
        Group(
            title=title,
            told=tuple(
                Told(
                    quantity=catalogue.QUANTITIES[name],
                    amount=system.quantities[name],
                    is_own=system.quantities[name] != BUILT_IN.quantities[name],
                )
                for name in names
            ),
        )
        for title, names in GROUPS.items()
    ]


def safety_told(system: System) -> tuple[float, float, float]:
    """P(no catastrophe) if it is deployed as it is, at the 5th, 50th and 95th percentile."""
    amount = system.quantities["safety_logit"]
    return _share(amount.p05), _share(amount.p50), _share(amount.p95)


def _share(logit: float) -> float:
    return 1 / (1 + exp(-logit))


def change_told(row: SystemVersion) -> Change:
    """What a version changed; nothing where it added the system."""
    if row.before is None:
        return Change(row, (), ())
    before, after = System.model_validate(row.before), System.model_validate(row.record)
    facts = (
        ("title", before.title, after.title),
        ("developer", before.developer, after.developer),
        ("access", ACCESS[before.access], ACCESS[after.access]),
        ("evidence", ", ".join(before.evidence), ", ".join(after.evidence)),
    )
    return Change(
        row=row,
        facts=tuple(each for each in facts if each[1] != each[2]),
        ranges=tuple(
            (name, before.quantities[name], amount)
            for name, amount in after.quantities.items()
            if before.quantities[name] != amount
        ),
    )
