"""Deciding about an effort, and releasing what was decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes.decisions import Condition as ConditionRecord
from custodes.decisions import Decision as DecisionRecord
from custodes_workbench.access import Act, Refused, by_one_person, decide, require
from custodes_workbench.assessments.selectors import newest_run, proposal_of
from custodes_workbench.decisions.models import Condition, Decision, Dissent
from custodes_workbench.decisions.records import decision_record
from custodes_workbench.decisions.selectors import assessed, what_blocks, what_challenges_ask
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.records import effort_record
from custodes_workbench.efforts.selectors import facts_about
from custodes_workbench.history.services import record_event
from custodes_workbench.judgements.selectors.panel import touched_by_conflict
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User
from custodes_workbench.rounds.records import mitigations_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionGiven:
    """A condition as it was given."""

    text: str
    mitigation: str = ""
    challenge: str = ""
    owner: str = ""
    evidence: str = ""
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
    challenges: tuple[str, ...] = ()
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
    if given.outcome == "support" and (blocks := what_blocks(effort, _as_record(effort, given))):
        raise Refused(" ".join(blocks))
    proposal = proposal_of(effort.round)
    values = {
        "outcome": given.outcome,
        "amount": given.amount,
        "reasons": given.reasons,
        "challenges": list(given.challenges),
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
        current.dissents.all().delete()
    for each in _new_conditions(current, given.conditions):
        Condition.objects.create(
            decision=current,
            **asdict(each),
        )
    _require_nothing_owed(current)
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


def note_refusal(*, effort: Effort, by: User) -> None:
    """Keep in the history that a decision was refused, where the page gives the text back.

    Args:
        effort: The effort.
        by: Who was refused.
    """
    record_event("act refused", by=by, subject=effort.history_name, round_=effort.round.slug)


def _new_conditions(decision: Decision, given: Sequence[ConditionGiven]) -> list[ConditionGiven]:
    """Conditions that are not there yet; one that stays keeps its wording, the others go."""
    wanted = {each.mitigation or each.text: each for each in given}
    for row in decision.conditions.all():
        stays = wanted.pop(row.mitigation or row.text, None)
        if stays is None:
            row.delete()
        elif stays.challenge and stays.challenge != row.challenge:
            decision.conditions.filter(pk=row.pk).update(challenge=stays.challenge)
    return list(wanted.values())


def _as_record(effort: Effort, given: DecisionGiven) -> DecisionRecord:
    """What was given, as far as challenges ask about it; a wording that stays counts."""
    there = Condition.objects.filter(decision__effort=effort)
    worded = {each.mitigation or each.text: each.challenge for each in there}
    return DecisionRecord(
        effort=effort.effort_id,
        outcome="support",
        decided_on=timezone.localdate(),
        reasons=given.reasons,
        challenges=given.challenges,
        condition=tuple(
            ConditionRecord(
                id=f"k{number}",
                challenge=each.challenge or worded.get(each.mitigation or each.text, ""),
                text=each.text,
            )
            for number, each in enumerate(given.conditions, start=1)
        ),
    )


@transaction.atomic
def take_package(*, effort: Effort, by: User, version: int) -> Decision:
    """Put the recommended package into a pending decision, in the words of the library.

    Conditions in the institution's own words stay; of the library's, those that are recommended
    stay as they are, the others go, and what is missing comes, to be seen to by the institution
    or by whoever applied.

    Args:
        effort: About which; it was decided to be supported, and assessed.
        by: Who decides.
        version: Of the decision as the person saw it.

    Raises:
        Refused: They may not, or there is no pending decision to support, or no result.
        ChangedMeanwhileError: Somebody else has decided meanwhile.
    """
    require(decide(Act.DECIDE, facts_about(by, effort)))
    current, found = _pending(effort, version), assessed(effort)
    if current.outcome != "support" or found is None:
        msg = "A package is taken into a decision to support, after an assessment."
        raise Refused(msg)
    wanted = found[1].conditions
    current.conditions.exclude(mitigation="").exclude(mitigation__in=wanted).delete()
    there = set(current.conditions.values_list("mitigation", flat=True))
    known = {str(each.id): each for each in mitigations_of(effort.round)}
    applicant = effort_record(effort).applicant or "whoever applied"
    for id_ in wanted:
        if id_ not in there and id_ in known:
            one = known[id_]
            Condition.objects.create(
                decision=current,
                mitigation=id_,
                text=one.condition or one.title,
                owner=effort.round.institution.name if one.who == "institution" else applicant,
            )
    Decision.objects.filter(pk=current.pk).update(version=F("version") + 1)
    _require_nothing_owed(current)
    record_event(
        "recommended package taken",
        by=by,
        subject=effort.history_name,
        round_=effort.round.slug,
        told={"conditions": len(wanted)},
    )
    return Decision.objects.get(pk=current.pk)


def _pending(effort: Effort, version: int) -> Decision:
    current = Decision.objects.select_for_update().filter(effort=effort).first()
    if current is None or current.version != version:
        raise ChangedMeanwhileError
    if current.released_at:
        msg = "This decision was released; it stands as it is."
        raise Refused(msg)
    return current


def _require_nothing_owed(decision: Decision) -> None:
    """Refuse a decision to support that leaves a challenge as it is.

    Raises:
        Refused: It does.
    """
    row = Decision.objects.select_related("effort__round").get(pk=decision.pk)
    if row.outcome == "support":
        owed = what_challenges_ask(row.effort, decision_record(row))
        if owed:
            raise Refused(" ".join(owed))


@transaction.atomic
def word_condition(*, condition: Condition, given: ConditionGiven, by: User, version: int) -> None:
    """Word one condition of a pending decision: text, owner, evidence, due date, challenge.

    Args:
        condition: Which.
        given: How it is worded now; its mitigation stays.
        by: Who decides.
        version: Of the decision as the person saw it.

    Raises:
        Refused: They may not, the decision was released, or a challenge would be left as it is.
        ChangedMeanwhileError: Somebody else has decided meanwhile.
    """
    effort = condition.decision.effort
    require(decide(Act.DECIDE, facts_about(by, effort)))
    current = _pending(effort, version)
    Condition.objects.filter(pk=condition.pk).update(
        text=given.text,
        challenge=given.challenge,
        owner=given.owner,
        evidence=given.evidence,
        due=given.due,
    )
    Decision.objects.filter(pk=current.pk).update(version=F("version") + 1)
    _require_nothing_owed(current)
    record_event(
        "condition worded",
        by=by,
        subject=effort.history_name,
        round_=effort.round.slug,
        told={"condition": condition.pk},
    )


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
    _require_nothing_owed(current)
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
