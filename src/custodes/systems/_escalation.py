"""A trigger that fired and that nobody decided: to whom it goes, and since when.

Source: docs/explanation/corrections.md. Whoever it goes to has the trigger's hours again (our
assumption: the records state one deadline).
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from custodes.records import Record
from custodes.systems._correction import Correction, CorrectionEvent, Trigger

Step = Literal["owner", "deputy", "decision maker", "public page"]
"""Who has to decide; the last is nobody, and everybody sees it."""
_STEPS: tuple[Step, ...] = ("owner", "deputy", "decision maker", "public page")


class Escalation(Record):
    """One trigger that waits for a decision."""

    system: str
    """The system, by id."""
    trigger: str
    """The trigger, by id."""
    noticed: dt.datetime | None
    """When it was noticed; none where nothing says so, and then no deadline can be counted."""
    deadline: dt.datetime | None
    """Until when the owner had to decide; none where no hours are stated."""
    step: Step
    """Who has to decide now."""
    who: str
    """Their name or office; empty where none is stated."""

    @property
    def is_late(self) -> bool:
        """Whether the owner's deadline has passed."""
        return self.step != "owner"

    @property
    def is_public(self) -> bool:
        """Whether all three let it pass, so that it stands on the public page."""
        return self.step == "public page"

    def __str__(self) -> str:
        """As it is told everywhere."""
        since = f", noticed {_told(self.noticed)}" if self.noticed else ""
        if self.deadline is None:
            why = "no hours to decide are stated" if self.noticed else "no event says when"
            return f"trigger {self.trigger} fired{since}; no deadline can be counted: {why}"
        if self.step == "owner":
            whose = f"its owner {self.who}" if self.who else "an owner, and none is named,"
            return (
                f"trigger {self.trigger} fired{since}; {whose} decides until "
                f"{_told(self.deadline)}"
            )
        named = f" ({self.who})" if self.who else ""
        goes = {
            "deputy": f"it is for the deputy{named} to decide",
            "decision maker": "it is for the decision maker to decide",
            "public page": "owner, deputy and decision maker let it pass",
        }[self.step]
        return (
            f"trigger {self.trigger} fired{since}, and nobody decided until "
            f"{_told(self.deadline)}: {goes}"
        )


def escalations(correction: Correction, *, at: dt.datetime) -> tuple[Escalation, ...]:
    """The triggers of a system that fired and wait for a decision, and whose turn it is.

    Args:
        correction: What is recorded of the system.
        at: The moment, with its zone.
    """
    return tuple(
        _escalation(correction, trigger, event, at)
        for trigger in correction.trigger
        for event in _waiting(correction, trigger)
    )


def _waiting(correction: Correction, trigger: Trigger) -> tuple[CorrectionEvent | None, ...]:
    """The events that wait; one without a time where the trigger is only said to have fired."""
    events = tuple(each for each in correction.events_of(trigger.id) if each.waits)
    return events or ((None,) if correction.state_of(trigger) == "fired" else ())


def _escalation(
    correction: Correction, trigger: Trigger, event: CorrectionEvent | None, at: dt.datetime
) -> Escalation:
    noticed = None if event is None else event.noticed
    deadline, step = None, _STEPS[0]
    if noticed is not None and trigger.hours_to_decide is not None:
        hours = dt.timedelta(hours=trigger.hours_to_decide)
        deadline = noticed + hours
        passed = 0 if at <= deadline else int((at - noticed) / hours)
        step = _STEPS[min(max(passed, int(at > deadline)), len(_STEPS) - 1)]
    return Escalation(
        system=correction.id,
        trigger=trigger.id,
        noticed=noticed,
        deadline=deadline,
        step=step,
        who={"owner": trigger.owner, "deputy": trigger.deputy}.get(step, ""),
    )


def _told(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
