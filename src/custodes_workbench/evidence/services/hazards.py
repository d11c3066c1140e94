"""What a round says of a hazard of a system: without it, audits move no number."""

from __future__ import annotations

from collections.abc import Mapping

from custodes.quantities import Assumption
from custodes.systems import System
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.systems.models import SystemVersion
from custodes_workbench.systems.services import change_system


def state_hazard(  # noqa: PLR0913 (what is stated, with its ground)
    *,
    round_: Round,
    system: System,
    hazard: str,
    stated: Mapping[str, Assumption],
    by: User,
    n: int,
    reason: str,
    source: str,
) -> SystemVersion:
    """State how likely a system has a hazard, and what harm it would do; a new version of it.

    Args:
        round_: The round.
        system: The system as it stands.
        hazard: The hazard.
        stated: `hidden_problem` and `harm_if_hidden`.
        by: Who states it.
        n: The version of the system that the person saw.
        reason: Why.
        source: Where a reader can check it.

    Raises:
        Refused: They may not change systems now.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    hazards = {**system.hazards, hazard: dict(stated)}
    return change_system(
        round_=round_,
        system=system.model_copy(update={"hazards": hazards}),
        by=by,
        n=n,
        reason=reason,
        source=source,
    )
