"""Background work: a job's row is the truth about it, held by a lease while it runs."""

from __future__ import annotations

import datetime as dt
import logging
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from custodes.errors import CustodesError
from custodes_workbench.access import Refused
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.models import Job
from custodes_workbench.operations.works import Cancelled, Tell, work_of

if TYPE_CHECKING:
    from custodes_workbench.people.models import User

LEASE = dt.timedelta(seconds=60)
"""How long a worker holds a job without a sign of life."""
MOST_ATTEMPTS = 3
"""After so many workers that died over it, a job has failed."""
TELL_EVERY = 0.5
"""Progress is written at most this often, in seconds."""

_LOG = logging.getLogger("custodes_workbench")


@dataclass(frozen=True, slots=True)
class Service:
    """Who writes an entry when something happens by itself."""

    history_name: str = "worker"
    acting_as: str = ""


@transaction.atomic
def ask_job(
    *, kind: str, subject: str, round_slug: str, asked_by: User, idempotency_key: str
) -> Job:
    """Ask for a piece of background work; asked for again, it is the same job.

    A job that was cancelled or failed is queued again.

    Args:
        kind: Which work; its function is registered by the app that owns it.
        subject: What it works on, as the kind understands it.
        round_slug: The round's address; empty outside a round.
        asked_by: Who wants it.
        idempotency_key: What makes two requests the same.
    """
    job, made = Job.objects.select_for_update().get_or_create(
        idempotency_key=idempotency_key,
        defaults={"kind": kind, "subject": subject, "round": round_slug, "asked_by": asked_by},
    )
    if not made and job.state in (Job.State.FAILED, Job.State.CANCELLED):
        Job.objects.filter(pk=job.pk).update(
            state=Job.State.QUEUED, attempts=0, note="", cancel_asked=False, done=0, ended_at=None
        )
        job.refresh_from_db()
    return job


@transaction.atomic
def cancel_job(*, job: Job, by: User) -> None:
    """Ask a job to stop; one that has not begun is over at once.

    Whether the person may is the business of the app that owns the job.

    Args:
        job: Which.
        by: Who asks.
    """
    current = Job.objects.select_for_update().get(pk=job.pk)
    if current.is_over:
        return
    change: dict[str, object] = {"cancel_asked": True}
    if current.state == Job.State.QUEUED:
        change |= {"state": Job.State.CANCELLED, "ended_at": timezone.now()}
    Job.objects.filter(pk=job.pk).update(**change)
    record_event("job cancelled", by=by, subject=f"job {job.pk}", round_=job.round)


def take_job(owner: str) -> Job | None:
    """Take the oldest job that waits, or whose worker has died, and hold it by a lease.

    Args:
        owner: The worker's name.

    Returns:
        The job, or none where nothing waits.
    """
    with transaction.atomic():
        now = timezone.now()
        gone = Q(state=Job.State.RUNNING, lease_until__lt=now)
        _end_hopeless(gone)
        rows = Job.objects.filter(Q(state=Job.State.QUEUED) | gone).order_by("asked_at")
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        job = rows.first()
        if job is None:
            return None
        Job.objects.filter(pk=job.pk).update(
            state=Job.State.RUNNING,
            lease_owner=owner,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
        )
        job.refresh_from_db()
        return job


def _end_hopeless(gone: Q) -> None:
    for job in Job.objects.filter(gone, attempts__gte=MOST_ATTEMPTS):
        note = f"It was begun {MOST_ATTEMPTS} times, and its worker died each time."
        Job.objects.filter(pk=job.pk).update(
            state=Job.State.FAILED, note=note, ended_at=timezone.now()
        )
        record_event("job failed", by=Service(), subject=f"job {job.pk}", round_=job.round)


def renew_lease(*, job: UUID, owner: str) -> bool:
    """Say that the worker lives.

    Returns:
        Whether the job is still this worker's and nobody asked it to stop.
    """
    held = Job.objects.filter(pk=job, lease_owner=owner, state=Job.State.RUNNING)
    return bool(held.filter(cancel_asked=False).update(lease_until=timezone.now() + LEASE))


def is_unwanted(*, job: UUID, owner: str) -> bool:
    """Whether somebody asked the job to stop, or another worker has it."""
    held = Job.objects.filter(pk=job, lease_owner=owner, cancel_asked=False)
    return not held.exists()


def give_back_job(job: Job, *, begun: bool = True) -> None:
    """Let go of a job that did not end; the next attempt can begin at once.

    Args:
        job: Which.
        begun: Whether the attempt counts; not where the service was stopped.
    """
    held = Job.objects.filter(pk=job.pk, lease_owner=job.lease_owner, state=Job.State.RUNNING)
    attempts = F("attempts") if begun else F("attempts") - 1
    held.update(lease_until=timezone.now() - LEASE, attempts=attempts)


def carry_out(job: Job) -> None:
    """Do the work of a job that this worker holds, and write how it ended.

    Args:
        job: As :func:`take_job` gave it.
    """
    try:
        work_of(job.kind)(job, _teller(job))
    except Cancelled:
        end_job(job, state=Job.State.CANCELLED, note="")
    except (CustodesError, Refused) as error:
        end_job(job, state=Job.State.FAILED, note=str(error))
    except Exception:  # noqa: BLE001 (a job ends with a sentence, whatever happened)
        number = secrets.token_hex(4)
        _LOG.exception("error %s in job %s", number, job.pk)
        note = f"This is our fault. Tell your administrator the number {number}."
        end_job(job, state=Job.State.FAILED, note=note)
    else:
        end_job(job, state=Job.State.DONE, note="")


@transaction.atomic
def end_job(job: Job, *, state: str, note: str) -> None:
    """Write how a job ended, if this worker still holds it.

    Args:
        job: Which.
        state: Done, failed or cancelled.
        note: Why, in a sentence for the person who asked.
    """
    held = Job.objects.filter(pk=job.pk, lease_owner=job.lease_owner, state=Job.State.RUNNING)
    change: dict[str, object] = {"state": state, "note": note, "ended_at": timezone.now()}
    if state == Job.State.DONE:
        change["done"] = F("total")
    if held.update(**change) and state == Job.State.FAILED:
        record_event("job failed", by=Service(), subject=f"job {job.pk}", round_=job.round)


def run_next_job(owner: str) -> bool:
    """Take one job and carry it out in this process.

    Args:
        owner: The worker's name.

    Returns:
        Whether there was one.
    """
    job = take_job(owner)
    if job is None:
        return False
    carry_out(job)
    return True


def _teller(job: Job) -> Tell:
    last = -TELL_EVERY

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < TELL_EVERY and done < total:
            return
        last = now
        held = Job.objects.filter(
            pk=job.pk, lease_owner=job.lease_owner, state=Job.State.RUNNING, cancel_asked=False
        )
        if not held.update(done=done, total=total, lease_until=timezone.now() + LEASE):
            raise Cancelled

    return tell
