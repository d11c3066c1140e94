"""Writes of judging: the panel and answers of a folder, panels, conflicts, answers."""

from custodes_workbench.judgements.services.answers import hand_in, note_refusal, save_answer
from custodes_workbench.judgements.services.discussion import (
    NamesFound,
    mark_answered,
    post_comment,
)
from custodes_workbench.judgements.services.drafts import (
    SavedElsewhere,
    open_answer_round,
    save_draft,
)
from custodes_workbench.judgements.services.reading import letters, read_in_panel
from custodes_workbench.judgements.services.releasing import release_pools
from custodes_workbench.judgements.services.rollback import ask_rollback, confirm_rollback

__all__ = [
    "NamesFound",
    "SavedElsewhere",
    "ask_rollback",
    "confirm_rollback",
    "hand_in",
    "letters",
    "mark_answered",
    "note_refusal",
    "open_answer_round",
    "post_comment",
    "read_in_panel",
    "release_pools",
    "save_answer",
    "save_draft",
]
