"""What a person should know about an import, gathered row by row and said once."""

from __future__ import annotations

import datetime as dt
import re

from custodes.efforts import Effort
from custodes.exchange._columns import ColumnMap
from custodes.exchange._starts import NotADateError, Start, parse_start
from custodes.exchange._table import Table, TableRow

_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]{1,10});")
_AGGREGATE = re.compile(r"\bnot a single\b|\baggregate (?:of|total|figure)\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\bno .{0,30}\brecoverable\b|^\W*(?:n/?a|tbc|tbd)\W*$", re.IGNORECASE)
_EXPORTED = ("exported_at", "exported", "as_of", "retrieved_at")
_ROWS_NAMED = 5
_ENTITIES_KEPT = (
    "rows with HTML entities, kept as written: {n}; "
    'html_entities = "decode" in MAP.toml turns them into signs'
)


class ImportNotes:
    """Counts of what was noticed; `sentences` says them."""

    def __init__(self, table: Table, columns: ColumnMap) -> None:
        self._columns = columns
        self._width = len(table.header)
        self._exported = _exported_on(table)
        self._rows: dict[str, list[int]] = {}
        self._first: list[str] = []

    def dates_are_coarse(self, column: str, coarse: str) -> None:
        """Say that days are written though less is known."""
        self._first.append(
            f"'{column}' writes days, and every one is the first of a {coarse}: "
            f"kept as {coarse}s, because more is not known"
        )

    def is_left_out(self, row: TableRow) -> None:
        """Count a row that the map says is no effort."""
        self._note("left out", row.number)

    def see(self, effort: Effort, row: TableRow, start: Start) -> None:
        """Look at one row that became an effort."""
        number = row.number
        if effort.cost_is_estimate == "yes":
            self._note("estimate", number)
        if self._exported and start.first_day and start.first_day > self._exported:
            self._note("future", number)
        if _AGGREGATE.search(effort.description):
            self._note("aggregate", number)
        if _PLACEHOLDER.search(effort.description):
            self._note("placeholder", number)
        if len(row.cells) < self._width:
            self._note("short", number)
        for cell in row.cells:
            if cell and (cell[0].isspace() or cell[-1].isspace()):
                self._note("blanks", number)
            if "&" in cell and _ENTITY.search(cell):
                self._note("entity", number)
            if cell[:1] in {"=", "@"} or (cell[:1] in {"+", "-"} and cell[1:2].isalpha()):
                self._note("formula", number)

    def _note(self, what: str, number: int) -> None:
        rows = self._rows.setdefault(what, [])
        if not rows or rows[-1] != number:
            rows.append(number)

    def sentences(self) -> tuple[str, ...]:
        """Everything noticed, most important first."""
        decoded = self._columns.html_entities == "decode"
        told = {
            "left out": "rows left out, which the map says are no efforts: {n} ({rows})",
            "estimate": "costs that are somebody's estimate, and stay marked as such: {n}",
            "aggregate": "rows that say they are more than one grant: {n} ({rows}); look at them",
            "placeholder": "descriptions that are placeholders: {n} ({rows}); look at them",
            "future": f"starts after the file's own date, {self._exported}: {{n}} ({{rows}})",
            "formula": "rows with text that begins like a formula, kept as text: {n} ({rows})",
            "entity": "rows with HTML entities, now decoded: {n}" if decoded else _ENTITIES_KEPT,
            "short": "rows with fewer cells than there are names, the rest counts as empty: {n}",
            "blanks": "rows with blanks at the ends of cells, taken off: {n}",
        }
        return (
            *self._first,
            *(
                sentence.format(n=f"{len(self._rows[what]):,}", rows=_rows(self._rows[what]))
                for what, sentence in told.items()
                if what in self._rows
            ),
        )


def _rows(numbers: list[int]) -> str:
    more = f" and {len(numbers) - _ROWS_NAMED} more" if len(numbers) > _ROWS_NAMED else ""
    return f"row {', '.join(map(str, numbers[:_ROWS_NAMED]))}{more}"


def _exported_on(table: Table) -> dt.date | None:
    for key in _EXPORTED:
        try:
            start = parse_start(table.about.get(key, ""))
        except NotADateError:
            continue
        if start.precision == "day":
            return start.first_day
    return None
