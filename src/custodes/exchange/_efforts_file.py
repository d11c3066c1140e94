"""Our own ``efforts.csv``: read into records, and written without touching what was there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from pydantic import ValidationError

from custodes.efforts import HAZARDS, KINDS, Effort
from custodes.errors import Fault, InputError
from custodes.exchange._csv_text import csv_text
from custodes.exchange._own_rows import own_table
from custodes.exchange._starts import NotADateError, parse_start
from custodes.exchange._table import Table, TableRow, shown
from custodes.quantities import Amount, parse_amount
from custodes.records import faults_of

EFFORTS_FILE = "efforts.csv"
"""Its name in a round's folder."""
COLUMNS = (
    "id",
    "title",
    "description",
    "applicant",
    "kind",
    "cost",
    "currency",
    "cost_is_estimate",
    "start",
    "hazards",
    "target_system",
    "definition_of_alignment",
    "scales_to_future",
    "principal",
    "dual_use",
    "explanation",
    "source",
)
"""Columns that every new file has, in order."""
REQUIRED = ("id", "title", "cost")
"""Columns that every row fills; three columns of percentiles can stand for the cost."""
COST_COLUMNS = ("cost_p05", "cost_p50", "cost_p95")
"""The three columns of an uncertain cost."""
KNOWN = frozenset(Effort.model_fields) - {"extra"} | {*COST_COLUMNS}
"""Every column with a meaning; any other is kept as it is."""

_BETWEEN = "|"
_YES_NO = ("cost_is_estimate", "scales_to_future", "dual_use", "kind_suggested")


@dataclass(frozen=True, slots=True)
class EffortsRead:
    """What a file of efforts holds."""

    efforts: tuple[Effort, ...]
    """The efforts of the rows that are right, in the order of the file."""
    faults: tuple[Fault, ...]
    """All that is wrong with the others."""


class _RowReader:
    """The cells of one row, and what is wrong with them."""

    def __init__(self, row: TableRow, header: Sequence[str], file: str) -> None:
        self.row = row
        self.file = file
        self.faults: list[Fault] = []
        cells = [cell.strip() for cell in row.cells]
        self.cells = dict(zip(header, cells, strict=False))
        if any(cells[len(header) :]):
            self.refuse(
                f"has {len(cells)} cells, the row of names {len(header)}",
                "put texts that hold commas in quotation marks",
                None,
            )

    def refuse(self, message: str, cure: str, field: str | None) -> None:
        self.faults.append(
            Fault(message=message, cure=cure, file=self.file, row=self.row.number, field=field)
        )

    def cell(self, name: str) -> str:
        return self.cells.get(name, "")


def read_efforts_csv(path: str | Path) -> EffortsRead:
    """The efforts in an ``efforts.csv``; rows with faults are left out and told.

    Raises:
        InputError: The file is missing, no CSV, or lacks a column that is required.
    """
    table = _own_table(Path(path))
    efforts: list[Effort] = []
    faults: list[Fault] = []
    rows_by_id: dict[str, int] = {}
    for row in table.rows:
        reader = _RowReader(row, table.header, table.file)
        effort = _effort(reader)
        if effort is not None and effort.id in rows_by_id:
            reader.refuse(
                f"'{effort.id}' is the id of row {rows_by_id[effort.id]} too",
                "give each effort its own id",
                "id",
            )
        if effort is not None and not reader.faults:
            rows_by_id[effort.id] = row.number
            efforts.append(effort)
        faults += reader.faults
    return EffortsRead(tuple(efforts), tuple(faults))


def _own_table(path: Path) -> Table:
    table = own_table(path, if_missing="`custodes new DIR` writes one, `custodes import` fills it")
    three = {*COST_COLUMNS} <= {*table.header}
    missing = [
        name for name in REQUIRED if name not in table.header and not (name == "cost" and three)
    ]
    if missing:
        raise InputError(
            Fault(
                message=f"has no column '{name}'",
                cure=f"add it; the columns are {', '.join(COLUMNS)}",
                file=table.file,
                row=1,
                field=name,
            )
            for name in missing
        )
    return table


