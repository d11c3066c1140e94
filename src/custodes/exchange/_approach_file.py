"""``approach.toml``: the published versions of how an institution decides, read and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from custodes.decisions import ApproachVersion
from custodes.errors import Fault, InputError
from custodes.exchange._text_files import names_in, read_toml
from custodes.exchange._toml_entries import read_entries, table_from
from custodes.exchange._toml_text import toml_text

APPROACH_FILE = "approach.toml"
"""Its name in a round's folder."""
SCHEMA = "custodes/approach/1"
"""What `schema` may say; the key may be left out."""


def read_approach(folder: str | Path) -> tuple[ApproachVersion, ...]:
    """The published versions in a round's folder; none where there is no ``approach.toml``.

    Args:
        folder: The round's folder.

    Raises:
        InputError: Anything in the file is wrong; every fault is told.
    """
    home = Path(folder)
    if APPROACH_FILE not in names_in(home, name=str(folder)):
        return ()
    return _versions(read_toml(home / APPROACH_FILE, name=APPROACH_FILE, if_missing=""))


def approach_from_toml(text: str) -> tuple[ApproachVersion, ...]:
    """The versions that the text of an ``approach.toml`` holds.

    Args:
        text: As `approach_as_toml` wrote it.

    Raises:
        InputError: Anything in it is wrong; every fault is told.
    """
    return _versions(table_from(text, file=APPROACH_FILE))


def _versions(table: Mapping[str, Any]) -> tuple[ApproachVersion, ...]:
    read = read_entries(table, ApproachVersion, key="version", named_by="n", schema=SCHEMA)
    numbers = [each.n for each in read.records]
    faults = [
        *read.faults,
        *(
            Fault(message="is there twice", cure="give each its own number", field=f"version {n}")
            for place, n in enumerate(numbers)
            if n in numbers[:place]
        ),
    ]
    if faults:
        raise InputError(fault.at(file=APPROACH_FILE) for fault in faults)
    return read.records


def approach_as_toml(versions: Sequence[ApproachVersion]) -> str:
    """The text of an ``approach.toml`` that reads back to the same versions.

    Args:
        versions: In the order in which they should stand.
    """
    entries = [each.model_dump(exclude_defaults=True) for each in versions]
    return toml_text({"schema": SCHEMA, **({"version": entries} if entries else {})})
