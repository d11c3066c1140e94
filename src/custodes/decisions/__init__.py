"""What was decided, how the institution decides, and what the public holds against it."""

from custodes.decisions._approach import (
    ApproachVersion,
    ChangedLine,
    differences,
    newest_first,
)
from custodes.decisions._changed_since import Since, changed_since
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
from custodes.decisions._prediction import (
    ABOUT,
    Prediction,
    faults_of_predictions,
    with_outcomes,
)
from custodes.decisions._system_decision import (
    SystemDecision,
    faults_of_system_decisions,
)
from custodes.decisions._yearly_record import (
    EventsScored,
    InstitutionRecord,
    RangesScored,
    YearRecord,
    yearly_record,
)

__all__ = [
    "ABOUT",
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
    "EventsScored",
    "FollowUp",
    "InstitutionRecord",
    "Owed",
    "Prediction",
    "RangesScored",
    "Since",
    "SystemDecision",
    "YearRecord",
    "by_age",
    "challenges_owed",
    "changed_since",
    "differences",
    "faults_of_critiques",
    "faults_of_decisions",
    "faults_of_predictions",
    "faults_of_system_decisions",
    "newest_first",
    "with_outcomes",
    "yearly_record",
]
