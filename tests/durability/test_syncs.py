"""Nothing is acknowledged before it is on the disk."""

import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from own_database import ON_POSTGRESQL, migrate, own_database

WRITER = Path(__file__).with_name("writer.py")
STRACE = ("strace", "-f", "-e", "trace=fsync,fdatasync,write")
pytestmark = [
    pytest.mark.skipif(
        shutil.which("strace") is None, reason="strace is not here: apt-get install -y strace"
    ),
    pytest.mark.skipif(ON_POSTGRESQL, reason="the server syncs, in processes of its own"),
]


def test_every_acknowledged_commit_was_synced_before(tmp_path):
    with own_database(tmp_path) as environment:
        migrate(environment)
        trace = tmp_path / "trace"
        writer = subprocess.Popen(
            [*STRACE, "-o", str(trace), sys.executable, str(WRITER), "writer"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for _ in range(21):
            writer.stdout.readline()
        writer.kill()
        writer.stdout.close()
        writer.wait()

    calls = trace.read_text("utf-8", "replace").splitlines()
    said = [at for at, call in enumerate(calls) if re.search(r"write\(1, \"writer ", call)]
    synced = [at for at, call in enumerate(calls) if re.search(r"f(data)?sync\(", call)]
    between = [sum(one < at < two for at in synced) for one, two in pairwise(said)]
    assert len(between) >= 20
    assert min(between) >= 1
