"""A running workbench with a database of its own, as somebody starts it, and its Chromium."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from own_database import ON_POSTGRESQL, migrate, own_database, run_python


@dataclass(frozen=True)
class Running:
    """A workbench that answers."""

    base: str
    """Its address, without a slash at the end."""
    begin: str
    """The address that it printed; signs the first person in where one is alone."""
    environment: dict[str, str]
    process: subprocess.Popen
    told: str = ""
    """What the code that filled its database printed."""

    def run(self, code):
        """Run Python beside it, on its database, with the tests' own modules."""
        return _run(self.environment, code)


def _run(environment, code):
    tests = str(Path(__file__).parent)
    found = os.pathsep.join(filter(None, (tests, environment.get("PYTHONPATH"))))
    return run_python(
        environment | {"PYTHONPATH": found},
        "-c",
        f"import django; django.setup()\n{code}",
        stdout=subprocess.PIPE,
    )


@contextlib.contextmanager
def running(folder, *, alone, world=""):
    """Start a workbench: one person's own, or an institution's.

    Args:
        folder: Where it keeps its data.
        alone: Whether one person runs it by themselves; never so on PostgreSQL.
        world: Python that fills the database of an institution before the workbench starts,
            so that no worker takes the jobs that it carries out itself.
    """
    told = ""
    with own_database(folder) as environment:
        if not alone and not ON_POSTGRESQL:
            environment |= {
                "DATABASE_URL": f"sqlite:////{str(folder).lstrip('/')}/institution.sqlite3",
                "DJANGO_SETTINGS_MODULE": "custodes_workbench.settings.production",
            }
        if not alone:
            migrate(environment)
        if world:
            told = _run(environment, world).stdout
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        with (folder / "server.log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "custodes", "workbench", "--port", str(port)],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        try:
            begin = re.search(r"http\S+", process.stdout.readline())[0]
            wait_for(port)
            yield Running(f"http://127.0.0.1:{port}", begin, environment, process, told)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)
            process.stdout.close()


def wait_for(port):
    """Until the server answers."""
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    pytest.fail("the workbench does not answer")
