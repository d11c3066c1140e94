"""Keeping a solved scenario as part of a round."""

from __future__ import annotations

from importlib.metadata import version

from django.db import transaction

from custodes_workbench.access import Act, decide, require
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of
from custodes_workbench.systems.models import KeptScenario
from custodes_workbench.systems.records.scenarios import Solved


class NameTakenError(Exception):
    """The round has a scenario of this name already."""


@transaction.atomic
def keep_scenario(
    *, round_: Round, solved: Solved, name: str, by: User, reason: str
) -> KeptScenario:
    """Keep a solved scenario in a round, with its result as it is now.

    Args:
        round_: The round.
        solved: The scenario.
        name: What the case is called; used once in a round.
        by: Who keeps it.
        reason: Why.

    Raises:
        Refused: They may not now.
        NameTakenError: There is one of this name.
    """
    require(decide(Act.KEEP_SCENARIO, facts_of(by, round_)))
    Round.objects.select_for_update().get(pk=round_.pk)  # one number and one name each
    there = KeptScenario.objects.filter(round=round_)
    if there.filter(name__iexact=name).exists():
        raise NameTakenError
    kept = KeptScenario.objects.create(
        round=round_,
        n=1 + there.count(),
        name=name,
        scenario=solved.record.scenario,
        typed=solved.typed,
        result_json=solved.record.as_json(),
        library_version=version("custodes"),
        reason=reason,
        kept_by=by,
    )
    record_event(
        "scenario kept",
        by=by,
        subject=f"scenario {round_.slug}/{kept.n}",
        round_=round_.slug,
        reason=reason,
        told={"name": name, "scenario": kept.scenario, "set": solved.typed},
    )
    return kept
