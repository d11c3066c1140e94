"""Rulings on conflicts of interest: given by one person, and confirmed by another to clear one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes_workbench.access import Act, Refused, by_one_person, decide, require
from custodes_workbench.history.services import record_event
from custodes_workbench.judgements.models import ConflictOfInterest, ConflictRuling
from custodes_workbench.judgements.selectors.panel import facts_on_conflict
from custodes_workbench.judgements.services.effects import follow_conflicts
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User

_STANDS = ("declared", "strength")
"""What a folder says of a conflict that a ruling here does not replace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingGiven:
    """A ruling as it was given."""

    decided: str
    reason: str
    pinned: bool = False
    dismissed: bool = False
    weight: float | None = None


def takes_two(conflict: ConflictOfInterest, given: RulingGiven) -> bool:
    """Whether a ruling clears a conflict, which takes two people.

    What only may be so is dismissed by one person, or false findings would drown everybody.
    """
    maybe = conflict.strength == "soft" and not conflict.declared
    return given.decided == "none" and not (given.dismissed and maybe)


@transaction.atomic
def decide_conflict(
    *, conflict: ConflictOfInterest, given: RulingGiven, by: User, version: int
) -> bool:
    """Decide what a conflict means; what was declared stays as it was declared.

    Args:
        conflict: Which.
        given: The ruling.
        by: Who decides.
        version: Of the conflict as the person saw it.

    Returns:
        Whether it holds; not where it clears the conflict and a second person has to confirm.

    Raises:
        Refused: They may not, or have a conflict of their own here.
        ChangedMeanwhileError: Somebody else has decided meanwhile.
    """
    require(decide(Act.DECIDE_CONFLICT, facts_on_conflict(by, conflict)))
    _require_others(conflict, by)
    two = takes_two(conflict, given)
    if two:
        require(decide(Act.CLEAR_CONFLICT, facts_on_conflict(by, conflict)))
    _next_version(conflict, version)
    _turn_down_what_waits(conflict)
    ruling = ConflictRuling.objects.create(
        conflict=conflict,
        decided=given.decided,
        reason=given.reason,
        dismissed=given.dismissed,
        pinned=given.pinned,
        weight=given.weight,
        given_by=by,
    )
    if two and not by.alone:
        record_event(
            "clearing of a conflict prepared",
            by=by,
            subject=_subject(conflict),
            round_=conflict.round.slug,
            reason=given.reason,
        )
        return False
    _let_hold(ruling, conflict, by=by, alone=two)
    return True


@transaction.atomic
def confirm_ruling(*, ruling: ConflictRuling, by: User, version: int) -> None:
    """Let a ruling hold that clears a conflict, as the second person.

    Args:
        ruling: That waits.
        by: Who confirms it; not who gave it.
        version: Of the conflict as the person saw it.

    Raises:
        Refused: They may not, gave it themselves, or it does not wait any more.
        ChangedMeanwhileError: Somebody else has decided meanwhile.
    """
    conflict = ruling.conflict
    require(decide(Act.CLEAR_CONFLICT, facts_on_conflict(by, conflict)))
    _require_others(conflict, by)
    alone = by_one_person(
        Act.CLEAR_CONFLICT,
        prepared_by=ruling.given_by_id,
        confirmed_by=by.pk,
        alone=by.alone,
    )
    _next_version(conflict, version)
    waiting = ConflictRuling.objects.filter(pk=ruling.pk, holds_from=None, turned_down_at=None)
    if not waiting.update(confirmed_by=by):
        raise ChangedMeanwhileError
    _let_hold(ruling, conflict, by=by, alone=alone)


@transaction.atomic
def turn_down_ruling(*, ruling: ConflictRuling, by: User, version: int) -> None:
    """Say no to the clearing of a conflict, or take it back; the conflict stays as it was.

    Args:
        ruling: That waits.
        by: Who says so; whoever gave it may, too.
        version: Of the conflict as the person saw it.

    Raises:
        Refused: They may not.
        ChangedMeanwhileError: Somebody else has decided meanwhile.
    """
    conflict = ruling.conflict
    require(decide(Act.CLEAR_CONFLICT, facts_on_conflict(by, conflict)))
    _require_others(conflict, by)
    _next_version(conflict, version)
    _turn_down_what_waits(conflict)
    record_event(
        "clearing of a conflict turned down",
        by=by,
        subject=_subject(conflict),
        round_=conflict.round.slug,
    )


def reopen(conflict: ConflictOfInterest, *, by: User, reason: str) -> None:
    """Ask for a new ruling: what stands now is stronger than what was ruled on.

    Args:
        conflict: Which; not pinned.
        by: Who had it looked for.
        reason: Why.
    """
    ConflictOfInterest.objects.filter(pk=conflict.pk).update(
        decided="",
        dismissed=False,
        weight=None,
        reason=reason,
        decided_by=None,
        decided_at=None,
        by_one_person=False,
        version=F("version") + 1,
    )
    _turn_down_what_waits(conflict)
    ConflictRuling.objects.create(
        conflict=conflict, decided="", reason=reason, given_by=by, holds_from=timezone.now()
    )


def _require_others(conflict: ConflictOfInterest, by: User) -> None:
    if conflict.person_id == by.pk and not by.alone:
        msg = "Nobody decides a conflict of their own; another officer has to."
        raise Refused(msg)


def _next_version(conflict: ConflictOfInterest, version: int) -> None:
    seen = ConflictOfInterest.objects.filter(pk=conflict.pk, version=version)
    if not seen.update(version=F("version") + 1):
        raise ChangedMeanwhileError


def _turn_down_what_waits(conflict: ConflictOfInterest) -> None:
    waiting = ConflictRuling.objects.filter(
        conflict=conflict, holds_from=None, turned_down_at=None
    )
    waiting.update(turned_down_at=timezone.now())


def _let_hold(
    ruling: ConflictRuling, conflict: ConflictOfInterest, *, by: User, alone: bool
) -> None:
    now = timezone.now()
    ConflictRuling.objects.filter(pk=ruling.pk).update(holds_from=now)
    ConflictOfInterest.objects.filter(pk=conflict.pk).update(
        decided=ruling.decided,
        dismissed=ruling.dismissed,
        pinned=ruling.pinned,
        weight=ruling.weight,
        reason=ruling.reason,
        decided_by=ruling.given_by,
        decided_at=now,
        by_one_person=alone,
        as_read={name: conflict.as_read[name] for name in _STANDS if name in conflict.as_read},
    )
    follow_conflicts(round_=conflict.round, person=conflict.person)
    record_event(
        "conflict dismissed" if ruling.dismissed else "conflict decided",
        by=by,
        subject=_subject(conflict),
        round_=conflict.round.slug,
        reason=ruling.reason,
        by_one_person=alone,
        told={"decided": ruling.decided, "pinned": ruling.pinned, "weight": ruling.weight},
    )


def _subject(conflict: ConflictOfInterest) -> str:
    return f"conflict {conflict.pk} of {conflict.person.history_name}"
