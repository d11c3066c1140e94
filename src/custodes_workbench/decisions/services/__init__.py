"""Writes of deciding: decisions, their release, and publications."""

from custodes_workbench.decisions.services.deciding import (
    ConditionGiven,
    DecisionGiven,
    DissentGiven,
    note_refusal,
    record_decision,
    release_decision,
    say_if_stands,
    take_package,
    word_condition,
)
from custodes_workbench.decisions.services.following_up import (
    STATES,
    TURNS,
    report_on,
    settle_condition,
    turn_support,
)
from custodes_workbench.decisions.services.publishing import (
    carry_out_publication,
    prepare_publication,
    release_publication,
)

__all__ = [
    "STATES",
    "TURNS",
    "ConditionGiven",
    "DecisionGiven",
    "DissentGiven",
    "carry_out_publication",
    "note_refusal",
    "prepare_publication",
    "record_decision",
    "release_decision",
    "release_publication",
    "report_on",
    "say_if_stands",
    "settle_condition",
    "take_package",
    "turn_support",
    "word_condition",
]
