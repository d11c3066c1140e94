"""Forms of evidence: an audit with its attestation, a finding's answer, strengths, hazards."""

from custodes_workbench.evidence.forms.audits import (
    AnswerForm,
    AuditForm,
    CorrectionForm,
    NewAuditForm,
    ReaderForm,
    WithdrawForm,
)

__all__ = [
    "AnswerForm",
    "AuditForm",
    "CorrectionForm",
    "NewAuditForm",
    "ReaderForm",
    "WithdrawForm",
]
