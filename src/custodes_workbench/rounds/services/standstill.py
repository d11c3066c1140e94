"""Stopping a round after a breach, and letting it go on."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes_workbench.access import Act, Refused, by_one_person, decide, require
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.operations.services import Service
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import roles_in_round
from custodes_workbench.people.services import end_sessions
from custodes_workbench.rounds.models import Round, Standstill
from custodes_workbench.rounds.selectors import facts_of, standstill_of

AT_THE_SERVER = Service(history_name="command line")
"""Who runs a command on the server without saying who they are."""


@transaction.atomic
def freeze_round(*, round_: Round, because: str, by: User | None) -> Standstill:
    """Stop everything in a round: answers, discussion, mail, and the sessions of who takes part.

    One person is enough, since it may have to be quick. Reading goes on for those who are signed
    in again, by the rules of the stage.

    Args:
        round_: The round.
        because: Why, as everybody in the round will read it.
        by: Who stops it; none for the command line.

    Raises:
        Refused: They may not, there is no reason, or it stands still already.
    """
    current = Round.objects.select_for_update().get(pk=round_.pk)
    if by is not None:
        require(decide(Act.FREEZE, facts_of(by, current)))
    if not because.strip():
        msg = "Say why the round is stopped; everybody in it will read it."
        raise Refused(msg)
    if standstill_of(current) is not None:
        msg = "This round stands still already."
        raise Refused(msg)
    made = Standstill.objects.create(round=current, because=because.strip(), began_by=by)
    Round.objects.filter(pk=current.pk).update(
        frozen_because=made.because, version=F("version") + 1
    )
    ended = end_sessions(
        {each.person_id for each in roles_in_round(current.slug)} - {by.pk if by else None}
    )
    _tell("round stopped", made, by=by, reason=made.because, told={"sessions ended": ended})
    return made


@transaction.atomic
def ask_to_thaw(*, round_: Round, because: str, by: User | None, version: int) -> bool:
    """Ask for a round to go on; a second person confirms, unless one person is alone.

    Args:
        round_: The round.
        because: Why it may.
        by: Who asks; none for the command line.
        version: Of the standstill as the person saw it.

    Returns:
        Whether it goes on already.

    Raises:
        Refused: They may not, there is no reason, or it does not stand still.
        ChangedMeanwhileError: Somebody else did something to the standstill meanwhile.
    """
    current = locked_standstill(round_, by, Act.THAW, version)
    if not because.strip():
        msg = "Say why the round may go on."
        raise Refused(msg)
    Standstill.objects.filter(pk=current.pk).update(
        thaw_because=because.strip(), thaw_asked_by=by, version=F("version") + 1
    )
    _tell("going on asked for", current, by=by, reason=because.strip())
    if by is not None and by.alone:
        current.thaw_asked_by = by
        _go_on(current, by=by)
        return True
    return False


@transaction.atomic
def confirm_thaw(*, round_: Round, by: User, version: int) -> None:
    """Let a round go on, as another person asked.

    Args:
        round_: The round.
        by: Who confirms; not who asked.
        version: Of the standstill as the person saw it.

    Raises:
        Refused: They may not, asked for it themselves, or nobody asks for it.
        ChangedMeanwhileError: Somebody else did something to the standstill meanwhile.
    """
    current = locked_standstill(round_, by, Act.THAW, version)
    if not current.thaw_because:
        msg = "Nobody asks for this round to go on."
        raise Refused(msg)
    _go_on(current, by=by)


def locked_standstill(round_: Round, by: User | None, act: Act, version: int) -> Standstill:
    """The standstill of a round, locked, once a ruling on an act about it was asked for.

    Args:
        round_: The round.
        by: Who wants to act; none for the command line.
        act: What they want.
        version: Of the standstill as they saw it.

    Raises:
        Refused: They may not, or the round does not stand still.
        ChangedMeanwhileError: Somebody else did something to the standstill meanwhile.
    """
    row = Round.objects.select_for_update().get(pk=round_.pk)
    if by is not None:
        require(decide(act, facts_of(by, row)))
    current = standstill_of(row)
    if current is None:
        msg = "This round does not stand still."
        raise Refused(msg)
    if current.version != version:
        raise ChangedMeanwhileError
    return current


def _go_on(current: Standstill, *, by: User) -> None:
    alone = by_one_person(
        Act.THAW, prepared_by=current.thaw_asked_by_id, confirmed_by=by.pk, alone=by.alone
    )
    Standstill.objects.filter(pk=current.pk).update(
        ended_at=timezone.now(), version=F("version") + 1
    )
    Round.objects.filter(pk=current.round_id).update(frozen_because="", version=F("version") + 1)
    _tell("round goes on", current, by=by, by_one_person=alone)


def _tell(
    action: str,
    about: Standstill,
    *,
    by: User | None,
    reason: str = "",
    by_one_person: bool = False,
    told: dict[str, object] | None = None,
) -> None:
    record_event(
        action,
        by=by or AT_THE_SERVER,
        subject=f"round {about.round.slug}",
        round_=about.round.slug,
        reason=reason,
        by_one_person=by_one_person,
        told=told,
    )