def _effort(reader: _RowReader) -> Effort | None:
    cells = reader.cells
    fields: dict[str, object] = {
        name: value for name, value in cells.items() if value and name in KNOWN
    }
    for name in ("id", "title"):
        if not cells.get(name):
            reader.refuse("is empty", "every effort has one", name)
    for name in COST_COLUMNS:
        fields.pop(name, None)
    fields["cost"] = _cost(reader)
    fields["kind"] = cells.get("kind") or "other"
    if fields["kind"] not in KINDS:
        reader.refuse(
            f"'{shown(str(fields['kind']))}' is not a kind",
            f"the kinds are {', '.join(KINDS)}",
            "kind",
        )
    for name in _YES_NO:
        _yes_or_no(reader, name, fields)
    for name in ("hazards", "recipients"):
        if name in fields:
            parts = (part.strip() for part in cells[name].split(_BETWEEN))
            fields[name] = tuple(part for part in parts if part)
    for hazard in cast("tuple[str, ...]", fields.get("hazards", ())):
        if hazard not in HAZARDS:
            known = ", ".join(HAZARDS)
            reader.refuse(
                f"'{shown(hazard)}' is not a hazard", f"the hazards are {known}", "hazards"
            )
    _start(reader, fields)
    fields["extra"] = {name: value for name, value in cells.items() if value and name not in KNOWN}
    if reader.faults:
        return None
    try:
        return Effort.model_validate(fields)
    except ValidationError as error:
        reader.faults += faults_of(error, file=reader.file, row=reader.row.number)
        return None


def _cost(reader: _RowReader) -> Amount | None:
    one = reader.cell("cost")
    three = [reader.cell(name) for name in COST_COLUMNS]
    if one and any(three):
        reader.refuse(
            f"'{shown(one)}' stands beside cost_p05, cost_p50, cost_p95",
            "fill one or the other",
            "cost",
        )
        return None
    text, field = (" / ".join(three), "cost_p05") if any(three) else (one, "cost")
    if not text:
        reader.refuse("is empty", "write what it costs: a number, 'a to b' or 'a / b / c'", "cost")
        return None
    if "%" in text or "1 in " in text:
        reader.refuse(f"'{shown(text)}' is a share", "write an amount of money", field)
        return None
    try:
        amount = parse_amount(text, family="positive", unit="money")
    except InputError as error:
        for fault in error.faults:
            reader.refuse(fault.message, fault.cure, field)
        return None
    if amount.p05 <= 0:
        reader.refuse(f"{shown(text)} is not above 0", "write what it costs", field)
        return None
    return amount


def _yes_or_no(reader: _RowReader, name: str, fields: dict[str, object]) -> None:
    value = reader.cell(name).lower()
    if value not in {"yes", "no", ""}:
        reader.refuse(f"'{shown(value)}' is not yes or no", "write yes, no or nothing", name)
    fields[name] = value == "yes" if name == "kind_suggested" else value


def _start(reader: _RowReader, fields: dict[str, object]) -> None:
    try:
        start = parse_start(reader.cell("start"), stated=reader.cell("start_precision"))
    except NotADateError as error:
        reader.refuse(f"'{shown(reader.cell('start'))}': {error}", error.cure, "start")
        return
    fields["start"] = start.text
    fields["start_precision"] = start.precision


def efforts_as_csv(efforts: Iterable[Effort], *, after: Path | None = None) -> str:
    """The text of an ``efforts.csv``: the rows of a file that is there, then these efforts.

    Rows that are there stay as they were written; new columns are added on the right.

    Args:
        efforts: Efforts to write.
        after: A file whose rows come first; None where there is none.
    """
    added = list(efforts)
    held = _own_table(after) if after is not None else None
    header = list(held.header if held else COLUMNS)
    used = {name for effort in added for name in _filled(effort)}
    extra = dict.fromkeys(name for effort in added for name in effort.extra)
    fields = (name for name in Effort.model_fields if name in used)
    header = [*dict.fromkeys((*header, *fields, *extra))]
    rows: list[Sequence[str]] = [header]
    rows += [row.cells for row in held.rows] if held else []
    for effort in added:
        cells = _filled(effort) | effort.extra
        rows.append([cells.get(name, "") for name in header])
    return csv_text(rows)


def _filled(effort: Effort) -> dict[str, str]:
    """The columns of one effort that hold something, as text."""
    cells = {
        name: _WRITE.get(name, str)(value)
        for name in Effort.model_fields
        if name != "extra" and (value := getattr(effort, name)) not in ("", (), None, False)
    }
    return {name: text for name, text in cells.items() if text}


def amount_as_text(amount: Amount) -> str:
    """An amount as one cell says it, digit for digit."""
    if amount.is_point:
        return number_as_text(amount.p50)
    return " / ".join(map(number_as_text, amount.numbers))


def number_as_text(value: float) -> str:
    """A number without a useless ``.0`` and without an exponent where it is whole."""
    return str(int(value)) if value.is_integer() else repr(value)


_WRITE: dict[str, Callable[..., str]] = {
    "cost": amount_as_text,
    "hazards": _BETWEEN.join,
    "recipients": _BETWEEN.join,
    "reference_cost": number_as_text,
    "kind_suggested": {True: "yes", False: ""}.__getitem__,
}
"""How a field is written, where it is no text already."""
