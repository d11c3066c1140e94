"""Systems that efforts act on: safety, access, holders, and whether a deployment can be undone."""

from custodes.systems._correction import (
    TRIGGER_STATES,
    Correction,
    CorrectionEvent,
    Lever,
    Trigger,
)
from custodes.systems._corrections_table import CORRECTIONS_SCHEMA, corrections_from
from custodes.systems._escalation import Escalation, escalations
from custodes.systems._readiness import CANNOT_BE_UNDONE, Criterion, readiness
from custodes.systems._system import BUILT_IN, SCHEMA, System, systems_from

__all__ = [
    "BUILT_IN",
    "CANNOT_BE_UNDONE",
    "CORRECTIONS_SCHEMA",
    "SCHEMA",
    "TRIGGER_STATES",
    "Correction",
    "CorrectionEvent",
    "Criterion",
    "Escalation",
    "Lever",
    "System",
    "Trigger",
    "corrections_from",
    "escalations",
    "readiness",
    "systems_from",
]
