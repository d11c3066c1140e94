"""Reads of what is one's own: assignments, answers, drafts; nothing of anybody else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import reverse

from custodes_workbench.access import SPOKEN, Act, Facts, Relation, Role, Stage, decide
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import efforts_visible_to, facts_about, relations_in
from custodes_workbench.judgements.models import Answer, Assignment, Draft
from custodes_workbench.judgements.records import ASKED
from custodes_workbench.judgements.selectors.computed import efforts_handed_in_by
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import Reader, facts_of, rounds_visible_to
from custodes_workbench.web.waiting import Waiting

ACT_OF = {1: Act.ANSWER_BLIND, 2: Act.REVISE_ANSWER}
"""What a person asks to do who answers in a round of answers."""


def answer_round_of(round_: Round) -> int | None:
    """Which round of answers is open: 1 blind, 2 revised, none."""
    return {Stage.BLIND: 1, Stage.REVISION: 2}.get(round_.stage_name)


def facts_of_judge(reader: Reader, effort: Effort) -> Facts:
    """What a ruling about judging an effort is made from.

    Args:
        reader: Signed in or not.
        effort: The effort.
    """
    handed_in = effort.pk in efforts_handed_in_by(reader, effort.round)
    return facts_about(reader, effort, own_handed_in=handed_in)


def may_judge(reader: Reader, effort: Effort) -> bool:
    """Whether the pages of an expert's own answers to an effort are the reader's to see."""
    return bool(decide(Act.SEE_OWN_ANSWERS, facts_of_judge(reader, effort)))


def own_assignment(reader: Reader, effort: Effort) -> Assignment | None:
    """The reader's own assignment; none before one alone has answered.

    Args:
        reader: Signed in or not.
        effort: The effort.
    """
    if not isinstance(reader, User):
        return None
    rows = Assignment.objects.filter(member__person=reader, effort=effort, ended_because="")
    return rows.select_related("member", "effort").first()


def own_answers(reader: Reader, effort: Effort) -> Mapping[tuple[str, int], Answer]:
    """The reader's newest answers by quantity and answer round, handed in or not.

    Args:
        reader: Signed in or not.
        effort: The effort.
    """
    if not isinstance(reader, User):
        return {}
    rows = Answer.objects.filter(member__person=reader, effort=effort, set_aside_because="")
    return {(row.quantity, row.answer_round): row for row in rows.order_by("at", "pk")}


def answers_before(reader: Reader, effort: Effort, quantity: str) -> list[Answer]:
    """Every answer that the reader ever gave to a question, oldest first.

    Args:
        reader: Signed in or not.
        effort: The effort.
        quantity: The question's name.
    """
    if not isinstance(reader, User):
        return []
    rows = Answer.objects.filter(member__person=reader, effort=effort, quantity=quantity)
    return list(rows.order_by("at", "pk"))


def own_drafts(reader: Reader, effort: Effort, answer_round: int) -> Mapping[str, Draft]:
    """What stands in the reader's forms, by quantity.

    Args:
        reader: Signed in or not.
        effort: The effort.
        answer_round: 1 blind, 2 revised.
    """
    if not isinstance(reader, User):
        return {}
    rows = Draft.objects.filter(
        member__person=reader, effort=effort, answer_round=answer_round
    ).select_related("answer")
    return {row.quantity: row for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """An effort that the reader judges, with how far they are; nothing about others."""

    effort: Effort
    answered: int
    """Questions with an answer of the open round, or of the blind one where none is open."""
    asked: int
    typed: int
    """Questions where something was typed that is no answer yet."""
    handed_in: bool
    """Whether the open round's answers are handed in; the blind ones' where none is open."""
    is_open: bool
    """Whether answers are taken now."""
    due: dt.datetime | None
    url: str

    @property
    def state(self) -> str:
        """How far it is, in words."""
        if self.handed_in:
            return "handed in"
        if not self.is_open:
            return "closed, not handed in"
        if self.answered or self.typed:
            return f"begun: {self.answered} of {self.asked} answered"
        return "not begun"


def tasks_in(reader: User, round_: Round) -> list[Task]:
    """What a reader judges in a round, in its order.

    Args:
        reader: The expert.
        round_: The round.
    """
    relations = relations_in(reader, round_)
    efforts = [
        each
        for each in efforts_visible_to(reader, round_)
        if decide(
            Act.SEE_OWN_ANSWERS,
            facts_of(reader, round_, relation=relations.get(each.pk, Relation.STRANGER)),
        )
    ]
    return [_task(reader, round_, effort) for effort in efforts]


def _task(reader: User, round_: Round, effort: Effort) -> Task:
    opened = answer_round_of(round_)
    answer_round = opened or 1
    answers = own_answers(reader, effort)
    assignment = own_assignment(reader, effort)
    drafts = own_drafts(reader, effort, answer_round)
    at = assignment and (assignment.revised_at if opened == 2 else assignment.handed_in_at)  # noqa: PLR2004 (the second round)
    return Task(
        effort=effort,
        answered=sum(each == answer_round for _, each in answers),
        asked=len(ASKED),
        typed=sum(draft.answer_id is None for draft in drafts.values()),
        handed_in=bool(at),
        is_open=opened is not None,
        due=round_.stage.ends_at if opened else None,
        url=reverse("judgements:questions", args=[round_.slug, effort.effort_id]),
    )


def tasks_of(reader: User) -> list[tuple[Round, list[Task]]]:
    """What a reader judges, by round, newest round first.

    Args:
        reader: The expert.
    """
    found = [
        (round_, tasks_in(reader, round_))
        for round_ in rounds_visible_to(reader)
        if Role.EXPERT in reader.roles_in(round_.slug)
    ]
    return [(round_, tasks) for round_, tasks in found if tasks]


def what_waits(person: User) -> Iterator[Waiting]:
    """Answers that a person has not handed in while they are taken, and what is discussed."""
    for round_, tasks in tasks_of(person):
        stage = round_.stage_name
        for task in tasks:
            waits = task.is_open and not task.handed_in
            discussed = stage is Stage.DISCUSSION and task.handed_in
            if waits or discussed:
                yield Waiting(
                    text=f"{SPOKEN[stage].capitalize()}: {task.effort.title}",
                    url=task.url,
                    round=round_.title,
                    due=round_.stage.ends_at,
                )
