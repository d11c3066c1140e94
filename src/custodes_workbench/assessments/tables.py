"""Lists of computing: the results of an assessment, worldviews side by side."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.urls import reverse

from custodes.assessment import AssessmentRecord, EffortAssessment, Result, Summary
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.records import PPM
from custodes_workbench.web.lists import Column

Told = str | float | None
"""What a cell holds."""

WITHHELD = "withheld: fewer than 3 experts"


def _ppm(summary: Summary) -> float:
    """The mean in ppm, without digits below a tenth of its standard error."""
    return _rounded(summary.mean * PPM, summary.standard_error * PPM)


def _rounded(mean: float, error: float) -> float:
    if error <= 0:
        return float(f"{mean:.6g}")
    digits = max(0, 1 - int(f"{error:e}".partition("e")[2]))
    return round(mean, digits)


def _range(summary: Summary) -> str:
    return f"{summary.p05 * PPM:,.4g} to {summary.p95 * PPM:,.4g}"


def _error(value: float) -> float:
    return float(f"{value:.2g}")


def _ratio(result: Result) -> float | None:
    if result.ratio is None:
        return None
    return _rounded(result.ratio, result.ratio_standard_error or 0.0)


MEASURES: dict[str, dict[str, tuple[str, Callable[[Result], Told]]]] = {
    "net": {
        "net": ("Net, ppm", lambda result: _ppm(result.net)),
        "range": ("5 % to 95 %, ppm", lambda result: _range(result.net)),
        "error": ("Standard error", lambda result: _error(result.net.standard_error * PPM)),
        "raises": ("Raises risk in", lambda result: round(result.p_raises_risk, 3)),
    },
    "parts": {
        "accident": ("Accident, ppm", lambda result: _ppm(result.net_accident)),
        "accident error": (
            "Standard error, accident",
            lambda result: _error(result.net_accident.standard_error * PPM),
        ),
        "misuse": ("Misuse, ppm", lambda result: _ppm(result.net_misuse)),
        "misuse error": (
            "Standard error, misuse",
            lambda result: _error(result.net_misuse.standard_error * PPM),
        ),
    },
    "value": {
        "social value": ("Social value, millionths", lambda result: _ppm(result.social_value)),
        "social value error": (
            "Standard error",
            lambda result: _error(result.social_value.standard_error * PPM),
        ),
        "lowers": ("Lowers it in", lambda result: round(result.p_lowers_social_value, 3)),
    },
    "ratio": {
        "ratio": ("Risk taken away for usefulness", _ratio),
        "ratio error": (
            "Standard error",
            lambda result: _error(result.ratio_standard_error or 0.0),
        ),
        "per million": (
            "Net for each million, ppm",
            lambda result: _rounded(
                result.net_per_million * PPM, result.net_per_million_standard_error * PPM
            ),
        ),
    },
}
"""Columns of each worldview, by the measure that a reader looks at."""

MEASURES_TOLD = {
    "net": "Net risk",
    "parts": "Accident and misuse",
    "value": "Social value",
    "ratio": "Ratio and value for money",
    "all": "Everything",
}
"""How the measures are called on the page."""


def _shown(measure: str) -> dict[str, tuple[str, Callable[[Result], Told]]]:
    if measure == "all":
        return {name: each for group in MEASURES.values() for name, each in group.items()}
    return MEASURES[measure]


def result_columns(record: AssessmentRecord, *, measure: str) -> tuple[Column, ...]:
    """The columns of a result: what holds in every worldview, then each worldview's own.

    Args:
        record: The result.
        measure: A key of `MEASURES_TOLD`.
    """
    return (
        Column("effort", "Effort", link="url"),
        Column("kind", "Kind", choices=True),
        Column("cost", f"Cost, {record.round.currency}", number=True),
        Column("basis", "Basis", choices=True),
        Column("conditions", "Conditions", number=True),
        *(
            Column(f"{name} {view}", f"{label}: {view}", number=name != "range")
            for view in record.round.worldviews
            for name, (label, _) in _shown(measure).items()
        ),
    )


def result_rows(
    record: AssessmentRecord, *, only: Collection[str], withheld: Collection[str], run: Run
) -> list[dict[str, Any]]:
    """One row for each effort that the reader sees, in the order of the round.

    Numbers are with the recommended conditions, rounded to what their standard error carries.

    Args:
        record: The result.
        only: Efforts that the reader sees.
        withheld: Efforts of which the numbers are not told.
        run: The run, for the links.
    """
    return [
        _row(each, run, is_withheld=each.id in withheld)
        for each in record.efforts
        if each.id in only
    ]


def _row(effort: EffortAssessment, run: Run, *, is_withheld: bool) -> dict[str, Any]:
    told: dict[str, Any] = {
        "effort": effort.title,
        "kind": effort.kind.replace("_", " "),
        "cost": round(effort.cost),
        "basis": WITHHELD if is_withheld else effort.basis,
        "conditions": None if is_withheld else len(effort.conditions),
        "url": reverse("assessments:effort", args=[run.round.slug, run.n, effort.id]),
    }
    for view, found in effort.worldviews.items():
        for name, (_, tell) in _shown("all").items():
            told[f"{name} {view}"] = None if is_withheld else tell(found.after)
    return told
