"""Forms of evidence: an audit with its attestation, a finding's answer, strengths, hazards."""

from custodes_workbench.evidence.forms.audits import (
    AnswerForm,
    AuditForm,
    CorrectionForm,
    NewAuditForm,
    ReaderForm,
    WithdrawForm,
)
from custodes_workbench.evidence.forms.strengths import (
    ExplanationForm,
    HazardForm,
    PoolForm,
    StrengthForm,
)

__all__ = [
    "AnswerForm",
    "AuditForm",
    "CorrectionForm",
    "ExplanationForm",
    "HazardForm",
    "NewAuditForm",
    "PoolForm",
    "ReaderForm",
    "StrengthForm",
    "WithdrawForm",
]
