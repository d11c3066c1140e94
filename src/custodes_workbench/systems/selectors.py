"""Reads of systems: the scenarios that were kept in a round."""

from __future__ import annotations

from django.db.models import QuerySet

from custodes_workbench.access import Act, Facts, Purpose, Role, decide
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import Reader, facts_of, rounds_visible_to
from custodes_workbench.systems.models import KeptScenario


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
