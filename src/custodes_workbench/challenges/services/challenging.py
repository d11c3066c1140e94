"""Writes of challenges: raising, answering, ruling, withdrawing."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F

from custodes.challenges import Challenge as ChallengeRecord
from custodes_workbench.access import SPOKEN, Act, Facts, Refused, Relation, Role, decide, require
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import facts_about
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round

RULINGS = ("upheld", "rejected")
"""What a ruling can be."""
_WAITS = ("open", "answered")


@transaction.atomic
def raise_challenge(
    *, effort: Effort, given: ChallengeRecord, by: User, due: dt.date | None = None
) -> Challenge:
    """Raise an objection; until it is answered, the effort is not supported.

    Whoever raises it is told by their role, never by their name.

    Args:
        effort: What is challenged.
        given: The objection as the library read it; its id and its author are set here.
        by: Who raises it.
        due: Until when it should be answered.

    Raises:
        Refused: They may not challenge this effort now.
    """
    facts = facts_about(by, effort)
    require(decide(Act.CHALLENGE, facts))
    Round.objects.select_for_update().get(pk=effort.round_id)  # one id each
    row = Challenge.objects.create(
        effort=effort,
        revision=effort.revision,
        challenge_id=_free_id(effort.round),
        by=_role_told(facts),
        person=by,
        claim=given.claim,
        text=given.text,
        quantity=given.quantity,
        p05=given.p05,
        p50=given.p50,
        p95=given.p95,
        due=due,
    )
    _keep(row, "challenge raised", by=by)
    return row


def _free_id(round_: Round) -> str:
    taken = set(
        Challenge.objects.filter(effort__round=round_).values_list("challenge_id", flat=True)
    )
    names = (f"c{number}" for number in range(1, len(taken) + 2))
    return next(each for each in names if each not in taken)


def _role_told(facts: Facts) -> str:
    """As what somebody challenges, in words; who judges the effort does so as an expert."""
    first = [Role.EXPERT] if facts.relation is Relation.ASSIGNED else []
    order = [*first, Role.LEAD_OFFICER, Role.OFFICER, Role.RED_TEAMER]
    return SPOKEN[next(role for role in order if role in facts.roles)]


@transaction.atomic
def answer_challenge(*, challenge: Challenge, answer: str, by: User, version: int) -> None:
    """Answer an objection; it does not block any more, and waits for a ruling.

    Args:
        challenge: Which.
        answer: In words.
        by: Who answers.
        version: Of the challenge as the person saw it.

    Raises:
        Refused: They may not answer it now, or it was ruled on.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.ANSWER_CHALLENGE, facts_about(by, challenge.effort)))
    _waits(challenge)
    _change(challenge, version=version, status="answered", answer=answer)
    _keep(challenge, "challenge answered", by=by)


@transaction.atomic
def rule_on_challenge(
    *, challenge: Challenge, status: str, reason: str, by: User, version: int
) -> None:
    """Uphold or reject an objection that was answered.

    Args:
        challenge: Which.
        status: `upheld` or `rejected`.
        reason: Why.
        by: Who rules; never whoever raised it, unless one person is alone.
        version: Of the challenge as the person saw it.

    Raises:
        Refused: They may not, raised it themselves, or it has no answer yet.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.RULE_ON_CHALLENGE, facts_about(by, challenge.effort)))
    own = challenge.person_id == by.pk
    if own and not by.alone:
        msg = "Nobody rules on a challenge of their own; another officer has to."
        raise Refused(msg)
    _waits(challenge)
    if status not in RULINGS or not challenge.answer:
        msg = "A challenge is ruled on once it is answered."
        raise Refused(msg)
    _change(challenge, version=version, status=status, ruling=reason)
    _keep(challenge, f"challenge {status}", by=by, reason=reason, by_one_person=own)


@transaction.atomic
def withdraw_challenge(*, challenge: Challenge, reason: str, by: User, version: int) -> None:
    """Take back an objection of one's own that was not ruled on.

    Args:
        challenge: Which.
        reason: Why.
        by: Who raised it.
        version: Of the challenge as the person saw it.

    Raises:
        Refused: It is not theirs, or was ruled on.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.CHALLENGE, facts_about(by, challenge.effort)))
    if challenge.person_id != by.pk:
        msg = "A challenge is withdrawn by whoever raised it."
        raise Refused(msg)
    _waits(challenge)
    _change(challenge, version=version, status="withdrawn", ruling=reason)
    _keep(challenge, "challenge withdrawn", by=by, reason=reason)


def _waits(challenge: Challenge) -> None:
    if challenge.status not in _WAITS:
        msg = f"Challenge {challenge.challenge_id} is {challenge.status}; that stands."
        raise Refused(msg)


def _change(challenge: Challenge, *, version: int, **values: str) -> None:
    changed = Challenge.objects.filter(pk=challenge.pk, version=version, status__in=_WAITS).update(
        **values, version=F("version") + 1
    )
    if not changed:
        raise ChangedMeanwhileError


def _keep(
    challenge: Challenge, action: str, *, by: User, reason: str = "", by_one_person: bool = False
) -> None:
    record_event(
        action,
        by=by,
        subject=f"challenge {challenge.challenge_id} to {challenge.effort.history_name}",
        round_=challenge.effort.round.slug,
        reason=reason,
        by_one_person=by_one_person,
    )
