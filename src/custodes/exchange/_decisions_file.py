"""``decisions.toml``: what was decided, read and written."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from custodes import catalogue
from custodes.decisions import Decision, faults_of_decisions
from custodes.errors import Fault, InputError
from custodes.exchange._text_files import names_in, read_toml
from custodes.exchange._toml_text import toml_text
from custodes.records import as_entries, as_table, faults_of
from custodes.rounds import Round

DECISIONS_FILE = "decisions.toml"
"""Its name in a round's folder."""
SCHEMA = "custodes/decisions/1"
"""What `schema` may say; the key may be left out."""
_TOP = ("schema", "decision")


def read_decisions(folder: str | Path, round_: Round) -> tuple[Decision, ...]:
    """The decisions in a round's folder; none where there is no ``decisions.toml``.

    Args:
        folder: The round's folder.
        round_: The round that `read_round` gave.

    Raises:
        InputError: Anything in the file is wrong or does not fit the round; every fault is told.
    """
    home = Path(folder)
    if DECISIONS_FILE not in names_in(home, name=str(folder)):
        return ()
    return _decisions(read_toml(home / DECISIONS_FILE, name=DECISIONS_FILE, if_missing=""), round_)


def decisions_from_toml(text: str, round_: Round) -> tuple[Decision, ...]:
    """The decisions that the text of a ``decisions.toml`` holds.

    Args:
        text: As `decisions_as_toml` wrote it.
        round_: The round they belong to.

    Raises:
        InputError: Anything in it is wrong or does not fit the round; every fault is told.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"is not TOML ({error})"
        raise InputError(
            [Fault(message=message, cure="correct it", file=DECISIONS_FILE)]
        ) from None
    return _decisions(table, round_)


def _decisions(table: Mapping[str, Any], round_: Round) -> tuple[Decision, ...]:
    faults = [
        Fault(message="is not a key we know", cure=catalogue.nearest(key, _TOP), field=key)
        for key in table
        if key not in _TOP
    ]
    if table.get("schema", SCHEMA) != SCHEMA:
        message = f"{table['schema']!r} is not a schema we know"
        faults.append(Fault(message=message, cure=f"write {SCHEMA!r}", field="schema"))
    decisions: list[Decision] = []
    for number, stated in enumerate(as_entries(table.get("decision", [])), start=1):
        entry = as_table(stated)
        place = f"decision {(entry or {}).get('effort', number)}"
        if entry is None:
            faults.append(Fault(message="is not a table", cure="write [[decision]]", field=place))
            continue
        try:
            decisions.append(Decision.model_validate(entry))
        except ValidationError as error:
            found = faults_of(error)
            faults += [fault.at(field=f"{place}, {fault.field or 'entry'}") for fault in found]
    faults += faults_of_decisions(decisions, round_)
    if faults:
        raise InputError(fault.at(file=DECISIONS_FILE) for fault in faults)
    return tuple(decisions)


def decisions_as_toml(decisions: Sequence[Decision]) -> str:
    """The text of a ``decisions.toml`` that reads back to the same decisions.

    Args:
        decisions: In the order in which they should stand.
    """
    entries = [each.model_dump(exclude_defaults=True) for each in decisions]
    return toml_text({"schema": SCHEMA, **({"decision": entries} if entries else {})})
