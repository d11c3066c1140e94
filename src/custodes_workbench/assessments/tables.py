"""Lists of computing: the results of an assessment, worldviews side by side."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from custodes.assessment import AssessmentRecord, EffortAssessment, Summary
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.records import PPM
from custodes_workbench.web.lists import Column


def result_columns(record: AssessmentRecord) -> tuple[Column, ...]:
    """The columns of a result: what holds in every worldview, then each worldview's own."""
    views = record.round.worldviews
    return (
        Column("effort", "Effort", link="url"),
        Column("kind", "Kind", choices=True),
        Column("cost", f"Cost, {record.round.currency}", number=True),
        Column("basis", "Basis", choices=True),
        Column("conditions", "Conditions", number=True),
        *(Column(f"net {name}", f"Net, ppm: {name}", number=True) for name in views),
        *(Column(f"range {name}", f"90 % range: {name}") for name in views),
        *(Column(f"raises {name}", f"Raises risk in: {name}", number=True) for name in views),
        *(Column(f"accident {name}", f"Accident, ppm: {name}", number=True) for name in views),
        *(Column(f"misuse {name}", f"Misuse, ppm: {name}", number=True) for name in views),
    )


def result_rows(
    record: AssessmentRecord, *, only: Collection[str], run: Run
) -> list[dict[str, Any]]:
    """One row for each effort that the reader sees, in the order of the round.

    Numbers are with the recommended conditions, rounded to what their standard error carries.

    Args:
        record: The result.
        only: Efforts that the reader sees.
        run: The run, for the links.
    """
    return [_row(each, run) for each in record.efforts if each.id in only]


def _row(effort: EffortAssessment, run: Run) -> dict[str, Any]:
    told: dict[str, Any] = {
        "effort": effort.title,
        "kind": effort.kind.replace("_", " "),
        "cost": round(effort.cost),
        "basis": effort.basis,
        "conditions": len(effort.conditions),
        "url": reverse(
            "assessments:report", args=[run.round.slug, run.n, f"efforts/{effort.id}.html"]
        ),
    }
    for name, view in effort.worldviews.items():
        after = view.after
        told |= {
            f"net {name}": _ppm(after.net),
            f"range {name}": f"{after.net.p05 * PPM:,.4g} to {after.net.p95 * PPM:,.4g}",
            f"raises {name}": round(after.p_raises_risk, 3),
            f"accident {name}": _ppm(after.net_accident),
            f"misuse {name}": _ppm(after.net_misuse),
        }
    return told


def _ppm(summary: Summary) -> float:
    """The mean in ppm, without digits below a tenth of its standard error."""
    mean, error = summary.mean * PPM, summary.standard_error * PPM
    if error <= 0:
        return float(f"{mean:.6g}")
    digits = max(0, 1 - int(f"{error:e}".partition("e")[2]))
    return round(mean, digits)
