"""What was acknowledged is there after any number of kills, and nothing is there by half."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from own_database import migrate, own_database, run_python

WRITER = Path(__file__).with_name("writer.py")
LOOK = """
import json
import django
django.setup()
from custodes_workbench.history.models import Entry
from custodes_workbench.history.selectors import verify_chain
from custodes_workbench.operations.verification import checks
from custodes_workbench.people.models import User
print(json.dumps({
    "people": sorted(User.objects.values_list("name", flat=True)),
    "entries": sorted(Entry.objects.values_list("object", flat=True)),
    "broken": verify_chain().broken_at,
    "faults": [fault for check in checks().values() for fault in check()],
}))
"""


def kills(folder, number):
    """Kill two writers again and again; what was acknowledged, and what is there."""
    chance = random.Random(20261124)  # noqa: S311 (when to kill, not what to hide)
    acknowledged = []
    with own_database(folder) as environment:
        migrate(environment)
        for turn in range(number):
            writers = [
                subprocess.Popen(
                    [sys.executable, str(WRITER), f"writer-{turn}-{each}"],
                    env=environment,
                    stdout=subprocess.PIPE,
                    text=True,
                    start_new_session=True,
                )
                for each in range(2)
            ]
            told = [each.stdout.readline() for each in writers]  # both are writing
            time.sleep(chance.uniform(0, 0.15))
            for each in writers:
                os.killpg(each.pid, signal.SIGKILL)
            for each, first in zip(writers, told, strict=True):
                acknowledged += [first, *each.stdout.readlines()]
                each.stdout.close()
                each.wait()
        started = time.monotonic()
        found = json.loads(run_python(environment, "-c", LOOK, capture_output=True).stdout)
        took = time.monotonic() - started
    return [each.strip() for each in acknowledged if each.endswith("\n")], found, took


def check(acknowledged, found):
    assert set(acknowledged) <= set(found["people"])
    assert found["people"] == found["entries"]
    assert (found["broken"], found["faults"]) == (None, [])


def test_kills_lose_nothing_that_was_acknowledged(tmp_path):
    acknowledged, found, took = kills(tmp_path, 3)

    assert len(acknowledged) > 6
    check(acknowledged, found)
    assert took < 30  # it starts without a manual step


@pytest.mark.long
def test_two_hundred_kills_lose_nothing_that_was_acknowledged(tmp_path):
    acknowledged, found, _ = kills(tmp_path, 100)

    check(acknowledged, found)
