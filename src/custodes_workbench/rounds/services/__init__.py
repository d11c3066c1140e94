"""Writes of rounds: making one, its settings, stages, worldviews, mitigations and approach."""

from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.rounds.services.approach import (
    confirm_approach,
    propose_approach,
    write_approach,
)
from custodes_workbench.rounds.services.assumptions import (
    change_mitigation,
    change_settings,
    change_worldview,
    take_worldviews,
)
from custodes_workbench.rounds.services.making import make_round, new_round_starts_with
from custodes_workbench.rounds.services.stages import (
    change_stages,
    confirm_move_back,
    drop_move_back,
    move_to_stage,
    open_published_stage,
)
from custodes_workbench.rounds.services.standstill import ask_to_thaw, confirm_thaw, freeze_round

__all__ = [
    "ChangedMeanwhileError",
    "ask_to_thaw",
    "change_mitigation",
    "change_settings",
    "change_stages",
    "change_worldview",
    "confirm_approach",
    "confirm_move_back",
    "confirm_thaw",
    "drop_move_back",
    "freeze_round",
    "make_round",
    "move_to_stage",
    "new_round_starts_with",
    "open_published_stage",
    "propose_approach",
    "take_worldviews",
    "write_approach",
]
