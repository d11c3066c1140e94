"""``critiques.csv``: public critique with its answers, read and written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from custodes.decisions import Critique, Decision, faults_of_critiques
from custodes.errors import Fault, InputError
from custodes.exchange._csv_text import csv_text
from custodes.exchange._own_rows import OwnRow, own_rows
from custodes.exchange._text_files import names_in
from custodes.records import faults_of
from custodes.rounds import Round

CRITIQUES_FILE = "critiques.csv"
"""Its name in a round's folder."""
COLUMNS = (
    *("id", "page", "version", "at", "by", "text"),
    *("status", "answer", "answered_at", "withheld"),
)
"""Every column, in the order in which it is written."""
REQUIRED = ("id", "page", "version", "at", "text", "status")
"""Columns that the file must have."""
_NEEDED = {
    "id": "give each critique an id of its own, as q1",
    "page": "write approach, effort:ID, decision:ID, system:ID or claim:ID",
    "version": "write which version of the page was read",
    "at": "write the day it came, as 2026-10-01",
    "status": "write received, answered, upheld or rejected",
}


@dataclass(frozen=True, slots=True)
class CritiquesRead:
    """What a file of critiques holds."""

    critiques: tuple[Critique, ...]
    """The critiques whose rows are right, in the order of the file."""
    rows: tuple[int, ...]
    """The row of each, as a spreadsheet counts."""
    faults: tuple[Fault, ...]
    """All that is wrong with the other rows."""


def read_critiques_csv(path: Path) -> CritiquesRead:
    """The critiques in a ``critiques.csv``; rows with faults are left out and told.

    Raises:
        InputError: The file is no CSV, lacks a column or has one we do not know.
    """
    read = [(row, _critique(row)) for row in own_rows(path, columns=COLUMNS, required=REQUIRED)]
    right = [(row.number, critique) for row, critique in read if critique is not None]
    return CritiquesRead(
        critiques=tuple(critique for _, critique in right),
        rows=tuple(number for number, _ in right),
        faults=tuple(fault for row, _ in read for fault in row.faults),
    )


def read_critiques(
    folder: str | Path, round_: Round, decisions: Sequence[Decision] | None
) -> tuple[Critique, ...]:
    """The critiques in a round's folder; none where there is no ``critiques.csv``.

    Args:
        folder: The round's folder.
        round_: The round that `read_round` gave.
        decisions: What `read_decisions` gave; None where that was refused.

    Raises:
        InputError: Anything in the file is wrong or does not fit the round; every fault is told.
    """
    home = Path(folder)
    if CRITIQUES_FILE not in names_in(home, name=str(folder)):
        return ()
    read = read_critiques_csv(home / CRITIQUES_FILE)
    unfit = [
        fault.at(file=CRITIQUES_FILE, row=read.rows[place])
        for place, fault in faults_of_critiques(read.critiques, round_, decisions)
    ]
    if read.faults or unfit:
        raise InputError([*read.faults, *unfit])
    return read.critiques


def critiques_from_csv(text: str) -> tuple[Critique, ...]:
    """The critiques that the text of a ``critiques.csv`` holds; none in an empty text.

    Args:
        text: As `critiques_as_csv` wrote it.

    Raises:
        InputError: Anything in it is wrong; every fault is told.
    """
    rows = csv.DictReader(io.StringIO(text, newline=""))
    read = [
        OwnRow(file=CRITIQUES_FILE, number=number, cells=cells)
        for number, cells in enumerate(rows, start=2)
    ]
    critiques = [_critique(row) for row in read]
    faults = [fault for row in read for fault in row.faults]
    if faults:
        raise InputError(faults)
    return tuple(each for each in critiques if each is not None)


def critiques_as_csv(critiques: Iterable[Critique]) -> str:
    """The text of a ``critiques.csv`` with these critiques.

    Args:
        critiques: In the order in which they should stand.
    """
    fields = [each.model_dump(mode="json") for each in critiques]
    return csv_text([COLUMNS, *([each[name] or "" for name in COLUMNS] for each in fields)])


def _critique(row: OwnRow) -> Critique | None:
    for column, cure in _NEEDED.items():
        if not row.cell(column):
            row.refuse("is empty", cure, column)
    if row.faults:
        return None
    try:
        return Critique.model_validate(
            {name: row.cell(name) for name in COLUMNS if row.cell(name)}
        )
    except ValidationError as error:
        row.faults += faults_of(error, file=row.file, row=row.number)
        return None
