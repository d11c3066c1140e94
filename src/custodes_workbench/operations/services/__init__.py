"""Writes of the service: posts that count once, and background work."""

from custodes_workbench.operations.services.jobs import ask_job, cancel_job, run_next_job
from custodes_workbench.operations.services.posts import (
    answer_to,
    claim_post,
    close_post,
    give_back_post,
)

__all__ = [
    "answer_to",
    "ask_job",
    "cancel_job",
    "claim_post",
    "close_post",
    "give_back_post",
    "run_next_job",
]
