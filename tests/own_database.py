"""A real database of a test's own, for what other processes write and are killed at."""

import os
import subprocess
import sys
import uuid
from contextlib import contextmanager
from pathlib import Path

import psycopg

ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")


@contextmanager
def own_database(folder):
    """The environment of a workbench with a fresh database: a SQLite file, or on the server."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("PYTEST")
    }
    environment |= {"CUSTODES_DATA": str(folder), "CUSTODES_TLS": "no"}
    if not ON_POSTGRESQL:
        environment.pop("DATABASE_URL", None)
        environment["DJANGO_SETTINGS_MODULE"] = "custodes_workbench.settings.laptop"
        yield environment
        return
    server = os.environ["DATABASE_URL"]
    name = f"custodes_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    environment["DATABASE_URL"] = server.rsplit("/", 1)[0] + f"/{name}"
    environment["DJANGO_SETTINGS_MODULE"] = "custodes_workbench.settings.production"
    try:
        yield environment
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def beside_tests(environment):
    """The environment in which a script finds the tests' own modules too."""
    tests = str(Path(__file__).parent)
    paths = [tests, *filter(None, [environment.get("PYTHONPATH")])]
    return environment | {"PYTHONPATH": os.pathsep.join(paths)}


def run_python(environment, *arguments, **options):
    """Run Python in that environment until it ends."""
    return subprocess.run(
        [sys.executable, *arguments], env=environment, check=True, text=True, **options
    )


def migrate(environment):
    """Make the tables, in a file that only we can read."""
    run_python(environment, "-c", _MIGRATE)


_MIGRATE = """
import os
os.umask(0o077)
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
