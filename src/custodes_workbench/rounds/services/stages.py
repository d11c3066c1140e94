"""Stages of a round: their dates, and opening and closing them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes_workbench.access import SPOKEN, Act, Refused, Stage, decide, require
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round, RoundStage
from custodes_workbench.rounds.selectors import facts_of

ALWAYS = (Stage.SET_UP, Stage.BLIND, Stage.ASSESSMENT, Stage.CHOICE, Stage.PUBLISHED)
"""Stages that no round leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageGiven:
    """What is set for one stage."""

    left_out: bool = False
    opens_at: dt.datetime | None = None
    closes_at: dt.datetime | None = None
    grace_minutes: int = 0
    closes_on: str = "clock"
    quorum: int = 5
    hours_after_quorum: int = 72


@transaction.atomic
def change_stages(
    *, round_: Round, given: Mapping[Stage, StageGiven], by: User, version: int
) -> None:
    """Set the dates of the stages to come, and which are left out.

    Args:
        round_: The round.
        given: By stage; those that are not named stay as they are.
        by: Who sets them.
        version: Of the round as the person saw it.

    Raises:
        Refused: They may not, a stage that no round can do without is left out, the open stage
            or one that is past would be left out, or the round changed meanwhile.
    """
    current = Round.objects.select_for_update().get(pk=round_.pk)
    require(decide(Act.SET_DATES, facts_of(by, current)))
    require_version(current, version)
    open_ = current.stage.order
    for name, each in given.items():
        if each.left_out and name in ALWAYS:
            msg = f"No round can do without {SPOKEN[name]}."
            raise Refused(msg)
        order = list(Stage).index(name)
        if each.left_out:
            if order <= open_:
                msg = f"{SPOKEN[name].capitalize()} is open or past; it cannot be left out now."
                raise Refused(msg)
            current.stages.filter(name=name.value).delete()
            continue
        RoundStage.objects.update_or_create(
            round=current,
            name=name.value,
            defaults={
                "order": order,
                "opens_at": each.opens_at,
                "closes_at": each.closes_at,
                "grace_minutes": each.grace_minutes,
                "closes_on": each.closes_on,
                "quorum": each.quorum,
                "hours_after_quorum": each.hours_after_quorum,
            },
        )
    Round.objects.filter(pk=current.pk).update(version=F("version") + 1)
    record_event("stages set", by=by, subject=f"round {current.slug}", round_=current.slug)


def require_version(current: Round, version: int) -> None:
    """Go on only if the round is as the person saw it.

    Raises:
        Refused: It changed meanwhile.
    """
    if current.version != version:
        msg = "Somebody else changed the round meanwhile; look at it again, then send it again."
        raise Refused(msg)


@transaction.atomic
def move_to_stage(*, round_: Round, to: Stage, by: User, reason: str, version: int) -> None:
    """Close the active stage and open another; going back takes two people.

    Args:
        round_: The round.
        to: The stage to open.
        by: Who opens it.
        reason: Why; required for going back and for closing early.
        version: Of the round as the person saw it.

    Raises:
        Refused: They may not, the stage is not of this round, or the round moved meanwhile.
    """
    current = Round.objects.select_for_update().get(pk=round_.pk)
    now = current.stage
    wanted = current.stages.filter(name=to.value).first()
    if wanted is None:
        msg = f"This round has no stage {SPOKEN[to]}."
        raise Refused(msg)
    back = wanted.order < now.order
    facts = facts_of(by, current)
    require(decide(Act.MOVE_STAGE_BACK if back else Act.MOVE_STAGE, facts))
    require_version(current, version)
    if back and not reason.strip():
        msg = "Say why the round goes back; everybody who is affected will read it."
        raise Refused(msg)
    at = timezone.now()
    RoundStage.objects.filter(pk=now.pk).update(is_active=False, closed_at=at)
    RoundStage.objects.filter(pk=wanted.pk).update(is_active=True, opened_at=at, closed_at=None)
    Round.objects.filter(pk=current.pk).update(version=F("version") + 1)
    record_event(
        "stage moved back" if back else "stage opened",
        by=by,
        subject=f"stage {to.value}",
        round_=current.slug,
        reason=reason,
        by_one_person=back and by.alone,
    )
