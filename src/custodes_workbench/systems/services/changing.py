"""Adding a system to a round and changing one; what stood before is kept."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from custodes.systems import BUILT_IN, System
from custodes_workbench.access import Act, decide, require
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import systems_of
from custodes_workbench.rounds.selectors import facts_of
from custodes_workbench.systems.models import SystemVersion
from custodes_workbench.systems.selectors import version_of


class IdTakenError(Exception):
    """The round has a system of this id already."""


@transaction.atomic
def add_system(
    *, round_: Round, system: System, by: User, reason: str, source: str
) -> SystemVersion:
    """Add a system to a round.

    Args:
        round_: The round.
        system: The system; no other of the round has its id.
        by: Who adds it.
        reason: Why.
        source: Where a reader can check what it says.

    Raises:
        Refused: They may not now.
        IdTakenError: There is one of this id.
    """
    require(decide(Act.EDIT_SYSTEMS, facts_of(by, round_)))
    there = _systems_locked(round_)
    if system.id.casefold() in {each.id.casefold() for each in (BUILT_IN, *there)}:
        raise IdTakenError
    _keep(round_, (*there, system))
    made = SystemVersion.objects.create(
        round=round_,
        system_id=system.id,
        n=1,
        record=system.model_dump(mode="json"),
        reason=reason,
        source=source,
        made_by=by,
    )
    _tell("system added", made, by=by)
    return made


@transaction.atomic
def change_system(
    *, round_: Round, system: System, by: User, n: int, reason: str, source: str
) -> SystemVersion:
    """Put a system in the place of the one of its id; the earlier version is kept.

    Args:
        round_: The round.
        system: As it should be; it has the id of one that is there.
        by: Who changes it.
        n: The version that the person saw.
        reason: Why.
        source: Where a reader can check it.

    Raises:
        Refused: They may not now.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.EDIT_SYSTEMS, facts_of(by, round_)))
    there = _systems_locked(round_)
    before = {each.id: each for each in there}[system.id]
    if version_of(round_, system.id) != n:
        raise ChangedMeanwhileError
    _keep(round_, [system if each.id == system.id else each for each in there])
    made = SystemVersion.objects.create(
        round=round_,
        system_id=system.id,
        n=n + 1,
        before=before.model_dump(mode="json"),
        record=system.model_dump(mode="json"),
        reason=reason,
        source=source,
        made_by=by,
    )
    _tell("system changed", made, by=by)
    return made


def _systems_locked(round_: Round) -> tuple[System, ...]:
    """What stands now; nobody else changes it until the transaction ends."""
    return systems_of(Round.objects.select_for_update().get(pk=round_.pk))


def _keep(round_: Round, systems: Sequence[System]) -> None:
    kept = [each.model_dump(mode="json") for each in systems]
    Round.objects.filter(pk=round_.pk).update(systems=kept)


def _tell(action: str, made: SystemVersion, *, by: User) -> None:
    record_event(
        action,
        by=by,
        subject=f"system {made.round.slug}/{made.system_id}/{made.n}",
        round_=made.round.slug,
        reason=made.reason,
        told={"source": made.source},
    )
