"""Writes of public critique: filing, confirming, answering, withholding, reopening."""

from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.publication.services.answering import answer_critique, withhold_critique
from custodes_workbench.publication.services.filing import (
    confirm_critique,
    critique_of,
    file_critique,
    token_of,
)
from custodes_workbench.publication.services.reopening import (
    reopen_after_approach,
    reopen_after_publication,
)

__all__ = [
    "ChangedMeanwhileError",
    "answer_critique",
    "confirm_critique",
    "critique_of",
    "file_critique",
    "reopen_after_approach",
    "reopen_after_publication",
    "token_of",
    "withhold_critique",
]
