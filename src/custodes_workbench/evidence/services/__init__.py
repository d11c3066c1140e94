"""Writes of evidence: taking audits in, correcting them, their files, findings, strengths."""

from custodes_workbench.evidence.services.files import name_file_reader, open_file
from custodes_workbench.evidence.services.findings import answer_finding
from custodes_workbench.evidence.services.hazards import state_hazard
from custodes_workbench.evidence.services.strengths import judge_strength, pool_strengths
from custodes_workbench.evidence.services.taking_in import (
    GivenAudit,
    correct_audit,
    explain_fault,
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
    "explain_fault",
    "judge_strength",
    "keep_refusals",
    "name_file_reader",
    "open_file",
    "pool_strengths",
    "read_in_audits",
    "state_hazard",
    "take_in_audit",
    "withdraw_audit",
]
