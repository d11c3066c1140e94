"""An effort's row and the library's record."""

from __future__ import annotations

from custodes.efforts import Effort as EffortRecord
from custodes_workbench.efforts.models import Effort, Revision


def effort_record(effort: Effort) -> EffortRecord:
    """What the effort says now, as one row of `efforts.csv`."""
    return record_of(effort.revision)


def record_of(revision: Revision) -> EffortRecord:
    """What a revision says, as one row of `efforts.csv`."""
    return EffortRecord.model_validate(revision.record)
