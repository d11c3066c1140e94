"""Writes of computing: runs, and reading a round in."""

from custodes_workbench.assessments.services.folders import read_in_round
from custodes_workbench.assessments.services.runs import (
    cancel_run,
    carry_out_run,
    propose,
    start_run,
)

__all__ = ["cancel_run", "carry_out_run", "propose", "read_in_round", "start_run"]
