"""A worker with short leases that says on standard output which job it took."""

import datetime as dt
import sys
import time

import django

django.setup()

from custodes_workbench.operations import worker  # noqa: E402 (after the set-up)
from custodes_workbench.operations.models import Job  # noqa: E402 (the same)
from custodes_workbench.operations.services import jobs  # noqa: E402 (the same)

jobs.LEASE = dt.timedelta(seconds=float(sys.argv[1]))
worker.IDLE, worker.POLL, worker.RENEW = 0.02, 0.02, float(sys.argv[1]) / 4
take = jobs.take_job


def take_and_tell(owner):
    """Take a job as ever."""
    job = take(owner)
    if job is not None:
        sys.stdout.write(f"{job.pk}\n")
        sys.stdout.flush()
    return job


jobs.take_job = take_and_tell
sys.stdout.write("ready\n")
sys.stdout.flush()
if sys.argv[2] == "until killed":
    worker.work()
while Job.objects.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING]).exists():
    worker._one("the last one", parent=None)
    time.sleep(worker.IDLE)
