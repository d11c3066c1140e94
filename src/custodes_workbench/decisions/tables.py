"""Lists of deciding."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from custodes_workbench.decisions.models import Decision
from custodes_workbench.efforts.models import Effort
from custodes_workbench.web.lists import Column

COLUMNS = (
    Column("effort", "Effort", link="url"),
    Column("outcome", "Decision", choices=True),
    Column("amount", "Amount", number=True),
    Column("conditions", "Conditions", number=True),
    Column("state", "State", choices=True),
)


def decision_rows(
    efforts: Iterable[Effort], decisions: Iterable[Decision], *, costs: dict[str, float]
) -> list[dict[str, Any]]:
    """One row for each effort that the reader sees, decided or not.

    Args:
        efforts: Those that the reader sees.
        decisions: Those that the reader sees.
        costs: Of the efforts, by id.
    """
    known = {each.effort_id: each for each in decisions}
    return [_row(each, known.get(each.pk), costs.get(each.effort_id)) for each in efforts]


def _row(effort: Effort, decision: Decision | None, cost: float | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "effort": effort.title,
        "url": reverse("decisions:decision", args=[effort.round.slug, effort.effort_id]),
        "outcome": "not decided",
        "amount": None,
        "conditions": None,
        "state": "",
    }
    if decision is None:
        return told
    amount = cost if decision.amount is None else decision.amount
    return told | {
        "outcome": decision.get_outcome_display(),
        "amount": amount if decision.outcome == "support" else None,
        "conditions": len(decision.conditions.all()),
        "state": "released" if decision.released_at else "pending",
    }
