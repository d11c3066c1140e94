"""Writes of answers: saved one by one, handed in once for an effort.

An answer is a row as soon as its author saves it as one, so that the reference class can be shown
after it; it counts, and is anybody else's to see, only once the author's answers to the effort
are handed in and the stage has closed (`selectors.counted`). A row is never changed: a new answer
stands beside the old one, and the newest counts.

Saving has no entry in the history until the answers are handed in, and then none that names a
question: the number and order of such entries beside the panel's letters would tell who is who.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from custodes.judgements import Judgement
from custodes_workbench.access import Refused
from custodes_workbench.efforts.models import Effort
from custodes_workbench.history.services import record_event
from custodes_workbench.judgements.models import Answer, Assignment, Draft
from custodes_workbench.judgements.selectors import own_answers, own_assignment
from custodes_workbench.judgements.services.drafts import keep, open_answer_round
from custodes_workbench.judgements.services.seats import seat_of
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round, RoundStage

_AT = {1: "handed_in_at", 2: "revised_at"}
"""Where an assignment keeps when answers of a round were handed in."""


@transaction.atomic
def save_answer(
    *,
    effort: Effort,
    quantity: str,
    by: User,
    answer: Judgement,
    typed: Mapping[str, str],
    version: int,
) -> Answer:
    """Keep an answer beside those before it; the draft becomes it.

    Args:
        effort: The effort.
        quantity: The question's name.
        by: The expert.
        answer: As the library read it.
        typed: The form's fields.
        version: Of the draft as the form knew it; 0 where there was none.

    Raises:
        Refused: They may not answer now.
        SavedElsewhere: Another tab or device saved another text meanwhile.
    """
    _hold(effort)
    answer_round = open_answer_round(effort, by)
    seat = seat_of(effort=effort, by=by)
    draft = keep(seat.member, effort, quantity, answer_round, typed=typed, version=version)
    if draft.answer is not None:
        return draft.answer
    row = Answer.objects.create(
        member=seat.member,
        effort=effort,
        revision=effort.revision,
        subject=effort.effort_id,
        quantity=quantity,
        answer_round=answer_round,
        record=answer.model_dump(mode="json"),
        is_late=effort.round.stage.is_over,
    )
    Draft.objects.filter(pk=draft.pk).update(answer=row, version=F("version") + 1)
    if getattr(seat, _AT[answer_round]) is not None:
        _tell("answers handed in again", effort, by)
    return row


@transaction.atomic
def hand_in(*, effort: Effort, by: User) -> Assignment:
    """Hand in every answer that was saved about an effort in the open round of answers.

    Afterwards an answer may still be replaced until the stage closes.

    Args:
        effort: The effort.
        by: The expert.

    Raises:
        Refused: They may not answer now, or there is nothing to hand in.
    """
    _hold(effort)
    answer_round = open_answer_round(effort, by)
    answered = {each for each, given in own_answers(by, effort) if given == answer_round}
    if not answered and not _handed_in_before(effort, by):
        msg = "You have saved no answer to this effort yet; save one, or say why you abstain."
        raise Refused(msg)
    seat = seat_of(effort=effort, by=by)
    field = _AT[answer_round]
    if getattr(seat, field) is None:
        Assignment.objects.filter(pk=seat.pk, **{field: None}).update(
            **{field: timezone.now()}, version=F("version") + 1
        )
        _tell("answers handed in", effort, by)
        _count_for_quorum(effort.round, field)
    return Assignment.objects.get(pk=seat.pk)


@transaction.atomic
def note_refusal(*, effort: Effort, by: User) -> None:
    """Keep in the history that an answer was refused, where the page gives the text back.

    Args:
        effort: The effort.
        by: Who was refused.
    """
    _tell("act refused", effort, by)


def _handed_in_before(effort: Effort, by: User) -> bool:
    """Whether first answers were handed in, so that all of them may be kept without a word."""
    seat = own_assignment(by, effort)
    return seat is not None and seat.handed_in_at is not None


def _hold(effort: Effort) -> None:
    """Let no stage open or close until this answer is wholly in or refused."""
    effort.round = Round.objects.select_for_update().get(pk=effort.round_id)


def _tell(action: str, effort: Effort, by: User) -> None:
    record_event(action, by=by, subject=effort.history_name, round_=effort.round.slug)


def _count_for_quorum(round_: Round, field: str) -> None:
    """Start the stage's clock once every panel has as many as the quorum asks for."""
    stage = round_.stage
    if stage.quorum_at is not None:
        return
    panels = (
        Assignment.objects.filter(effort__round=round_, ended_because="")
        .values("effort")
        .annotate(number=Count("pk", filter=Q(**{f"{field}__isnull": False})))
    )
    numbers = [each["number"] for each in panels]
    if numbers and min(numbers) >= stage.quorum:
        RoundStage.objects.filter(pk=stage.pk, quorum_at=None).update(quorum_at=timezone.now())
