"""Setting judgements aside back to a time, after a breach; nothing is deleted."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes_workbench.access import Act, Refused, by_one_person
from custodes_workbench.history.services import record_event
from custodes_workbench.judgements.models import (
    Answer,
    Assignment,
    Draft,
    PanelMember,
    ReleasedPool,
)
from custodes_workbench.judgements.selectors.standstill import (
    answers_after,
    incident_note,
    plan_of_rollback,
)
from custodes_workbench.judgements.services.reading import letters
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round, Standstill
from custodes_workbench.rounds.services.standstill import AT_THE_SERVER, locked_standstill


@transaction.atomic
def ask_rollback(
    *,
    round_: Round,
    to: dt.datetime,
    because: str,
    new_letters: bool,
    by: User | None,
    version: int,
) -> bool:
    """Ask for the judgements after a time to be set aside; a second person confirms.

    Args:
        round_: A round that stands still.
        to: The time.
        because: Why.
        new_letters: Whether experts get fresh pseudonyms.
        by: Who asks; none for the command line.
        version: Of the standstill as the person saw it.

    Returns:
        Whether it is done already, because one person is alone.

    Raises:
        Refused: They may not, there is no reason, the time is to come, or one was carried out
            in this standstill.
        ChangedMeanwhileError: Somebody else did something to the standstill meanwhile.
    """
    current = locked_standstill(round_, by, Act.ROLL_BACK, version)
    if current.back_done_at:
        msg = "Judgements were set aside already in this standstill; let the round go on first."
        raise Refused(msg)
    if not because.strip():
        msg = "Say why judgements are set aside."
        raise Refused(msg)
    if to > timezone.now():
        msg = f"{to:%F %H:%M} is still to come; name a time that is past."
        raise Refused(msg)
    Standstill.objects.filter(pk=current.pk).update(
        back_to=to,
        back_because=because.strip(),
        back_asked_by=by,
        new_letters=new_letters,
        version=F("version") + 1,
    )
    record_event(
        "rollback asked for",
        by=by or AT_THE_SERVER,
        subject=f"round {round_.slug}",
        round_=round_.slug,
        reason=because.strip(),
        told={"to": to.isoformat(), "fresh pseudonyms": new_letters},
    )
    if by is not None and by.alone:
        _carry_out(Standstill.objects.get(pk=current.pk), by=by)
        return True
    return False


@transaction.atomic
def confirm_rollback(*, round_: Round, by: User, version: int) -> None:
    """Set the judgements after a time aside, as another person asked.

    Args:
        round_: A round that stands still.
        by: Who confirms; not who asked.
        version: Of the standstill as the person saw it.

    Raises:
        Refused: They may not, asked for it themselves, or nobody asks for it.
        ChangedMeanwhileError: Somebody else did something to the standstill meanwhile.
    """
    current = locked_standstill(round_, by, Act.ROLL_BACK, version)
    if current.back_to is None or current.back_done_at:
        msg = "Nobody asks for judgements to be set aside."
        raise Refused(msg)
    _carry_out(current, by=by)


def _carry_out(current: Standstill, *, by: User) -> None:
    round_, to = current.round, current.back_to
    if to is None:
        return
    alone = by_one_person(
        Act.ROLL_BACK, prepared_by=current.back_asked_by_id, confirmed_by=by.pk, alone=by.alone
    )
    now = timezone.now()
    plan = plan_of_rollback(round_, to)
    because = f"rolled back to {to.astimezone(dt.UTC):%F %H:%M} UTC: {current.back_because}"
    gone = [each.pk for each in answers_after(round_, to)]
    Answer.objects.filter(pk__in=gone).update(set_aside_because=because)
    # what was typed stays in its writer's form, and is no answer any more
    Draft.objects.filter(answer__in=gone).update(answer=None)
    seats = Assignment.objects.filter(member__round=round_)
    seats.filter(handed_in_at__gt=to).update(handed_in_at=None, version=F("version") + 1)
    seats.filter(revised_at__gt=to).update(revised_at=None, version=F("version") + 1)
    Standstill.objects.filter(pk=current.pk).update(
        back_done_at=now,
        by_one_person=alone,
        note=incident_note(current, plan, now),
        version=F("version") + 1,
    )
    if current.new_letters:
        _draw_pseudonyms(round_)
    record_event(
        "judgements rolled back",
        by=by,
        subject=f"round {round_.slug}",
        round_=round_.slug,
        reason=current.back_because,
        by_one_person=alone,
        told={
            "to": to.isoformat(),
            "answers": [str(each) for each in gone],
            "hand-ins": plan.handed_in,
            "comments": plan.comments,
            "fresh pseudonyms": current.new_letters,
        },
    )


def _draw_pseudonyms(round_: Round) -> None:
    """Give every expert of a round another letter on each effort, and another code."""
    for effort in round_.efforts.all():
        seats = list(effort.assignments.order_by("pk"))
        drawn = _shuffled(letters(len(seats)))
        became = {seat.letter: letter for seat, letter in zip(seats, drawn, strict=True)}
        for seat in seats:  # two seats must not have one letter, not even for a moment
            Assignment.objects.filter(pk=seat.pk).update(letter=f"-{seat.pk}")
        for seat, letter in zip(seats, drawn, strict=True):
            Assignment.objects.filter(pk=seat.pk).update(letter=letter)
        for pool in ReleasedPool.objects.filter(effort=effort):
            pool.answers = {became.get(old, old): ids for old, ids in pool.answers.items()}
            pool.save(update_fields=["answers"])
    members = list(round_.panel.filter(from_folder=False).order_by("pk"))
    drawn = _shuffled([each.code for each in members])
    for member in members:
        PanelMember.objects.filter(pk=member.pk).update(code=f"-{member.pk}")
    for member, code in zip(members, drawn, strict=True):
        PanelMember.objects.filter(pk=member.pk).update(code=code)


def _shuffled(names: list[str]) -> list[str]:
    drawn = list(names)
    secrets.SystemRandom().shuffle(drawn)
    return drawn
