"""Backup and restore: one file with every row, every file, and what they hash to."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from custodes.errors import Fault, InputError
from custodes.records import Record
from custodes_workbench.history.models import ChainTip
from custodes_workbench.operations.rows import line_of, read_line, row_from, row_of, tables

SCHEMA = "custodes/backup/1"
MANIFEST = "manifest.json"
_BATCH = 500


class TableKept(Record):
    """One table of a backup."""

    rows: int
    """How many."""
    sha256: str
    """Of its rows as lines of canonical JSON; the same on every database."""


class Backup(Record):
    """What a backup holds."""

    schema_: str = SCHEMA
    """Which format."""
    library_version: str
    """Of the product that wrote it."""
    made_at: str
    """When, UTC."""
    root: str
    """The hash of the last entry of the history; empty without any."""
    tables: dict[str, TableKept]
    """By model."""
    files: dict[str, str]
    """SHA-256 by name, of the files that people uploaded and that were published."""


def write_backup(file: Path) -> Backup:
    """Write everything into one file, as it was at one moment, while others go on writing.

    The file is made beside its place first: whoever looks sees all of it or nothing.

    Args:
        file: Where; must not exist.

    Raises:
        InputError: The file exists, or its folder does not.
    """
    if file.exists():
        raise _refusal(file, "exists already", "name another file")
    if not file.parent.is_dir():
        raise _refusal(file, "lies in a folder that does not exist", "make the folder first")
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    os.close(handle)
    beside = Path(name)
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
            with _one_moment():
                kept = {model._meta.label: _write_table(archive, model) for model in tables()}
                tip = ChainTip.objects.first()
            backup = Backup(
                library_version=version("custodes"),
                made_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
                root=tip.hash if tip else "",
                tables=kept,
                files=_write_files(archive),
            )
            archive.writestr(MANIFEST, backup.model_dump_json(indent=1))
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
    return backup


def restore_backup(file: Path) -> Backup:
    """Put a backup into an empty workbench, on whichever database it has.

    Either all of it is there afterwards, with the same hashes, or nothing.

    Args:
        file: As :func:`write_backup` wrote it.

    Raises:
        InputError: It is no backup, it is damaged, or the workbench is not empty.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            backup = Backup.model_validate_json(archive.read(MANIFEST))
            _require_empty(file)
            _check_files(file, archive, backup)
            with transaction.atomic():
                for model in tables():
                    _read_table(file, archive, model, backup)
                _set_sequences()
            for name in backup.files:
                _write_file(name, archive.read(f"media/{name}"))
    except InputError:
        raise
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        if isinstance(error, FileNotFoundError):
            raise _refusal(file, "is not there", "check its name") from None
        raise _refusal(file, "is no backup, or is damaged", "take another one") from error
    except DatabaseError as error:
        raise _refusal(file, f"does not fit together ({error})", "take another one") from error
    return backup


def hashes_now() -> dict[str, TableKept]:
    """What every table hashes to now."""
    with _one_moment():
        return {model._meta.label: _write_table(None, model) for model in tables()}


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as it is now, while others write."""
    if connection.in_atomic_block:  # the caller's transaction is the moment
        yield
        return
    with connection.cursor() as cursor:
        begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        cursor.execute("BEGIN DEFERRED" if connection.vendor == "sqlite" else begin)
        try:
            yield
        finally:
            cursor.execute("COMMIT")


def _write_table(archive: zipfile.ZipFile | None, model: type[Model]) -> TableKept:
    digest, number = hashlib.sha256(), 0
    rows = model._default_manager.order_by("pk").iterator(chunk_size=_BATCH)
    place = f"tables/{model._meta.label}.jsonl"
    with archive.open(place, "w") if archive else io.BytesIO() as out:
        for row in rows:
            line = line_of(row_of(row)).encode("utf-8", "surrogatepass") + b"\n"
            digest.update(line)
            number += 1
            if archive:
                out.write(line)
    return TableKept(rows=number, sha256=digest.hexdigest())


def _write_files(archive: zipfile.ZipFile) -> dict[str, str]:
    home, hashes = Path(settings.MEDIA_ROOT), {}
    for path in sorted(each for each in home.rglob("*") if each.is_file()):
        name, content = path.relative_to(home).as_posix(), path.read_bytes()
        archive.writestr(f"media/{name}", content)
        hashes[name] = hashlib.sha256(content).hexdigest()
    return hashes


def _require_empty(file: Path) -> None:
    full = [each._meta.verbose_name for each in tables() if each._default_manager.exists()]
    if full:
        message = f"cannot be restored: this workbench has a {full[0]} already"
        raise _refusal(file, message, "restore into an empty one (CUSTODES_DATA, DATABASE_URL)")


def _check_files(file: Path, archive: zipfile.ZipFile, backup: Backup) -> None:
    for name, wanted in backup.files.items():
        place = (Path(settings.MEDIA_ROOT) / name).resolve()
        inside = place.is_relative_to(Path(settings.MEDIA_ROOT).resolve())
        if not inside or hashlib.sha256(archive.read(f"media/{name}")).hexdigest() != wanted:
            raise _refusal(file, f"is damaged: {name!r} is not what it was", "take another one")


def _read_table(file: Path, archive: zipfile.ZipFile, model: type[Model], backup: Backup) -> None:
    label = model._meta.label
    if label not in backup.tables:
        return
    with archive.open(f"tables/{label}.jsonl") as lines:
        for line in lines:
            # raw: a column that is filled at saving keeps what it had
            row_from(model, read_line(line)).save_base(raw=True, force_insert=True)
    if _write_table(None, model) != backup.tables[label]:
        raise _refusal(file, f"is damaged: {label} is not what it was", "take another one")


def _set_sequences() -> None:
    """Tell PostgreSQL where its counters stand after rows came with their keys."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def _write_file(name: str, content: bytes) -> None:
    place = Path(settings.MEDIA_ROOT) / name
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.write_bytes(content)


def _refusal(file: Path, message: str, cure: str) -> InputError:
    return InputError([Fault(message=message, cure=cure, file=str(file))])
