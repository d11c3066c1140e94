"""Stages of a round: their dates, and opening and closing them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes_workbench.access import (
    SPOKEN,
    Act,
    Refused,
    Stage,
    by_one_person,
    decide,
    require,
)
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.operations.services import queue_mail
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import roles_in_round
from custodes_workbench.rounds.models import Round, RoundStage
from custodes_workbench.rounds.selectors import facts_of, newest_approach

ALWAYS = (Stage.SET_UP, Stage.BLIND, Stage.ASSESSMENT, Stage.CHOICE, Stage.PUBLISHED)
"""Stages that no round leaves out."""
MAIL = "round went back"
"""The kind of the mail that tells of a round that went back."""


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
            or one that is past would be left out.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
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
        ChangedMeanwhileError: It changed meanwhile.
    """
    if current.version != version:
        raise ChangedMeanwhileError


@transaction.atomic
def move_to_stage(*, round_: Round, to: Stage, by: User, reason: str, version: int) -> bool:
    """Close the active stage and open another; going back waits for a second person.

    Args:
        round_: The round.
        to: The stage to open.
        by: Who opens it.
        reason: Why; required for going back and for closing a stage early.
        version: Of the round as the person saw it.

    Returns:
        Whether it is open; not where a second person has to confirm first.

    Raises:
        Refused: They may not, or the stage is not of this round or cannot be opened from here.
        ChangedMeanwhileError: The round moved meanwhile.
    """
    current = Round.objects.select_for_update().get(pk=round_.pk)
    now = current.stage
    wanted = _stage(current, to)
    back = wanted.order < now.order
    require(decide(Act.MOVE_STAGE_BACK if back else Act.MOVE_STAGE, facts_of(by, current)))
    require_version(current, version)
    if back and not reason.strip():
        msg = "Say why the round goes back; everybody who is affected will read it."
        raise Refused(msg)
    if back and not by.alone:
        _ask_to_go_back(current, to, by=by, reason=reason)
        return False
    _require_in_reach(current, wanted)
    if not back:
        _require_reason_if_early(now, reason, by)
    _open(current, wanted, by=by, reason=reason, back=back)
    return True


@transaction.atomic
def confirm_move_back(*, round_: Round, by: User, version: int, link: str = "") -> None:
    """Move a round back, as another person asked; whoever has a role in it is told by mail.

    Args:
        round_: The round.
        by: Who confirms; not who asked.
        version: Of the round as the person saw it.
        link: The whole address of the round; no mail without it.

    Raises:
        Refused: They may not, asked for it themselves, or nobody asks for it.
        ChangedMeanwhileError: The round moved meanwhile.
    """
    current = Round.objects.select_for_update().get(pk=round_.pk)
    require(decide(Act.CONFIRM_MOVE_BACK, facts_of(by, current)))
    require_version(current, version)
    if not current.back_to:
        msg = "Nobody asks for this round to go back."
        raise Refused(msg)
    by_one_person(
        Act.MOVE_STAGE_BACK,
        prepared_by=current.back_asked_by_id,
        confirmed_by=by.pk,
        alone=by.alone,
    )
    wanted = _stage(current, Stage(current.back_to))
    _open(current, wanted, by=by, reason=current.back_because, back=True)
    people = {each.person for each in roles_in_round(current.slug)} if link else set()
    for person in people - {by}:
        queue_mail(
            to=person,
            kind=MAIL,
            subject=current.slug,
            template="rounds/mail/moved_back.txt",
            about=current.title,
            link=link,
            by=by,
            round_=current.slug,
        )


@transaction.atomic
def drop_move_back(*, round_: Round, by: User, version: int) -> None:
    """Say no to a round's going back, or take the wish back; the round stays where it is.

    Args:
        round_: The round.
        by: Who says so; whoever asked may, too.
        version: Of the round as the person saw it.

    Raises:
        Refused: They may not.
        ChangedMeanwhileError: The round moved meanwhile.
    """
    current = Round.objects.select_for_update().get(pk=round_.pk)
    require(decide(Act.CONFIRM_MOVE_BACK, facts_of(by, current)))
    require_version(current, version)
    Round.objects.filter(pk=current.pk).update(
        back_to="", back_because="", back_asked_by=None, version=F("version") + 1
    )
    record_event(
        "going back dropped", by=by, subject=f"stage {current.back_to}", round_=current.slug
    )


@transaction.atomic
def open_published_stage(*, round_: Round, by: User) -> None:
    """Put a round before the public, once its site was released; two people did that.

    Args:
        round_: The round, locked and ruled on by the caller.
        by: Who released the site.
    """
    _open(round_, _stage(round_, Stage.PUBLISHED), by=by, reason="published", back=False)


def _stage(round_: Round, name: Stage) -> RoundStage:
    found = round_.stages.filter(name=name.value).first()
    if found is None:
        msg = f"This round has no stage {SPOKEN[name]}."
        raise Refused(msg)
    return found


def stages_in_reach(stages: Iterable[RoundStage]) -> list[RoundStage]:
    """The stages that can be opened from the open one: the next first, the earlier ones last.

    A stage that no round can do without is not jumped over, and only a release publishes.

    Args:
        stages: Of one round, in any order.
    """
    ordered = sorted(stages, key=lambda each: each.order)
    now = next(each.order for each in ordered if each.is_active)
    later = [each for each in ordered if each.order > now]
    fixed = [number for number, each in enumerate(later) if each.name in ALWAYS]
    later = later[: fixed[0] + 1] if fixed else later
    return [
        *(each for each in later if each.name != Stage.PUBLISHED),
        *(each for each in ordered if each.order < now),
    ]


def _require_in_reach(round_: Round, wanted: RoundStage) -> None:
    if wanted in stages_in_reach(round_.stages.all()):
        return
    if wanted.name == Stage.PUBLISHED:
        msg = "A round is published by releasing its site, which takes two people."
    elif wanted.is_active:
        msg = f"{str(wanted).capitalize()} is open already."
    else:
        msg = f"{str(wanted).capitalize()} cannot be opened yet: a needed stage comes before it."
    raise Refused(msg)


def _require_reason_if_early(now: RoundStage, reason: str, by: User) -> None:
    has_end = bool(now.closes_at) or now.closes_on == "quorum_then_clock"
    if has_end and not now.is_over and not by.alone and not reason.strip():
        msg = f"Say why: {now} has not reached its end yet."
        raise Refused(msg)


def _ask_to_go_back(round_: Round, to: Stage, *, by: User, reason: str) -> None:
    Round.objects.filter(pk=round_.pk).update(
        back_to=to.value, back_because=reason, back_asked_by=by, version=F("version") + 1
    )
    record_event(
        "going back asked for",
        by=by,
        subject=f"stage {to.value}",
        round_=round_.slug,
        reason=reason,
    )


def _open(round_: Round, wanted: RoundStage, *, by: User, reason: str, back: bool) -> None:
    at = timezone.now()
    RoundStage.objects.filter(round=round_, is_active=True).update(is_active=False, closed_at=at)
    RoundStage.objects.filter(pk=wanted.pk).update(is_active=True, opened_at=at, closed_at=None)
    approach = round_.approach or newest_approach()
    Round.objects.filter(pk=round_.pk).update(
        version=F("version") + 1,
        back_to="",
        back_because="",
        back_asked_by=None,
        approach=approach,
    )
    record_event(
        "stage moved back" if back else "stage opened",
        by=by,
        subject=f"stage {wanted.name}",
        round_=round_.slug,
        reason=reason,
        by_one_person=back and by.alone,
    )
