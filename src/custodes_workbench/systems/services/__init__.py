"""Writes of systems: adding and changing them, keeping a scenario."""

from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.systems.services.changing import IdTakenError, add_system, change_system
from custodes_workbench.systems.services.keeping import NameTakenError, keep_scenario

__all__ = [
    "ChangedMeanwhileError",
    "IdTakenError",
    "NameTakenError",
    "add_system",
    "change_system",
    "keep_scenario",
]
