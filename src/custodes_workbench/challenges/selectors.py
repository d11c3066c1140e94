"""Reads of challenges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from custodes.challenges import Challenge as ChallengeRecord
from custodes.disclosure import is_public
from custodes_workbench.access import Act, Facts, Relation, Ruling, decide
from custodes_workbench.challenges.models import APPLICANT, PANEL, Challenge
from custodes_workbench.challenges.records import challenge_record
from custodes_workbench.efforts.models import Effort, Revision
from custodes_workbench.efforts.records import Difference, differences, explanation_of
from custodes_workbench.efforts.selectors import (
    efforts_visible_to,
    facts_about,
    record_shown_to,
    relations_in,
)
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import Reader, facts_of
from custodes_workbench.web.waiting import Waiting


def challenges_computed(round_: Round) -> tuple[ChallengeRecord, ...]:
    """Every challenge of a round, in the order of their ids.

    Only for `round_of`; a page never shows these.
    """
    rows = Challenge.objects.filter(effort__round=round_).select_related("effort")
    return tuple(challenge_record(each) for each in rows.order_by("pk"))


def challenges_visible_to(reader: Reader, round_: Round) -> QuerySet[Challenge]:
    """The challenges of a round that a reader sees, in the order in which they were raised.

    One with a handling mark is seen by those alone who answer or rule on challenges.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    relations = relations_in(reader, round_)
    seen, handled = [], []
    for effort in efforts_visible_to(reader, round_):
        facts = facts_of(reader, round_, relation=relations.get(effort.pk, Relation.STRANGER))
        if decide(Act.SEE_CHALLENGES, facts):
            seen.append(effort.pk)
            if decide(Act.RULE_ON_CHALLENGE, facts):
                handled.append(effort.pk)
    rows = Challenge.objects.filter(effort__in=seen).select_related("effort__round", "revision")
    marked = [
        each.pk
        for each in rows
        if not is_public(each.as_read.get("handling", "")) and each.effort_id not in handled
    ]
    return rows.exclude(pk__in=marked).order_by("pk").prefetch_related("effort__revisions")


def open_challenges(effort: Effort) -> list[Challenge]:
    """The challenges that stand in the way of supporting an effort; only behind a ruling.

    Args:
        effort: The effort.
    """
    return list(Challenge.objects.filter(effort=effort, status="open").order_by("pk"))


def facts_on(reader: Reader, challenge: Challenge) -> Facts:
    """What a ruling about a challenge is made from."""
    return facts_about(reader, challenge.effort)


def answering(challenge: Challenge, facts: Facts) -> Ruling:
    """Whether an answer is still taken: the applicant's in time, nobody's after a reply.

    Args:
        challenge: Which; the person may answer challenges to its effort.
        facts: Who answers.
    """
    if challenge.reply:
        reason = f"Challenge {challenge.challenge_id} was replied to; the answer stands."
        return Ruling(allowed=False, reason=reason)
    if facts.relation is Relation.OWN and is_overdue(challenge):
        reason = (
            f"The answer to challenge {challenge.challenge_id} was due on {challenge.due}. Ask "
            "the programme officer for more time."
        )
        return Ruling(allowed=False, reason=reason)
    return Ruling(allowed=True)


def replying(challenge: Challenge, person: User) -> Ruling:
    """Whether a person may reply to the answer to their challenge: once, where it is allowed.

    Args:
        challenge: Which.
        person: Who replies.
    """
    reason = ""
    if challenge.person_id != person.pk:
        reason = "An answer is replied to by whoever raised the challenge."
    elif challenge.status != "answered":
        reason = f"Challenge {challenge.challenge_id} is {challenge.status}."
    elif not challenge.may_reply:
        reason = "The programme officer allows no reply here."
    elif challenge.reply:
        reason = "One reply is allowed, and it was given."
    return Ruling(allowed=not reason, reason=reason)


def is_overdue(challenge: Challenge) -> bool:
    """Whether it should have been answered before today, and was not."""
    return (
        challenge.status == "open"
        and challenge.due is not None
        and challenge.due < timezone.localdate()
    )


def changes_since(
    reader: Reader, challenge: Challenge, revision: Revision | None
) -> tuple[Difference, ...]:
    """What the proposal says otherwise now than in the revision that is spoken of.

    Args:
        reader: Who sees the challenge.
        challenge: Which.
        revision: The one that was challenged or answered; none changes nothing.
    """
    effort = challenge.effort
    if revision is None or revision.pk == effort.revision.pk:
        return ()
    before, after = (
        (record_shown_to(reader, effort, each), explanation_of(each))
        for each in (revision, effort.revision)
    )
    return differences(before, after)


def challenges_that_wait(person: User) -> list[Waiting]:
    """What a person has to do about challenges: answer, rule, or see to one that is overdue."""
    rows = (
        Challenge.objects.filter(status__in=("open", "answered"))
        .select_related("effort__round", "revision")
        .prefetch_related("effort__round__stages", "effort__revisions")
    )
    return [
        Waiting(
            text=f"{verb} challenge {each.challenge_id} to {each.effort.title}",
            url=reverse("challenges:challenge", args=[each.effort.round.slug, each.challenge_id]),
            round=each.effort.round.title,
            due=_end_of(each.due) if each.status == "open" else None,
        )
        for each in rows
        for verb in _verbs(person, each)
    ]


def _end_of(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time.max, dt.UTC) if day else None


def _verbs(person: User, challenge: Challenge) -> Iterator[str]:
    facts = facts_on(person, challenge)
    mine = challenge.person_id == person.pk and not person.alone
    if challenge.status == "answered":
        if not mine and decide(Act.RULE_ON_CHALLENGE, facts):
            yield "Rule on"
        elif decide(Act.REPLY_TO_ANSWER, facts) and replying(challenge, person):
            yield "Reply to the answer to"
        return
    late = is_overdue(challenge)
    if late and decide(Act.CHASE_CHALLENGE, facts):
        yield f"See to the overdue answer of {challenge.owner or 'somebody'} to"
    elif not mine and _has_to_answer(challenge, facts):
        yield "Answer"


def _has_to_answer(challenge: Challenge, facts: Facts) -> bool:
    """Whether it is theirs to answer; where nobody is named, everybody's who may."""
    if not (decide(Act.ANSWER_CHALLENGE, facts) and answering(challenge, facts)):
        return False
    if challenge.owner in (APPLICANT, PANEL):
        wanted = {APPLICANT: Relation.OWN, PANEL: Relation.ASSIGNED}[challenge.owner]
        return facts.relation is wanted
    return not challenge.owner or bool(decide(Act.ASSIGN_CHALLENGE, facts))
