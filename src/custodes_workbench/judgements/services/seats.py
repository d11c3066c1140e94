"""The seat from which somebody judges: their assignment to an effort."""

from __future__ import annotations

from django.utils import timezone

from custodes_workbench.access import Refused
from custodes_workbench.efforts.models import Effort
from custodes_workbench.judgements.models import Assignment, PanelMember
from custodes_workbench.judgements.selectors import own_assignment
from custodes_workbench.judgements.services.reading import letters
from custodes_workbench.people.models import User

_MOST_LETTERS = 26 * 27


def seat_of(*, effort: Effort, by: User) -> Assignment:
    """The assignment of a person to an effort; who is alone takes a free letter.

    Only after a ruling: it says nothing of who may judge.

    Args:
        effort: The effort.
        by: The expert.

    Raises:
        Refused: They have no seat.
    """
    found = own_assignment(by, effort)
    if found is not None:
        return found
    if not by.alone:
        msg = "You are not on the panel of this effort."
        raise Refused(msg)
    now = timezone.now()
    codes = set(effort.round.panel.values_list("code", flat=True))
    member, _ = PanelMember.objects.get_or_create(
        round=effort.round,
        person=by,
        defaults={
            "code": next(each for n in range(1, 1000) if (each := f"E-{n:02}") not in codes),
            "state": PanelMember.State.ACCEPTED,
            "answered_at": now,
        },
    )
    taken = set(effort.assignments.values_list("letter", flat=True))
    free = next(each for each in letters(_MOST_LETTERS) if each not in taken)
    return Assignment.objects.create(member=member, effort=effort, letter=free)
