"""Writes of claims: writing them down, assigning and assessing them, replies, publication."""

from custodes_workbench.claims.services.assessing import (
    AssessmentGiven,
    ConflictError,
    assess_claim,
    assign_assessor,
    end_assessor,
)
from custodes_workbench.claims.services.writing import (
    IdTakenError,
    NotNowError,
    change_claim,
    enter_claim,
    publish_claim,
    read_in_claims,
    reply_to_claim,
    send_to_claimant,
    withdraw_claim,
)
from custodes_workbench.operations.saves import ChangedMeanwhileError

__all__ = [
    "AssessmentGiven",
    "ChangedMeanwhileError",
    "ConflictError",
    "IdTakenError",
    "NotNowError",
    "assess_claim",
    "assign_assessor",
    "change_claim",
    "end_assessor",
    "enter_claim",
    "publish_claim",
    "read_in_claims",
    "reply_to_claim",
    "send_to_claimant",
    "withdraw_claim",
]
