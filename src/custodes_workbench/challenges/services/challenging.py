"""Writes of challenges: raising, assigning, answering, replying, ruling, withdrawing."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes.challenges import Challenge as ChallengeRecord
from custodes_workbench.access import SPOKEN, Act, Facts, Refused, Relation, Role, decide, require
from custodes_workbench.challenges.models import APPLICANT, OFFICER, Challenge
from custodes_workbench.challenges.selectors import answering, replying
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
        owner=APPLICANT if effort.applicant_id else OFFICER,
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
    if facts.relation is Relation.OWN:
        return APPLICANT
    order = [*first, Role.LEAD_OFFICER, Role.OFFICER, Role.RED_TEAMER]
    return SPOKEN[next(role for role in order if role in facts.roles)]


@transaction.atomic
def assign_challenge(  # noqa: PLR0913 (each is one thing an officer sets)
    *,
    challenge: Challenge,
    owner: str,
    due: dt.date | None,
    words: int,
    may_reply: bool,
    by: User,
    version: int,
) -> None:
    """Say who answers an open objection, until when, in how many words, and whether once more.

    Args:
        challenge: Which.
        owner: Who must answer, as everybody is told.
        due: Until when; none is no limit.
        words: The most words of the answer, and of the reply to it.
        may_reply: Whether whoever raised it may reply to the answer.
        by: Who says so.
        version: Of the challenge as the person saw it.

    Raises:
        Refused: They may not now, or it is answered already.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.ASSIGN_CHALLENGE, facts_about(by, challenge.effort)))
    if challenge.status != "open":
        msg = f"Challenge {challenge.challenge_id} is {challenge.status}; nobody has to answer it."
        raise Refused(msg)
    _change(challenge, version=version, owner=owner, due=due, words=words, may_reply=may_reply)
    until = f" until {due}" if due else ""
    _keep(challenge, "challenge assigned", by=by, reason=f"{owner}{until}")


@transaction.atomic
def answer_challenge(*, challenge: Challenge, answer: str, by: User, version: int) -> None:
    """Answer an objection; it does not block any more, and waits for a ruling.

    The applicant answers in time; everybody within the words, and not after a reply.

    Args:
        challenge: Which.
        answer: In words.
        by: Who answers.
        version: Of the challenge as the person saw it.

    Raises:
        Refused: They may not answer it now, it is too long or too late, or it was replied to or
            ruled on.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    facts = facts_about(by, challenge.effort)
    require(decide(Act.ANSWER_CHALLENGE, facts))
    _waits(challenge)
    require(answering(challenge, facts))
    _within(challenge.words, answer, "answer")
    _change(
        challenge,
        version=version,
        status="answered",
        answer=answer,
        answered_as=_role_told(facts),
        answered_at=timezone.now(),
        answered_revision=challenge.effort.revision,
        as_read={k: v for k, v in challenge.as_read.items() if k != "answered_at"},
    )
    _keep(challenge, "challenge answered", by=by)


def _within(words: int, text: str, what: str) -> None:
    number = len(text.split())
    if number > words:
        msg = f"The {what} has {number:,} words; it may have {words:,}. Shorten it."
        raise Refused(msg)


@transaction.atomic
def reply_to_answer(*, challenge: Challenge, reply: str, by: User, version: int) -> None:
    """Reply once to the answer to an objection of one's own; then it waits for a ruling.

    Args:
        challenge: Which.
        reply: In words.
        by: Who raised it.
        version: Of the challenge as the person saw it.

    Raises:
        Refused: It is not theirs, has no answer, was replied to, or no reply is allowed.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.REPLY_TO_ANSWER, facts_about(by, challenge.effort)))
    require(replying(challenge, by))
    _within(challenge.words, reply, "reply")
    _change(challenge, version=version, reply=reply)
    _keep(challenge, "challenge replied to", by=by)


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
    facts = facts_about(by, challenge.effort)
    require(decide(Act.RULE_ON_CHALLENGE, facts))
    own = challenge.person_id == by.pk
    if own and not by.alone:
        msg = "Nobody rules on a challenge of their own; another officer has to."
        raise Refused(msg)
    _waits(challenge)
    if status not in RULINGS or not challenge.answer:
        msg = "A challenge is ruled on once it is answered."
        raise Refused(msg)
    _change(challenge, version=version, status=status, ruling=reason, ruled_as=_role_told(facts))
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


def _change(challenge: Challenge, *, version: int, **values: object) -> None:
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
