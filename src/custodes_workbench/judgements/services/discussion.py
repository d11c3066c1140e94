"""Writes of the discussion: comments under letters, and what is answered.

The history names a writer by letter here, and not as a person: beside the order of comments on
the page it would tell who is who.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from custodes_workbench.access import Act, Refused, decide, require
from custodes_workbench.efforts.models import Effort
from custodes_workbench.history.services import record_event
from custodes_workbench.judgements.models import Comment
from custodes_workbench.judgements.selectors import facts_of_judge, names_in
from custodes_workbench.judgements.services.seats import seat_of
from custodes_workbench.people.models import User


class NamesFound(Exception):  # noqa: N818 (it reads as what happened)
    """The text holds names; the writer decides whether it is posted all the same."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("the text may name somebody")
        self.names = names


@dataclass(frozen=True, slots=True)
class _Letter:
    """An expert of one effort, as the history names them here."""

    history_name: str
    acting_as: str = ""


def post_comment(  # noqa: PLR0913 (what a comment is)
    *,
    effort: Effort,
    about: str,
    text: str,
    by: User,
    is_question: bool = False,
    answers_to: Comment | None = None,
    named: tuple[str, ...] = (),
) -> Comment:
    """Add a comment to the discussion of an effort.

    Args:
        effort: The effort.
        about: A quantity's name or `claim:ID`.
        text: What is said.
        by: The expert.
        is_question: Whether it asks something.
        answers_to: The comment that it answers.
        named: Names that the writer was warned of and lets stand.

    Raises:
        Refused: They may not discuss now, or there is nothing to say.
        NamesFound: The text holds a name that the writer was not warned of.
    """
    require(decide(Act.DISCUSS, facts_of_judge(by, effort)))
    found = names_in(text)
    with transaction.atomic():
        seat = seat_of(effort=effort, by=by)
        writer = _Letter(f"expert {seat.letter} of {effort.effort_id}")
        if set(found) - set(named):
            _tell("names found before posting", effort, writer, number=len(found))
        else:
            comment = Comment.objects.create(
                effort=effort,
                assignment=seat,
                by=by,
                about=about,
                answers_to=answers_to,
                text=text,
                stage=effort.round.stage_name.value,
                is_question=is_question,
            )
            _tell("comment posted", effort, writer, number=len(found))
            return comment
    raise NamesFound(found)


@transaction.atomic
def mark_answered(*, comment: Comment, by: User) -> None:
    """Mark a question as answered; anybody on the panel may.

    Args:
        comment: The question.
        by: The expert.

    Raises:
        Refused: They may not discuss now, or it is no question.
    """
    effort = comment.effort
    require(decide(Act.DISCUSS, facts_of_judge(by, effort)))
    if not comment.is_question:
        msg = "Only a question can be marked as answered."
        raise Refused(msg)
    seat = seat_of(effort=effort, by=by)
    if Comment.objects.filter(pk=comment.pk, is_answered=False).update(is_answered=True):
        writer = _Letter(f"expert {seat.letter} of {effort.effort_id}")
        _tell("question marked as answered", effort, writer)


def _tell(action: str, effort: Effort, by: _Letter, *, number: int = 0) -> None:
    record_event(
        action,
        by=by,
        subject=effort.history_name,
        round_=effort.round.slug,
        told={"names found": number} if number else None,
    )
