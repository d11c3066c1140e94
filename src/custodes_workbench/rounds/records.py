"""A round's row and the library's records: settings, worldviews, systems, mitigations."""

from __future__ import annotations

from custodes.mitigations import Mitigation
from custodes.quantities import Assumption
from custodes.rounds import RoundSettings
from custodes.systems import System
from custodes.worldviews import Worldview
from custodes_workbench.rounds.models import Round, RoundWorldview


def settings_of(round_: Round) -> RoundSettings:
    """What `round.toml` would say."""
    return RoundSettings.model_validate(round_.settings)


def systems_of(round_: Round) -> tuple[System, ...]:
    """Systems that efforts act on, beside the built-in one."""
    return tuple(System.model_validate(each) for each in round_.systems)


def mitigations_of(round_: Round) -> tuple[Mitigation, ...]:
    """The mitigations of the round: the library, changed or not, and its own."""
    return tuple(Mitigation.model_validate(each) for each in round_.mitigations)


def worldview_of(row: RoundWorldview) -> Worldview:
    """One version of a worldview."""
    return Worldview.model_validate(row.record)


def changed_quantities(
    before: Worldview, after: Worldview
) -> list[tuple[str, Assumption, Assumption]]:
    """The quantities in which a worldview differs from another, with both ranges.

    Args:
        before: The earlier one.
        after: The later one.
    """
    return [
        (name, before.quantities[name], amount)
        for name, amount in after.quantities.items()
        if name in before.quantities and amount != before.quantities[name]
    ]
