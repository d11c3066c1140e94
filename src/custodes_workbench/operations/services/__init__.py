"""Writes of the service: posts that count once, background work, mail."""

from custodes_workbench.operations.services.jobs import Service, ask_job, cancel_job, run_next_job
from custodes_workbench.operations.services.mail import (
    drop_mail,
    hold_mail_of,
    is_held,
    mails_that_wait,
    queue_mail,
    register_mail,
    send_queued,
    text_of,
    try_again,
)
from custodes_workbench.operations.services.posts import (
    answer_to,
    claim_post,
    close_post,
    give_back_post,
)

__all__ = [
    "Service",
    "answer_to",
    "ask_job",
    "cancel_job",
    "claim_post",
    "close_post",
    "drop_mail",
    "give_back_post",
    "hold_mail_of",
    "is_held",
    "mails_that_wait",
    "queue_mail",
    "register_mail",
    "run_next_job",
    "send_queued",
    "text_of",
    "try_again",
]
