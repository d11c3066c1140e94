"""An effort's row and the library's record."""

from __future__ import annotations

from custodes.efforts import Effort as EffortRecord
from custodes_workbench.efforts.models import Effort, Revision

_NAMES_THE_APPLICANT: dict[str, object] = {
    "applicant": "",
    "recipients": (),
    "fiscal_sponsor": "",
    "source": "",
    "cost_note": "",
    "extra": {},
}
"""Fields that say who applied, or may: hidden where the applicant is."""


def effort_record(effort: Effort) -> EffortRecord:
    """What the effort says now, as one row of `efforts.csv`."""
    return record_of(effort.revision)


def record_of(revision: Revision) -> EffortRecord:
    """What a revision says, as one row of `efforts.csv`."""
    return EffortRecord.model_validate(revision.record)


def without_applicant(record: EffortRecord) -> EffortRecord:
    """The same effort, without whatever says or may say who applied."""
    return record.model_copy(update=_NAMES_THE_APPLICANT)
