"""Audits of systems: what was run and by whom, what it shows, and what it does not."""

from custodes.evidence._checks import CHECKS, Check, Effect, Flag, flags_of_run, stops
from custodes.evidence._recompute import jeffreys_interval, number_of, recomputed
from custodes.evidence._runs import Edit, Interval, Recomputed, Run, RunStatus, Score

__all__ = [
    "CHECKS",
    "Check",
    "Edit",
    "Effect",
    "Flag",
    "Interval",
    "Recomputed",
    "Run",
    "RunStatus",
    "Score",
    "flags_of_run",
    "jeffreys_interval",
    "number_of",
    "recomputed",
    "stops",
]
