"""A TOML file that is a list of records: its keys, its schema, and every entry's faults."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from custodes import catalogue
from custodes.errors import Fault, InputError
from custodes.records import Record, as_entries, as_table, faults_of

Entry = TypeVar("Entry", bound=Record)


@dataclass(frozen=True, slots=True)
class EntriesRead(Generic[Entry]):
    """What a list of records holds."""

    records: tuple[Entry, ...]
    """Those without a fault, in the order of the file."""
    faults: tuple[Fault, ...]
    """Everything that is wrong; none where nothing is."""


def table_from(text: str, *, file: str) -> Mapping[str, Any]:
    """The table that a text holds.

    Args:
        text: The file's text.
        file: Its name, for a refusal.

    Raises:
        InputError: It is not TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"is not TOML ({error})"
        raise InputError([Fault(message=message, cure="correct it", file=file)]) from None


def read_entries(
    table: Mapping[str, Any],
    record: type[Entry],
    *,
    key: str,
    named_by: str,
    schema: str,
    others: tuple[str, ...] = (),
) -> EntriesRead[Entry]:
    """Read every entry of one list of a table, and what stands beside its lists.

    Args:
        table: The file as a table.
        record: What an entry is.
        key: The list's key, such as `decision`.
        named_by: The key of an entry that faults name it by; its number where it has none.
        schema: What `schema` may say.
        others: Keys of further lists, which are read by themselves.
    """
    top = ("schema", key, *others)
    faults = [
        Fault(message="is not a key we know", cure=catalogue.nearest(each, top), field=each)
        for each in table
        if each not in top
    ]
    if table.get("schema", schema) != schema:
        message = f"{table['schema']!r} is not a schema we know"
        faults.append(Fault(message=message, cure=f"write {schema!r}", field="schema"))
    records: list[Entry] = []
    for number, stated in enumerate(as_entries(table.get(key, [])), start=1):
        entry = as_table(stated)
        place = f"{key} {(entry or {}).get(named_by, number)}"
        if entry is None:
            faults.append(Fault(message="is not a table", cure=f"write [[{key}]]", field=place))
            continue
        try:
            records.append(record.model_validate(entry))
        except ValidationError as error:
            found = faults_of(error)
            faults += [fault.at(field=f"{place}, {fault.field or 'entry'}") for fault in found]
    return EntriesRead(tuple(records), tuple(faults))
