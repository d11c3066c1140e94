"""``conflicts.csv``: what may bias an expert, as declared or found, and what was decided."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from custodes import catalogue
from custodes.errors import Fault
from custodes.exchange._own_rows import OwnRow, own_rows
from custodes.exchange._table import shown
from custodes.judgements import CONFLICT_TYPES, RULINGS, WEIGHED, Conflict
from custodes.records import faults_of

CONFLICTS_FILE = "conflicts.csv"
"""Its name in a round's folder."""
DATES = ("from", "to")
"""Columns of days."""
COLUMNS = (
    *("expert", "effort", "type", "declared", "decided", "reason", *DATES),
    *("rule", "evidence", "strength", "dismissed", "pinned", "decided_by", "decided_at"),
    "weight",
)
"""Every column, in the order in which it is written."""
REQUIRED = ("expert", "effort", "type")
"""Columns that the file must have."""

_YES_NO = ("yes", "no")
_VALUES = {
    "type": CONFLICT_TYPES,
    "declared": _YES_NO,
    "decided": RULINGS,
    "strength": ("hard", "soft"),
    "dismissed": _YES_NO,
    "pinned": _YES_NO,
}
"""What a column may hold; all but `type` may be empty."""


@dataclass(frozen=True, slots=True)
class ConflictsRead:
    """What a file of conflicts holds."""

    conflicts: tuple[Conflict, ...]
    """The conflicts whose rows are right, in the order of the file."""
    rows: tuple[int, ...]
    """The row of each, as a spreadsheet counts."""
    faults: tuple[Fault, ...]
    """All that is wrong with the other rows."""


def read_conflicts_csv(path: Path) -> ConflictsRead:
    """The conflicts in a ``conflicts.csv``; rows with faults are left out and told.

    Raises:
        InputError: The file is no CSV, lacks a column or has one we do not know.
    """
    read = [(row, _conflict(row)) for row in own_rows(path, columns=COLUMNS, required=REQUIRED)]
    right = [(row.number, conflict) for row, conflict in read if conflict is not None]
    return ConflictsRead(
        conflicts=tuple(conflict for _, conflict in right),
        rows=tuple(number for number, _ in right),
        faults=tuple(fault for row, _ in read for fault in row.faults),
    )


def _conflict(row: OwnRow) -> Conflict | None:
    if not row.cell("expert"):
        row.refuse("is empty", "say whose conflict it is", "expert")
    for column, known in _VALUES.items():
        seen = row.cell(column)
        if not seen and column == "type":
            row.refuse("is empty", f"write one of {', '.join(known)}", column)
        elif seen and seen not in known:
            message = f"'{shown(seen)}' is not in the list"
            row.refuse(message, catalogue.nearest(seen, known), column)
    days: dict[str, dt.date | None] = {}
    for column in DATES:
        try:
            days[column] = dt.date.fromisoformat(row.cell(column)) if row.cell(column) else None
        except ValueError:
            message = f"'{shown(row.cell(column))}' is not a day"
            row.refuse(message, "write it as 2026-09-01", column)
    weight = _weight(row)
    if row.faults:
        return None
    try:
        return Conflict.model_validate(
            {name: row.cell(name) for name in COLUMNS if name not in (*DATES, "weight")}
            | days
            | {"weight": weight}
        )
    except ValidationError as error:
        row.faults += faults_of(error, file=row.file, row=row.number)
        return None


def _weight(row: OwnRow) -> float | None:
    seen = row.cell("weight")
    if not seen:
        return None
    try:
        weight = float(seen)
    except ValueError:
        weight = math.nan
    if not 0 < weight <= 1:
        message = f"'{shown(seen)}' is not a number above 0 and up to 1"
        cure = "write it as 0.5; to leave the answers out, decide recuse"
        row.refuse(message, cure, "weight")
    elif row.cell("decided") not in WEIGHED:
        message = "a weight needs a decision under which the answers count"
        row.refuse(message, f"decide {' or '.join(WEIGHED)}, or leave it empty", "weight")
    return weight


def conflicts_as_csv(conflicts: Iterable[Conflict]) -> str:
    """The text of a ``conflicts.csv`` with these conflicts."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in conflicts:
        fields = each.model_dump(mode="json", by_alias=True)
        writer.writerow("" if fields[name] is None else fields[name] for name in COLUMNS)
    return stream.getvalue()
