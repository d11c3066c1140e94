"""``approach.toml``: the published versions of how an institution decides, read and written."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from custodes import catalogue
from custodes.decisions import ApproachVersion
from custodes.errors import Fault, InputError
from custodes.exchange._text_files import names_in, read_toml
from custodes.exchange._toml_text import toml_text
from custodes.records import as_entries, as_table, faults_of

APPROACH_FILE = "approach.toml"
"""Its name in a round's folder."""
SCHEMA = "custodes/approach/1"
"""What `schema` may say; the key may be left out."""
_TOP = ("schema", "version")


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
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"is not TOML ({error})"
        raise InputError([Fault(message=message, cure="correct it", file=APPROACH_FILE)]) from None
    return _versions(table)


def _versions(table: Mapping[str, Any]) -> tuple[ApproachVersion, ...]:
    faults = [
        Fault(message="is not a key we know", cure=catalogue.nearest(key, _TOP), field=key)
        for key in table
        if key not in _TOP
    ]
    if table.get("schema", SCHEMA) != SCHEMA:
        message = f"{table['schema']!r} is not a schema we know"
        faults.append(Fault(message=message, cure=f"write {SCHEMA!r}", field="schema"))
    versions: list[ApproachVersion] = []
    for number, stated in enumerate(as_entries(table.get("version", [])), start=1):
        entry = as_table(stated)
        place = f"version {(entry or {}).get('n', number)}"
        if entry is None:
            faults.append(Fault(message="is not a table", cure="write [[version]]", field=place))
            continue
        try:
            versions.append(ApproachVersion.model_validate(entry))
        except ValidationError as error:
            found = faults_of(error)
            faults += [fault.at(field=f"{place}, {fault.field or 'entry'}") for fault in found]
            continue
        if versions[-1].n in [each.n for each in versions[:-1]]:
            fault = Fault(message="is there twice", cure="give each its own number", field=place)
            faults.append(fault)
    if faults:
        raise InputError(fault.at(file=APPROACH_FILE) for fault in faults)
    return tuple(versions)


def approach_as_toml(versions: Sequence[ApproachVersion]) -> str:
    """The text of an ``approach.toml`` that reads back to the same versions.

    Args:
        versions: In the order in which they should stand.
    """
    entries = [each.model_dump(exclude_defaults=True) for each in versions]
    return toml_text({"schema": SCHEMA, **({"version": entries} if entries else {})})
