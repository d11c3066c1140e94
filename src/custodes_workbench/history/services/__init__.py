"""Writes of the history: its entries, and the signed roots that others keep."""

from custodes_workbench.history.services.entries import Actor, record_event
from custodes_workbench.history.services.roots import is_root_due, sign_root

__all__ = ["Actor", "is_root_due", "record_event", "sign_root"]
