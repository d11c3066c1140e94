"""Writes of challenges: those of a folder, and those raised, answered and ruled on here."""

from custodes_workbench.challenges.services.challenging import (
    answer_challenge,
    assign_challenge,
    raise_challenge,
    reply_to_answer,
    rule_on_challenge,
    withdraw_challenge,
)
from custodes_workbench.challenges.services.reading import read_in_challenges
from custodes_workbench.operations.saves import ChangedMeanwhileError

__all__ = [
    "ChangedMeanwhileError",
    "answer_challenge",
    "assign_challenge",
    "raise_challenge",
    "read_in_challenges",
    "reply_to_answer",
    "rule_on_challenge",
    "withdraw_challenge",
]
