"""Sums over the published efforts; adding is not choosing, and the page says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from custodes.assessment import EffortAssessment, Summary
from custodes.reports._mechanisms import PARTS, contributions

States = dict[str, Summary]
"""A sum without and with the conditions; only mean and standard error are meant."""


@dataclass(frozen=True, slots=True)
class Total:
    """A group of efforts, added up."""

    name: str
    """The group."""
    number: int
    """Efforts in it."""
    cost: float
    """Their cost, in the round's currency."""
    conditions_cost: float
    """What their conditions cost the institution."""
    nets: dict[str, States]
    """By worldview, by `without` and `with`: the sum of mean net."""


def total_of(
    name: str, efforts: Iterable[EffortAssessment], *, worldviews: tuple[str, ...]
) -> Total:
    """A group of efforts, added up."""
    group = tuple(efforts)
    return Total(
        name=name,
        number=len(group),
        cost=sum(effort.cost for effort in group),
        conditions_cost=sum(effort.conditions_cost for effort in group),
        nets={
            worldview: {
                "without": _sum(effort.worldviews[worldview].before.net for effort in group),
                "with": _sum(effort.worldviews[worldview].after.net for effort in group),
            }
            for worldview in worldviews
        },
    )


def totals_by_kind(
    efforts: tuple[EffortAssessment, ...], *, worldviews: tuple[str, ...]
) -> tuple[Total, ...]:
    """One total for each kind that occurs, the costliest first."""
    kinds = sorted({effort.kind for effort in efforts})
    totals = [
        total_of(
            kind, (effort for effort in efforts if effort.kind == kind), worldviews=worldviews
        )
        for kind in kinds
    ]
    return tuple(sorted(totals, key=lambda total: (-total.cost, total.name)))


def totals_by_part(
    efforts: tuple[EffortAssessment, ...], *, worldviews: tuple[str, ...]
) -> dict[str, dict[str, dict[str, Summary]]]:
    """By worldview, by `without` and `with`, by part of net: the sum over the efforts."""
    sums: dict[str, dict[str, dict[str, Summary]]] = {}
    for worldview in worldviews:
        before = [contributions(effort.worldviews[worldview].before) for effort in efforts]
        after = [contributions(effort.worldviews[worldview].after) for effort in efforts]
        sums[worldview] = {
            "without": {part: _sum(parts[part] for parts in before) for part in PARTS},
            "with": {part: _sum(parts[part] for parts in after) for part in PARTS},
        }
    return sums


def _sum(summaries: Iterable[Summary]) -> Summary:
    """Means add up; standard errors at most add up, for the efforts share their worlds."""
    group = tuple(summaries)
    mean = sum(summary.mean for summary in group)
    error = sum(summary.standard_error for summary in group)
    return Summary(mean=mean, p05=mean, p50=mean, p95=mean, standard_error=error)
