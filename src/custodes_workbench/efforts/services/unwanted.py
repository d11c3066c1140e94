"""Writes of what an applicant says of people who should not judge; officers alone read it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from custodes_workbench.access import Act, decide, require
from custodes_workbench.efforts.models import Effort, Unwanted
from custodes_workbench.efforts.selectors import facts_about
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class UnwantedGiven:
    """Somebody who should not judge, as an applicant names them."""

    name: str
    type: str
    reason: str


@transaction.atomic
def name_unwanted(*, effort: Effort, given: UnwantedGiven, by: User) -> Unwanted:
    """Say that somebody should not judge an effort; conflicts are looked for with it.

    Args:
        effort: Which.
        given: Who, and why.
        by: Its applicant.

    Raises:
        Refused: It is not theirs, or experts answer already.
    """
    require(decide(Act.NAME_UNWANTED, facts_about(by, effort)))
    made = Unwanted.objects.create(
        effort=effort, name=given.name.strip(), type=given.type, reason=given.reason, by=by
    )
    record_event(
        "somebody named who should not judge",
        by=by,
        subject=effort.history_name,
        round_=effort.round.slug,
        told={"type": given.type},
    )
    return made


@transaction.atomic
def take_back_unwanted(*, unwanted: Unwanted, by: User) -> None:
    """Take a name back; what was found with it stays found.

    Args:
        unwanted: Which.
        by: The applicant.

    Raises:
        Refused: It is not theirs, or experts answer already.
    """
    effort = unwanted.effort
    require(decide(Act.NAME_UNWANTED, facts_about(by, effort)))
    rows = Unwanted.objects.filter(pk=unwanted.pk, taken_back_at=None)
    if rows.update(taken_back_at=timezone.now()):
        record_event(
            "name of who should not judge taken back",
            by=by,
            subject=effort.history_name,
            round_=effort.round.slug,
        )
