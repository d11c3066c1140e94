"""Reads of systems: those of a round with their versions, and the scenarios kept in it."""

from __future__ import annotations

from django.db.models import QuerySet

from custodes.systems import System
from custodes_workbench.access import Act, Facts, Purpose, Role, decide
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import systems_of
from custodes_workbench.rounds.selectors import Reader, facts_of, rounds_visible_to
from custodes_workbench.systems.models import KeptScenario, SystemVersion


def sees_scenarios(reader: Reader) -> bool:
    """Whether a reader may work with the scenarios."""
    facts = reader.facts if isinstance(reader, User) else Facts(roles=frozenset({Role.PUBLIC}))
    return bool(decide(Act.SEE_SCENARIOS, facts))


def kept_visible_to(reader: Reader, round_: Round) -> QuerySet[KeptScenario]:
    """The scenarios kept in a round, in the order in which they were kept.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    seen = decide(Act.SEE_ROUND, facts_of(reader, round_))
    kept = KeptScenario.objects.filter(round=round_).select_related("round")
    return kept if seen else kept.none()


def rounds_that_keep(reader: Reader) -> list[Round]:
    """The rounds in which a reader may keep a scenario now."""
    return [
        each
        for each in rounds_visible_to(reader, Purpose.LIST)
        if decide(Act.KEEP_SCENARIO, facts_of(reader, each))
    ]


def systems_visible_to(reader: Reader, round_: Round) -> tuple[System, ...]:
    """The systems of a round as they stand, in the order of `systems.toml`.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    return systems_of(round_) if decide(Act.SEE_ROUND, facts_of(reader, round_)) else ()


def versions_now(round_: Round) -> dict[str, int]:
    """The number of each system's version that stands, for those that were ever changed."""
    rows = SystemVersion.objects.filter(round=round_).order_by("n")
    return {each.system_id: each.n for each in rows}


def version_of(round_: Round, system_id: str) -> int:
    """The number of a system's version that stands; 1 as long as nobody changed it."""
    return versions_now(round_).get(system_id, 1)


def changes_of(round_: Round, system_id: str) -> QuerySet[SystemVersion]:
    """What was changed in a system, the newest first."""
    return SystemVersion.objects.filter(round=round_, system_id=system_id)
