"""Rows of judging and the library's records; what is asked, and what was typed."""

from custodes_workbench.judgements.records.questions import (
    ASKED,
    MAIN,
    Group,
    Slider,
    groups,
    order_of_questions,
    reference_cost,
    reference_range,
    slider_of,
    spoken,
    wording,
)
from custodes_workbench.judgements.records.rows import (
    conflict_of,
    expert_of,
    judgement_of,
    seed_of,
)
from custodes_workbench.judgements.records.said_back import all_forms
from custodes_workbench.judgements.records.typed import (
    ASKED_ONCE,
    asked_once,
    kept_fields,
    read_typed,
)

__all__ = [
    "ASKED",
    "ASKED_ONCE",
    "MAIN",
    "Group",
    "Slider",
    "all_forms",
    "asked_once",
    "conflict_of",
    "expert_of",
    "groups",
    "judgement_of",
    "kept_fields",
    "order_of_questions",
    "read_typed",
    "reference_cost",
    "reference_range",
    "seed_of",
    "slider_of",
    "spoken",
    "wording",
]
