"""What was decided, on which results, with which conditions and dissent."""

from custodes.decisions._decision import (
    OUTCOMES,
    Condition,
    Decision,
    Dissent,
    FollowUp,
    faults_of_decisions,
)

__all__ = [
    "OUTCOMES",
    "Condition",
    "Decision",
    "Dissent",
    "FollowUp",
    "faults_of_decisions",
]
