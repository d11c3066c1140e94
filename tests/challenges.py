"""Challenges to the efforts of the small round."""

from custodes.challenges import Challenge as ChallengeRecord
from custodes_workbench.challenges.services import raise_challenge
from custodes_workbench.efforts.models import Effort


def an_objection(effort="first", **told):
    """What somebody objects."""
    values = {"text": "It counts what it wants to see.", **told}
    return ChallengeRecord(id="new", effort=effort, by="new", status="open", **values)


def effort_of(row, effort="first"):
    """An effort by its id."""
    return Effort.objects.select_related("round").get(round=row, effort_id=effort)


def a_challenge(cast, row, *, by="rhea", effort="first", **told):
    """A challenge that was raised."""
    return raise_challenge(
        effort=effort_of(row, effort), given=an_objection(effort, **told), by=cast.now(by)
    )
