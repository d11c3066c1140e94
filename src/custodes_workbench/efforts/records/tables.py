"""A file that was sent, as the library reads it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from custodes.exchange import ColumnMap, EffortsImport, read_efforts
from custodes_workbench.efforts.models import Upload

_TYPES = (".csv", ".csv.gz", ".tsv", ".xlsx", ".json")


def types_taken(name: str) -> str:
    """The ending by which a file is read; empty where it is none that we read.

    Args:
        name: Of the file, as it was sent.
    """
    lower = name.lower()
    return next((each for each in _TYPES if lower.endswith(each)), "")


def read_upload(upload: Upload) -> EffortsImport:
    """The efforts that an uploaded file holds, by the map that is kept with it.

    Raises:
        InputError: It is no table, or cannot be read as efforts.
    """
    columns = ColumnMap.model_validate(upload.column_map) if upload.column_map else None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / upload.file_name
        path.write_bytes(bytes(upload.content))
        return read_efforts(path, columns=columns)
