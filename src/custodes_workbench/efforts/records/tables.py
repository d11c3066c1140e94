"""A file that was sent, as the library reads it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from custodes.exchange import (
    ColumnMap,
    EffortsImport,
    Guess,
    Table,
    guess_columns,
    guesses_of,
    read_efforts,
    read_table,
)
from custodes_workbench.efforts.models import Upload

_TYPES = (".csv", ".csv.gz", ".tsv", ".xlsx", ".json")


def types_taken(name: str) -> str:
    """The ending by which a file is read; empty where it is none that we read.

    Args:
        name: Of the file, as it was sent.
    """
    lower = name.lower()
    return next((each for each in _TYPES if lower.endswith(each)), "")


@dataclass(frozen=True, slots=True)
class Mapping:
    """A table with the map that its columns are read by."""

    table: Table
    columns: ColumnMap
    guesses: dict[str, Guess]
    """What each line of the map rests on, with an example, by our column."""
    unused: tuple[tuple[str, str], ...]
    """Their columns that nothing is taken from, each with its first value."""


def map_of(upload: Upload) -> ColumnMap:
    """The map that is kept with a file; an empty one is guessed."""
    return ColumnMap.model_validate(upload.column_map)


def mapping_of(upload: Upload) -> Mapping:
    """The file as a table, with its map; guessed where none is kept.

    Raises:
        InputError: It is no table.
    """
    given = map_of(upload)
    with _as_file(upload) as path:
        table = read_table(
            path,
            sheet=given.sheet,
            header_row=given.header_row,
            records_at=given.records_at,
            encoding=given.encoding,
        )
    guessed = guess_columns(table)
    columns, sure = (given, {}) if given.columns else (guessed.columns, guessed.sure)
    used = {name for taken in columns.columns.values() for name in taken.columns}
    unused = tuple(
        (name, _first(table, at))
        for at, name in enumerate(table.header)
        if name not in used and name not in columns.not_efforts
    )
    guesses = {guess.ours: guess for guess in guesses_of(columns, table, sure)}
    return Mapping(table, columns, guesses, unused)


def _first(table: Table, at: int) -> str:
    cells = (row.cells[at] for row in table.rows if at < len(row.cells))
    return next(filter(None, cells), "")[:80]


def read_upload(upload: Upload) -> EffortsImport:
    """The efforts that an uploaded file holds, by the map that is kept with it.

    Raises:
        InputError: It is no table, or cannot be read as efforts.
    """
    with _as_file(upload) as path:
        return read_efforts(path, columns=map_of(upload))


@contextmanager
def _as_file(upload: Upload) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / upload.file_name
        path.write_bytes(bytes(upload.content))
        yield path
