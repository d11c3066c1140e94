"""Write the table of permissions as it is found; then read every line that changed.

A line that should not have changed is a leak. With `--new`, only addresses without a line are
walked, which is quick, and lines of addresses that are gone are left out.
"""

import csv
import os
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "custodes_workbench.settings.test")
sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
django.setup()

from addresses import addresses  # noqa: E402 (after the set-up)
from django.conf import settings  # noqa: E402 (the same)
from django.core.management import call_command  # noqa: E402 (the same)
from django.test.utils import setup_test_environment  # noqa: E402 (the same)
from permission_table import TABLE, read_table, told  # noqa: E402 (the same)
from world import READERS, heard, make_world  # noqa: E402 (the same)

from cast import at_stage  # noqa: E402 (the same)
from custodes_workbench.access import Stage  # noqa: E402 (the same)

settings.MEDIA_ROOT = tempfile.mkdtemp()
call_command("migrate", verbosity=0)
setup_test_environment()
world = make_world()
before = read_table() if "--new" in sys.argv[1:] else {}
known = {name for name, _, _ in before}
everything = addresses(world.examples)
found = defaultdict(set)
for stage in Stage:
    at_stage(world.row, stage)
    for address in everything:
        if address.name in known:
            continue
        for method in ("get", "post"):
            for reader in READERS:
                if heard(world.clients[reader], address, method)[0]:
                    found[address.name, method, reader].add(stage.value)
with TABLE.open("w", encoding="utf-8", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["address", "method", *READERS])
    order = [stage.value for stage in Stage]
    for address in everything:
        for method in ("get", "post"):
            cells = [
                before.get((address.name, method, reader))
                or told(found[address.name, method, reader], order)
                for reader in READERS
            ]
            writer.writerow([address.name, method, *cells])
