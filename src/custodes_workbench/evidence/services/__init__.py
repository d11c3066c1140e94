"""Writes of evidence: taking audits in, correcting them, their files, findings, strengths."""

from custodes_workbench.evidence.services.files import name_file_reader, open_file
from custodes_workbench.evidence.services.findings import answer_finding
from custodes_workbench.evidence.services.taking_in import (
    GivenAudit,
    correct_audit,
    keep_refusals,
    read_in_audits,
    take_in_audit,
    withdraw_audit,
)
from custodes_workbench.operations.saves import ChangedMeanwhileError

__all__ = [
    "ChangedMeanwhileError",
    "GivenAudit",
    "answer_finding",
    "correct_audit",
    "keep_refusals",
    "name_file_reader",
    "open_file",
    "read_in_audits",
    "take_in_audit",
    "withdraw_audit",
]
