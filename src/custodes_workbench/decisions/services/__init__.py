"""Writes of deciding: decisions, their release, and publications."""

from custodes_workbench.decisions.services.deciding import (
    ConditionGiven,
    DecisionGiven,
    DissentGiven,
    record_decision,
    release_decision,
    say_if_stands,
)
from custodes_workbench.decisions.services.publishing import (
    carry_out_publication,
    prepare_publication,
    release_publication,
)

__all__ = [
    "ConditionGiven",
    "DecisionGiven",
    "DissentGiven",
    "carry_out_publication",
    "prepare_publication",
    "record_decision",
    "release_decision",
    "release_publication",
    "say_if_stands",
]
