"""An audit's rows and the library's records, files as they are sent, what a page shows."""

from custodes_workbench.evidence.records.narrowed import only_systems, without_numbers
from custodes_workbench.evidence.records.published import evidence_to_publish
from custodes_workbench.evidence.records.rows import audit_record, entry_of
from custodes_workbench.evidence.records.sent import ReadFile, SentFiles, reading
from custodes_workbench.evidence.records.shown import (
    AuditShown,
    SystemShown,
    audit_shown,
    criteria_told,
    system_shown,
)
from custodes_workbench.evidence.records.strengths import (
    StrengthShown,
    default_strengths,
    strengths_shown,
)
from custodes_workbench.evidence.records.words import ANSWERS, CRITERIA_ASKED

__all__ = [
    "ANSWERS",
    "CRITERIA_ASKED",
    "AuditShown",
    "ReadFile",
    "SentFiles",
    "StrengthShown",
    "SystemShown",
    "audit_record",
    "audit_shown",
    "criteria_told",
    "default_strengths",
    "entry_of",
    "evidence_to_publish",
    "only_systems",
    "reading",
    "strengths_shown",
    "system_shown",
    "without_numbers",
]
