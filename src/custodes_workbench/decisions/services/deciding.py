"""Deciding about an effort, and releasing what was decided."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes_workbench.access import Act, Refused, by_one_person, decide, require
from custodes_workbench.assessments.selectors import newest_run, proposal_of
from custodes_workbench.decisions.models import Condition, Decision, Dissent
from custodes_workbench.decisions.selectors import what_blocks
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import facts_about
from custodes_workbench.history.services import record_event
from custodes_workbench.judgements.selectors.panel import touched_by_conflict
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionGiven:
    """A condition as it was given."""

    text: str
    mitigation: str = ""
    owner: str = ""
    due: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DissentGiven:
    """Dissent as it was given."""

    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionGiven:
    """A decision as it was given."""

    outcome: str
    reasons: str
    amount: float | None = None
    conditions: tuple[ConditionGiven, ...] = ()
    dissents: tuple[DissentGiven, ...] = ()


@transaction.atomic
def record_decision(*, effort: Effort, given: DecisionGiven, by: User, version: int) -> Decision:
    """Write down what was decided; it is pending until it is released.

    Args:
        effort: About which.
        given: What was decided.
        by: Who decided.
        version: Of the decision as the person saw it; 0 where there was none.

    Raises:
        Refused: They may not, it was released already, or something blocks support.
        ChangedMeanwhileError: Somebody else has decided meanwhile.
    """
    require(decide(Act.DECIDE, facts_about(by, effort)))
    if given.outcome == "support" and (blocks := what_blocks(effort)):
        raise Refused(" ".join(blocks))
    proposal = proposal_of(effort.round)
    values = {
        "outcome": given.outcome,
        "amount": given.amount,
        "reasons": given.reasons,
        "assessment": newest_run(effort.round),
        "choice": proposal,
        "decided_by": by,
    }
    current = Decision.objects.select_for_update().filter(effort=effort).first()
    if current is None and version == 0:
        current = Decision.objects.create(effort=effort, **values)
    elif current is None or current.version != version:
        raise ChangedMeanwhileError
    elif current.released_at:
        msg = "This decision was released; it stands as it is."
        raise Refused(msg)
    else:
        Decision.objects.filter(pk=current.pk).update(
            **values, decided_at=timezone.now(), version=F("version") + 1
        )
        current.conditions.all().delete()
        current.dissents.all().delete()
    for each in given.conditions:
        Condition.objects.create(
            decision=current,
            mitigation=each.mitigation,
            text=each.text,
            owner=each.owner,
            due=each.due,
        )
    for dissent in given.dissents:
        Dissent.objects.create(decision=current, by=dissent.by, text=dissent.text)
    record_event(
        "decided",
        by=by,
        subject=effort.history_name,
        round_=effort.round.slug,
        reason=given.reasons,
        told={"outcome": given.outcome, "conditions": len(given.conditions)},
    )
    return Decision.objects.get(pk=current.pk)


@transaction.atomic
def say_if_stands(
    *, decision: Decision, stands: str, because: str, by: User, version: int
) -> None:
    """Say whether a decision stands, after an answer was set aside for a conflict.

    Args:
        decision: Which; an answer about its effort was set aside.
        stands: `stands` or `looked_at_again`.
        because: Why; published with it.
        by: Who says so.
        version: Of the decision as the person saw it.

    Raises:
        Refused: They may not, or no conflict touches it.
        ChangedMeanwhileError: It changed meanwhile.
    """
    require(decide(Act.SAY_IF_STANDS, facts_about(by, decision.effort)))
    if not touched_by_conflict(decision.effort):
        msg = "No answer about this effort was set aside for a conflict."
        raise Refused(msg)
    seen = Decision.objects.filter(pk=decision.pk, version=version)
    if not seen.update(
        stands=stands,
        stands_because=because,
        stands_said_by=by,
        stands_said_at=timezone.now(),
        version=F("version") + 1,
    ):
        raise ChangedMeanwhileError
    record_event(
        "said whether a decision stands",
        by=by,
        subject=decision.effort.history_name,
        round_=decision.effort.round.slug,
        reason=because,
        told={"stands": stands},
    )


@transaction.atomic
def release_decision(*, decision: Decision, by: User, version: int) -> None:
    """Let a decision out; whoever decided cannot, unless one person is alone.

    Args:
        decision: Which.
        by: Who releases it.
        version: Of the decision as the person saw it.

    Raises:
        Refused: They may not, decided it themselves, or it changed meanwhile.
    """
    require(decide(Act.RELEASE_DECISION, facts_about(by, decision.effort)))
    current = Decision.objects.select_for_update().get(pk=decision.pk)
    if current.version != version or current.released_at:
        msg = "The decision was changed or released meanwhile; look at it again."
        raise Refused(msg)
    alone = by_one_person(
        Act.RELEASE_DECISION,
        prepared_by=current.decided_by_id,
        confirmed_by=by.pk,
        alone=by.alone,
    )
    Decision.objects.filter(pk=current.pk).update(
        released_by=by,
        released_at=timezone.now(),
        by_one_person=alone,
        version=F("version") + 1,
    )
    record_event(
        "decision released",
        by=by,
        subject=current.effort.history_name,
        round_=current.effort.round.slug,
        by_one_person=alone,
    )
