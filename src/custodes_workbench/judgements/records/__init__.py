"""Rows of judging and the library's records; what is asked, and what was typed."""

from custodes_workbench.judgements.records.rows import (
    conflict_of,
    expert_of,
    judgement_of,
    seed_of,
)

__all__ = ["conflict_of", "expert_of", "judgement_of", "seed_of"]
