"""What became of a decision: reports, conditions met or not, support extended or ended."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes_workbench.access import Act, Refused, decide, require
from custodes_workbench.decisions.models import Condition, Decision, FollowUp
from custodes_workbench.efforts.selectors import facts_about
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User

STATES = {"met": "met", "not_met": "not met", "waived": "waived", "open": "open again"}
"""What can become of a condition, as it is told."""
TURNS = ("extend", "suspend", "end")
"""What can become of support."""


@transaction.atomic
def report_on(
    *, decision: Decision, text: str, by: User, condition: Condition | None = None
) -> FollowUp:
    """Keep a report on a grant, or on one of its conditions.

    Args:
        decision: Which; it was released, and supports.
        text: The report.
        by: Who reports.
        condition: The condition that it is about, if it is about one.

    Raises:
        Refused: They may not, or nothing is supported.
    """
    require(decide(Act.REPORT_ON_CONDITION, facts_about(by, decision.effort)))
    _require_support(decision)
    return _step(decision, "report", text, by=by, condition=condition)


@transaction.atomic
def settle_condition(
    *, condition: Condition, state: str, reason: str, by: User, version: int
) -> None:
    """Say that a condition was met, not met or waived, or is open again, and why.

    Args:
        condition: Which.
        state: `met`, `not_met`, `waived` or `open`.
        reason: Why, or what showed it.
        by: Who says so.
        version: Of the condition as the person saw it.

    Raises:
        Refused: They may not, nothing is supported, or there is no reason.
        ChangedMeanwhileError: Somebody else has said so meanwhile.
    """
    decision = condition.decision
    require(decide(Act.FOLLOW_UP, facts_about(by, decision.effort)))
    _require_support(decision)
    if state not in STATES or not reason.strip():
        msg = "Say what became of the condition, and why."
        raise Refused(msg)
    changed = Condition.objects.filter(pk=condition.pk, version=version).update(
        state=state, reason="" if state == "open" else reason, version=F("version") + 1
    )
    if not changed:
        raise ChangedMeanwhileError
    text = f"{condition.text} This is {STATES[state]}: {reason}"
    _step(decision, "condition", text, by=by, condition=condition)


@transaction.atomic
def turn_support(*, decision: Decision, turn: str, reason: str, by: User) -> FollowUp:
    """Extend, suspend or end support, with a reason.

    Args:
        decision: Which; it was released, and supports.
        turn: `extend`, `suspend` or `end`; to extend ends a suspension.
        reason: Why.
        by: Who says so.

    Raises:
        Refused: They may not, support has ended, or there is no reason.
    """
    require(decide(Act.TURN_SUPPORT, facts_about(by, decision.effort)))
    Decision.objects.select_for_update().get(pk=decision.pk)
    _require_support(decision)
    if turn not in TURNS or not reason.strip():
        msg = "Say whether support is extended, suspended or ended, and why."
        raise Refused(msg)
    return _step(decision, turn, reason, by=by, condition=None)


def _require_support(decision: Decision) -> None:
    if decision.outcome != "support" or not decision.released_at:
        msg = "Only released support is followed up."
        raise Refused(msg)
    if FollowUp.objects.filter(decision=decision, kind="end").exists():
        msg = "Support has ended; that stands."
        raise Refused(msg)


def _step(
    decision: Decision, kind: str, text: str, *, by: User, condition: Condition | None
) -> FollowUp:
    made = FollowUp.objects.create(
        decision=decision,
        condition=condition,
        on=timezone.localdate(),
        kind=kind,
        text=text,
        by=by,
    )
    record_event(
        f"follow-up: {made.get_kind_display()}",
        by=by,
        subject=decision.effort.history_name,
        round_=decision.effort.round.slug,
        reason=text,
        told={"condition": condition.pk} if condition else None,
    )
    return made
