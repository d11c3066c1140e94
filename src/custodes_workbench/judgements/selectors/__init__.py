"""Reads of judging: what is computed with, panels, answers."""

from custodes_workbench.judgements.selectors.answers import (
    PanelAnswer,
    comments_visible_to,
    own_letter,
    panel_answers,
    questions_answered,
    sees_each_answer,
)
from custodes_workbench.judgements.selectors.computed import (
    conflicts_computed,
    efforts_handed_in_by,
    experts_computed,
    judgements_computed,
    seeds_computed,
)
from custodes_workbench.judgements.selectors.counted import counted_answers
from custodes_workbench.judgements.selectors.names import names_in
from custodes_workbench.judgements.selectors.own import (
    ACT_OF,
    Task,
    answer_round_of,
    answers_before,
    facts_of_judge,
    may_judge,
    own_answers,
    own_assignment,
    own_drafts,
    tasks_in,
    tasks_of,
    what_waits,
)
from custodes_workbench.judgements.selectors.picture import Picture, picture_of
from custodes_workbench.judgements.selectors.pooled import (
    FEWEST,
    WITHHELD,
    PooledForReader,
    basis_of,
    for_reader_of_aggregates,
    pooled_visible_to,
    spread_of,
)

__all__ = [
    "ACT_OF",
    "FEWEST",
    "WITHHELD",
    "PanelAnswer",
    "Picture",
    "PooledForReader",
    "Task",
    "answer_round_of",
    "answers_before",
    "basis_of",
    "comments_visible_to",
    "conflicts_computed",
    "counted_answers",
    "efforts_handed_in_by",
    "experts_computed",
    "facts_of_judge",
    "for_reader_of_aggregates",
    "judgements_computed",
    "may_judge",
    "names_in",
    "own_answers",
    "own_assignment",
    "own_drafts",
    "own_letter",
    "panel_answers",
    "picture_of",
    "pooled_visible_to",
    "questions_answered",
    "seeds_computed",
    "sees_each_answer",
    "spread_of",
    "tasks_in",
    "tasks_of",
    "what_waits",
]
