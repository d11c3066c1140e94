"""The process that does background work: each job in a child, so that it can be stopped."""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import time
import uuid

import django
from django.apps import apps
from django.db import connections

from custodes_workbench.operations.chores import ChoreClock, do_chores

_PROCESSES = (
    multiprocessing.get_context("fork")
    if "fork" in multiprocessing.get_all_start_methods()
    else multiprocessing.get_context("spawn")
)
POLL = 0.25
"""How often a running job is looked at, in seconds."""
IDLE = 1.0
"""How often the worker looks for a job, in seconds."""
RENEW = 15.0
"""How often it says that it lives, in seconds."""


def work(*, parent: int | None = None) -> None:
    """Do jobs until the process ends, or the parent that started it has gone.

    Args:
        parent: The process that must live; none works on by itself.
    """
    owner = f"{socket.gethostname()[:40]}:{os.getpid()}"
    clock = ChoreClock()
    while parent is None or os.getppid() == parent:
        if clock.strikes():
            do_chores()
        if not _one(owner, parent=parent):
            time.sleep(IDLE)


def _one(owner: str, *, parent: int | None) -> bool:
    from custodes_workbench.operations.models import Job  # noqa: PLC0415 (after Django is set up)
    from custodes_workbench.operations.services import jobs  # noqa: PLC0415 (the same)

    job = jobs.take_job(owner)
    if job is None:
        return False
    connections.close_all()  # a child must not share them
    child = _PROCESSES.Process(target=_carry_out, args=(job.pk,))
    child.start()
    renewed = time.monotonic()
    while child.is_alive():
        child.join(POLL)
        if parent is not None and os.getppid() != parent:
            child.kill()
            jobs.give_back_job(job, begun=False)
            return True
        if jobs.is_unwanted(job=job.pk, owner=owner):
            child.kill()
            child.join()
            jobs.end_job(job, state=Job.State.CANCELLED, note="")
            return True
        if time.monotonic() - renewed > RENEW:
            renewed = time.monotonic()
            jobs.renew_lease(job=job.pk, owner=owner)
    if child.exitcode:
        jobs.give_back_job(job)
    return True


def _carry_out(pk: uuid.UUID) -> None:
    if not apps.ready:
        django.setup()
    from custodes_workbench.operations.selectors import job_by  # noqa: PLC0415 (after the set-up)
    from custodes_workbench.operations.services.jobs import carry_out  # noqa: PLC0415 (the same)

    carry_out(job_by(pk))


if __name__ == "__main__":
    django.setup()
    try:
        work(parent=int(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit(0)
