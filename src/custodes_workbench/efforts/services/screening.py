"""Writes of screening: what an officer decides about an application."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from custodes_workbench.access import Act, Refused, decide, require
from custodes_workbench.efforts.models import Effort, Revision
from custodes_workbench.efforts.records import effort_record
from custodes_workbench.efforts.selectors import facts_about
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningGiven:
    """What an officer says."""

    outcome: str
    """`accepted`, `rejected` or `more_asked`."""
    reason: str
    """Why; the applicant reads it."""
    kind: str
    """The kind, confirmed."""
    hazards: tuple[str, ...]
    dual_use: str
    """`yes`, `no` or empty."""


ACTIONS = {
    Effort.State.ACCEPTED: "effort accepted",
    Effort.State.REJECTED: "effort screened out",
    Effort.State.MORE_ASKED: "more asked for",
}
"""What the history calls each outcome."""


@transaction.atomic
def screen_effort(*, effort: Effort, given: ScreeningGiven, by: User, version: int) -> None:
    """Decide about an application; a changed kind, hazard or mark is a revision of its own.

    Args:
        effort: The application.
        given: What is decided.
        by: The officer.
        version: Of the effort as the officer saw it.

    Raises:
        Refused: They may not, or it was withdrawn.
        ChangedMeanwhileError: Somebody else saved meanwhile.
    """
    require(decide(Act.SCREEN_EFFORT, facts_about(by, effort)))
    if effort.applicant_id == by.pk and not by.alone:
        msg = "You may not screen efforts of your own."
        raise Refused(msg)
    if effort.state == Effort.State.WITHDRAWN:
        msg = "This application was withdrawn."
        raise Refused(msg)
    state = Effort.State(given.outcome)
    rows = Effort.objects.filter(pk=effort.pk, version=version)
    if not rows.update(state=state, state_reason=given.reason, version=F("version") + 1):
        raise ChangedMeanwhileError
    told: dict[str, object] = {}
    if state is Effort.State.ACCEPTED:
        told = _confirm(effort, given, by)
    record_event(
        ACTIONS[state],
        by=by,
        subject=effort.history_name,
        round_=effort.round.slug,
        reason=given.reason,
        told=told,
    )


def _confirm(effort: Effort, given: ScreeningGiven, by: User) -> dict[str, object]:
    """Write the confirmed kind, hazards and mark as a revision, if they say something new."""
    record, last = effort_record(effort), effort.revision
    new = {
        "kind": given.kind,
        "kind_suggested": False,
        "hazards": given.hazards,
        "dual_use": given.dual_use,
    }
    changed = [name for name, value in new.items() if getattr(record, name) != value]
    if not changed:
        return {}
    confirmed = type(record).model_validate(record.model_dump() | new)
    told = ", ".join(name.replace("_", " ") for name in changed if name != "kind_suggested")
    Revision.objects.create(
        effort=effort,
        n=last.n + 1,
        record=confirmed.model_dump(mode="json"),
        explanation=last.explanation,
        what_changed=f"Set when it was screened: {told}." if told else "The kind was confirmed.",
        by=by,
    )
    return {"revision": last.n + 1, "set": changed}
