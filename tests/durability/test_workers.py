"""A worker that is killed in the middle of a job leaves nothing half-done, and nothing twice."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from own_database import beside_tests, migrate, own_database, run_python

WORKER = Path(__file__).with_name("worker.py")
LEASE = 3.0
"""Seconds that a job is held without a sign of life."""
ASK = """
import sys
import django
django.setup()
from cast import a_cast, a_workbench_round
from custodes_workbench.access import Stage
from custodes_workbench.assessments.services import start_run
from custodes_workbench.efforts.models import Revision
cast = a_cast()
row = a_workbench_round(cast, Stage.ASSESSMENT, samples=65536)  # a second, so that a kill meets it
first = Revision.objects.get(effort__effort_id="first")
for number in range(int(sys.argv[1])):
    record = {**first.record, "title": f"Effort as told the {number}th time"}
    Revision.objects.filter(pk=first.pk).update(record=record)
    start_run(round_=row, kind="assess", by=cast.now("lena"))
"""
LOOK = """
import collections, json
import custodes, django
django.setup()
from custodes.exchange import result_text
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.records import inputs_of, sha256_of_text
from custodes_workbench.history.models import Entry
from custodes_workbench.operations.models import Job
from custodes_workbench.operations.verification import checks
applied = Entry.objects.filter(action="run done").values_list("object", flat=True)
entries = collections.Counter(applied)
failed = Entry.objects.filter(action="job failed").values_list("object", flat=True)
other = Entry.objects.filter(action="run gave another result").count()
runs = []
for run in Run.objects.select_related("job", "round").order_by("n"):
    again = sha256_of_text(result_text(custodes.assess(inputs_of(run)).record))
    runs.append({
        "state": run.job.state,
        "attempts": run.job.attempts,
        "applied": entries[f"assess {run.round.slug}/{run.n}"],
        "told": list(failed).count(f"job {run.job.pk}"),
        "same": run.result_sha256 == again,
        "job": str(run.job.pk),
    })
faults = [fault for check in checks().values() for fault in check()]
print(json.dumps({"runs": runs, "other": other, "faults": faults}))
"""


@dataclass
class Killed:
    """What came of killing workers."""

    jobs: list[str]
    """The job in hand at each kill."""
    seconds: float
    """From the moment when another worker could take the last of them until it did."""
    found: dict[str, object]
    """What stands in the database."""


def started(environment, until):
    """A worker in a process group of its own, ready to take a job."""
    worker = subprocess.Popen(
        [sys.executable, str(WORKER), str(LEASE), until],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert worker.stdout.readline() == "ready\n"
    return worker


def stopped(worker):
    """Kill a worker, and whatever it started that still lives."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.stdout.close()
    worker.wait()


def kills(folder, number, *, jobs):
    """Kill one worker after another over that many jobs, then let one work in peace."""
    chance = random.Random(20_261_124)  # noqa: S311 (when to kill, not what to hide)
    orphaned, in_hand = [], []
    with own_database(folder) as environment:
        migrate(environment)
        run_python(beside_tests(environment), "-c", ASK, str(jobs))
        for turn in range(number):
            worker = started(environment, "until killed")
            in_hand.append(worker.stdout.readline().strip())
            time.sleep(chance.uniform(0, 1))
            if turn % 3:
                stopped(worker)
            else:  # what it had started lives on, and must do no harm
                worker.kill()
                orphaned.append(worker)
        worker = started(environment, "nothing is left")
        began = time.monotonic()
        taken = worker.stdout.readline()
        seconds = time.monotonic() - began if taken else 0.0
        worker.communicate(timeout=600)
        for each in orphaned:
            stopped(each)
        found = json.loads(run_python(environment, "-c", LOOK, capture_output=True).stdout)
    return Killed(in_hand, seconds, found)


def check(killed):
    """Every job is over, once and with the same bytes; who takes one over waits no longer."""
    runs = killed.found["runs"]
    done = [each for each in runs if each["state"] == "done"]
    failed = [each for each in runs if each["state"] == "failed"]
    assert len(done) + len(failed) == len(runs)
    assert killed.seconds <= 2 * LEASE
    assert [each for each in done if not each["same"] or each["applied"] != 1] == []
    # one that failed was begun three times, by workers that were all killed over it
    assert [each for each in failed if each["attempts"] != 3 or each["told"] != 1] == []
    assert [each for each in failed if killed.jobs.count(each["job"]) < 3] == []
    assert (killed.found["other"], killed.found["faults"]) == (0, [])


def test_a_job_whose_worker_is_killed_is_done_once(tmp_path):
    killed = kills(tmp_path, 2, jobs=2)

    check(killed)


@pytest.mark.long
def test_fifty_killed_workers_leave_every_job_done_or_failed(tmp_path):
    killed = kills(tmp_path, 50, jobs=30)

    assert all(killed.jobs)
    check(killed)
