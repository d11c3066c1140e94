"""Writes of computing: runs, and reading a round in."""

from custodes_workbench.assessments.services.folders import read_in_round
from custodes_workbench.assessments.services.runs import (
    ask_report,
    cancel_run,
    carry_out_report,
    carry_out_run,
    propose,
    start_run,
)

__all__ = [
    "ask_report",
    "cancel_run",
    "carry_out_report",
    "carry_out_run",
    "propose",
    "read_in_round",
    "start_run",
]
