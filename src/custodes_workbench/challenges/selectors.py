"""Reads of challenges."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django.urls import reverse

from custodes.challenges import Challenge as ChallengeRecord
from custodes.disclosure import is_public
from custodes_workbench.access import Act, Facts, Relation, decide
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.challenges.records import challenge_record
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import efforts_visible_to, facts_about, relations_in
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


def challenges_that_wait(person: User) -> list[Waiting]:
    """The open challenges that a person may answer, and the answered ones they may rule on."""
    rows = (
        Challenge.objects.filter(status__in=("open", "answered"))
        .select_related("effort__round", "revision")
        .prefetch_related("effort__round__stages", "effort__revisions")
    )
    told = {
        "open": ("Answer", Act.ANSWER_CHALLENGE),
        "answered": ("Rule on", Act.RULE_ON_CHALLENGE),
    }
    found = []
    for each in rows:
        verb, act = told[each.status]
        mine = each.person_id == person.pk and not person.alone
        if mine or not decide(act, facts_on(person, each)):
            continue
        round_ = each.effort.round
        due = dt.datetime.combine(each.due, dt.time.max, dt.UTC) if each.due else None
        found.append(
            Waiting(
                text=f"{verb} challenge {each.challenge_id} to {each.effort.title}",
                url=reverse("challenges:challenge", args=[round_.slug, each.challenge_id]),
                round=round_.title,
                due=due if each.status == "open" else None,
            )
        )
    return found
