"""Start is refused on a database that could lose what it has acknowledged."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.checks import Error, register
from django.db import connection

from custodes_workbench.database import SAFE_WAL, sqlite_version

_REMOTE = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs")
_FULL = 2


@register("database", deploy=False)
def database_is_safe(**_options: Any) -> list[Error]:  # noqa: ANN401 (Django's signature)
    """Refuse SQLite with a journal, a sync or a place that loses writes.

    Source: `design/workbench.md` 6.1.
    """
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in name or "mode=memory" in name:
        return []
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
        foreign_keys = cursor.execute("PRAGMA foreign_keys").fetchone()[0]
    file = Path(name)
    return [
        *faults_of_sqlite(
            version=sqlite_version(),
            journal=journal,
            synchronous=synchronous,
            foreign_keys=bool(foreign_keys),
        ),
        *faults_of_place(file, mounts=_mounts()),
    ]


def faults_of_sqlite(
    *, version: Sequence[int], journal: str, synchronous: int, foreign_keys: bool
) -> list[Error]:
    """What is unsafe about these settings.

    Args:
        version: Of the SQLite library.
        journal: `PRAGMA journal_mode`.
        synchronous: `PRAGMA synchronous`: 2 is FULL, 3 is EXTRA.
        foreign_keys: Whether they are enforced.
    """
    told = ".".join(str(part) for part in version)
    faults = []
    if journal == "wal" and tuple(version) < SAFE_WAL:
        faults.append(
            Error(
                f"SQLite {told} can corrupt its write-ahead log",
                hint="install pysqlite3, which brings 3.51.3 or newer",
                id="custodes.E001",
            )
        )
    if synchronous < _FULL:
        faults.append(
            Error(
                "SQLite would acknowledge what is not yet on the disk",
                hint="leave `synchronous` at FULL (take no `init_command` of your own)",
                id="custodes.E002",
            )
        )
    if not foreign_keys:
        faults.append(
            Error(
                "SQLite does not enforce foreign keys",
                hint="leave `foreign_keys` on (take no `init_command` of your own)",
                id="custodes.E003",
            )
        )
    return faults


def faults_of_place(file: Path, *, mounts: Sequence[tuple[str, str]]) -> list[Error]:
    """What is unsafe about where the database lies.

    Args:
        file: The database's file.
        mounts: Mount points with their kind of file system.
    """
    faults = []
    kind = _file_system(file, mounts)
    if kind in _REMOTE:
        faults.append(
            Error(
                f"{file} lies on a network file system ({kind}), where SQLite's locks fail",
                hint="set CUSTODES_DATA to a local folder, or DATABASE_URL to a PostgreSQL",
                id="custodes.E004",
            )
        )
    if file.exists() and file.stat().st_mode & (stat.S_IROTH | stat.S_IWOTH):
        faults.append(
            Error(
                f"everybody on this machine can read {file}",
                hint=f"chmod 600 {file}",
                id="custodes.E005",
            )
        )
    return faults


def _file_system(file: Path, mounts: Sequence[tuple[str, str]]) -> str:
    place = str(file.absolute())
    over = [
        (point, kind)
        for point, kind in mounts
        if place == point or place.startswith(point.rstrip("/") + "/")
    ]
    return max(over, default=("", ""), key=lambda each: len(each[0]))[1]


def _mounts() -> list[tuple[str, str]]:
    table = Path("/proc/self/mounts")
    if not table.exists():
        return []
    rows = [line.split() for line in table.read_text("utf-8", "replace").splitlines()]
    return [(row[1], row[2]) for row in rows if len(row) > 2]  # noqa: PLR2004 (the table's columns)
