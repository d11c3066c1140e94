"""Print the address of a PostgreSQL server that tests may use, or say how to get one.

Tests make a database of their own on it and remove it afterwards.
"""

import getpass
import os
import sys

import psycopg

NAMED = "CUSTODES_TEST_POSTGRESQL"
USUAL = (
    "postgres://postgres@127.0.0.1:5432/postgres",
    f"postgres://{getpass.getuser()}@127.0.0.1:5432/postgres",
    "postgres://postgres:postgres@127.0.0.1:5432/postgres",
)
CURE = f"""\
No PostgreSQL answers, so what needs one is skipped. Start a server on this machine (on Debian or
Ubuntu: apt-get install -y postgresql), or name one whose user may make databases:
{NAMED}=postgres://user:password@host:5432/postgres make test"""


def answers(url: str) -> bool:
    """Whether a server answers there and lets us make a database."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


named = os.environ.get(NAMED)
for url in (named,) if named else USUAL:
    if answers(url):
        print(url)
        break
else:
    sys.exit(CURE)
