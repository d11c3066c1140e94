"""``decisions.toml``: what was decided, read and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from custodes.decisions import (
    Decision,
    SystemDecision,
    faults_of_decisions,
    faults_of_system_decisions,
)
from custodes.errors import InputError
from custodes.exchange._text_files import names_in, read_toml
from custodes.exchange._toml_entries import read_entries, table_from
from custodes.exchange._toml_text import toml_text
from custodes.rounds import Round

DECISIONS_FILE = "decisions.toml"
"""Its name in a round's folder."""
SCHEMA = "custodes/decisions/1"
"""What `schema` may say; the key may be left out."""
_OF_SYSTEMS = "system_decision"


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
    return _decisions(table_from(text, file=DECISIONS_FILE), round_)


def _decisions(table: Mapping[str, Any], round_: Round) -> tuple[Decision, ...]:
    read = read_entries(
        table,
        Decision,
        key="decision",
        named_by="effort",
        schema=SCHEMA,
        others=(_OF_SYSTEMS,),
    )
    faults = [*read.faults, *faults_of_decisions(read.records, round_)]
    if faults:
        raise InputError(fault.at(file=DECISIONS_FILE) for fault in faults)
    return read.records


def read_system_decisions(folder: str | Path, round_: Round) -> tuple[SystemDecision, ...]:
    """The decisions about systems in a round's folder; none where there is no file of decisions.

    Args:
        folder: The round's folder.
        round_: The round that `read_round` gave.

    Raises:
        InputError: Any of them is wrong or does not fit the round; every fault is told.
    """
    home = Path(folder)
    if DECISIONS_FILE not in names_in(home, name=str(folder)):
        return ()
    table = read_toml(home / DECISIONS_FILE, name=DECISIONS_FILE, if_missing="")
    mine = {_OF_SYSTEMS: table[_OF_SYSTEMS]} if _OF_SYSTEMS in table else {}
    read = read_entries(mine, SystemDecision, key=_OF_SYSTEMS, named_by="system", schema=SCHEMA)
    faults = [*read.faults, *faults_of_system_decisions(read.records, round_)]
    if faults:
        raise InputError(fault.at(file=DECISIONS_FILE) for fault in faults)
    return read.records


def decisions_as_toml(
    decisions: Sequence[Decision], of_systems: Sequence[SystemDecision] = ()
) -> str:
    """The text of a ``decisions.toml`` that reads back to the same decisions.

    Args:
        decisions: About efforts, in the order in which they should stand.
        of_systems: About systems, likewise.
    """
    lists = {
        "decision": [each.model_dump(exclude_defaults=True) for each in decisions],
        _OF_SYSTEMS: [each.model_dump(exclude_defaults=True) for each in of_systems],
    }
    return toml_text({"schema": SCHEMA, **{key: each for key, each in lists.items() if each}})
