"""Writes of systems: keeping a scenario."""

from custodes_workbench.systems.services.keeping import NameTakenError, keep_scenario

__all__ = ["NameTakenError", "keep_scenario"]
