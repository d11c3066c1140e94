"""A critique's row and the library's record."""

from __future__ import annotations

from custodes.decisions import Critique as CritiqueRecord
from custodes_workbench.publication.models import Critique


def critique_record(row: Critique) -> CritiqueRecord:
    """One row of `critiques.csv`; what is withheld is not in it."""
    last = next((each for each in reversed(row.steps.all()) if each.what == row.status), None)
    return CritiqueRecord.model_validate(
        {
            "id": row.critique_id,
            "page": row.page,
            "version": row.page_version,
            "at": (row.confirmed_at or row.filed_at).date(),
            "by": row.by,
            "text": "" if row.withheld else row.text,
            "status": row.status,
            "answer": last.text if last else "",
            "answered_at": last.at.date() if last else None,
            "withheld": row.withheld,
        }
    )
