"""Reads of what an applicant says of people who should not judge."""

from __future__ import annotations

from django.db.models import QuerySet

from custodes_workbench.access import Act, decide
from custodes_workbench.efforts.models import Effort, Unwanted
from custodes_workbench.efforts.selectors.efforts import facts_about
from custodes_workbench.rounds.selectors import Reader


def unwanted_visible_to(reader: Reader, effort: Effort) -> QuerySet[Unwanted]:
    """Who should not judge an effort, for officers without a conflict and for the applicant.

    Args:
        reader: Signed in or not.
        effort: The effort.
    """
    rows = Unwanted.objects.filter(effort=effort, taken_back_at=None).select_related("effort")
    return rows if decide(Act.SEE_UNWANTED, facts_about(reader, effort)) else rows.none()
