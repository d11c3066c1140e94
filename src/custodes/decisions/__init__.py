"""What was decided, how the institution decides, and what the public holds against it."""

from custodes.decisions._approach import (
    ApproachVersion,
    ChangedLine,
    differences,
    newest_first,
)
from custodes.decisions._critique import (
    CRITIQUE_STATUSES,
    PAGES,
    Critique,
    CritiqueStatus,
    by_age,
    faults_of_critiques,
)
from custodes.decisions._decision import (
    OUTCOMES,
    Condition,
    Decision,
    Dissent,
    FollowUp,
    faults_of_decisions,
)
from custodes.decisions._owed import Owed, challenges_owed

__all__ = [
    "CRITIQUE_STATUSES",
    "OUTCOMES",
    "PAGES",
    "ApproachVersion",
    "ChangedLine",
    "Condition",
    "Critique",
    "CritiqueStatus",
    "Decision",
    "Dissent",
    "FollowUp",
    "Owed",
    "by_age",
    "challenges_owed",
    "differences",
    "faults_of_critiques",
    "faults_of_decisions",
    "newest_first",
]
