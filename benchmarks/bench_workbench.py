"""Fifty reviewers at once on one laptop database: errors, and how long a save takes.

Each opens a question, keeps a draft, saves an answer and thinks for some seconds; all against a
workbench started as anybody starts it, over loopback, on SQLite or the server of DATABASE_URL.
Run it alone on the machine: `python benchmarks/bench_workbench.py`.
"""

import csv
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "tests")]
from workbench_server import running  # noqa: E402 (found only after the line above)

PEOPLE, SECONDS = 50, 90
REVIEWERS = Path(__file__).with_name("reviewers.py")
MAKE = f"""
import json, sys
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from cast import a_cast, a_workbench_round, stand
from custodes_workbench.access import Relation, Role, Stage
from custodes_workbench.efforts.models import Effort
from custodes_workbench.judgements.models import Assignment, PanelMember
from custodes_workbench.people.models import Membership, User
row = a_workbench_round(a_cast(), Stage.BLIND)
first = Effort.objects.get(round=row, effort_id="first")
keys = []
for number in range({PEOPLE}):
    person = User.objects.create(email=f"r{{number}}@example.org", name=f"Reviewer {{number}}")
    Membership.objects.create(person=person, role=Role.EXPERT, round=row.slug)
    member = PanelMember.objects.create(
        round=row, person=person, code=f"R-{{number}}", state="accepted"
    )
    Assignment.objects.create(member=member, effort=first, letter=f"R{{number}}")
    stand(first, person, Relation.ASSIGNED)
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    keys.append(session.session_key)
print(json.dumps(keys), file=open("KEYS", "w"))
"""


def main() -> None:
    """Start a workbench, let the reviewers work, and tell what was seen."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running(folder, alone=False) as workbench:
            workbench.run(MAKE.replace("KEYS", str(folder / "keys.json")))
            subprocess.run(
                [
                    *(sys.executable, "-m", "locust", "-f", str(REVIEWERS), "--headless"),
                    *("-u", str(PEOPLE), "-r", "10", "-t", f"{SECONDS}s", "--only-summary"),
                    *("--host", workbench.base, "--csv", str(folder / "seen")),
                ],
                check=False,
                capture_output=True,
                env=os.environ | {"REVIEWERS": str(folder / "keys.json")},
            )
        with (folder / "seen_stats.csv").open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
    print(f"{PEOPLE} reviewers for {SECONDS} s")
    print(f"{'what':18} {'times':>7} {'failed':>7} {'p50, ms':>8} {'p95, ms':>8} {'most, ms':>9}")
    for row in rows:
        print(
            f"{row['Name'] or 'in all':18} {row['Request Count']:>7} {row['Failure Count']:>7} "
            f"{row['50%']:>8} {row['95%']:>8} {float(row['Max Response Time']):>9.0f}"
        )


main()
