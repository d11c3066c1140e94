"""Rows of somebody else's table to efforts, or to refusals that say why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from custodes.efforts import Effort
from custodes.errors import Fault, InputError
from custodes.exchange._column_guesses import Guess, guess_columns, guesses_of
from custodes.exchange._columns import MAP_FILE, ColumnMap, check_map, told_columns
from custodes.exchange._costs import names_a_currency
from custodes.exchange._refused import REFUSAL_CLASSES, RefusedRow
from custodes.exchange._row_import import RowImporter
from custodes.exchange._table import Table
from custodes.exchange._tables import read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortsImport:
    """What a file of proposals or grants holds, as efforts; nothing is written yet."""

    table: Table
    """The table as it was read."""
    columns: ColumnMap
    """The map that was used."""
    guesses: tuple[Guess, ...]
    """The map line by line, with what each line rests on and a sample."""
    efforts: tuple[Effort, ...]
    """The efforts of the rows that are right."""
    rows: tuple[int, ...]
    """The row of each effort, as faults count."""
    made_ids: frozenset[str]
    """Ids that were made from titles."""
    refused: tuple[RefusedRow, ...]
    """Rows that are no effort as they stand."""
    left_out: tuple[int, ...]
    """Rows that the map says are no efforts, as faults count."""
    notes: tuple[str, ...]
    """What a person should know, in sentences."""

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Every fault of every refused row."""
        return tuple(fault for row in self.refused for fault in row.faults)

    @property
    def refused_by_class(self) -> dict[str, int]:
        """Refused rows, each once, under its first class."""
        counts = Counter(row.because for row in self.refused)
        return {name: counts[name] for name in REFUSAL_CLASSES if counts[name]}


def read_efforts(
    path: str | Path,
    *,
    columns: ColumnMap | None = None,
    currency: str | None = None,
    sheet: str | None = None,
) -> EffortsImport:
    """The efforts that a CSV (also .gz), XLSX or JSON file of proposals or grants holds.

    Args:
        path: The file.
        columns: Which of their columns is which of ours; guessed where it maps none.
        currency: The currency of amounts whose currency the file does not state.
        sheet: XLSX: the sheet.

    Raises:
        InputError: The file is no table, or no column says what an effort is or costs.
        PrerequisiteError: An XLSX file, and the extra `excel` is not installed.
    """
    given = columns or ColumnMap()
    table = read_table(
        path,
        sheet=sheet or given.sheet,
        header_row=given.header_row,
        records_at=given.records_at,
        encoding=given.encoding,
    )
    used, sure = given, dict[str, str]()
    faults = check_map(given, table)
    if faults:
        raise InputError(faults)
    if not given.columns:
        guessed = guess_columns(table)
        sure = guessed.sure
        used = guessed.columns.model_copy(
            update={
                "fixed": guessed.columns.fixed | given.fixed,
                "not_efforts": guessed.columns.not_efforts | given.not_efforts,
                "encoding": given.encoding,
                "dates": given.dates,
                "html_entities": given.html_entities,
            }
        )
    if currency and "currency" not in used.fixed:
        used = used.model_copy(update={"fixed": used.fixed | {"currency": currency}})
        sure["currency"] = sure.get("currency", "") or "--currency"
    _refuse_unusable(used, table)
    importer = RowImporter(table, used)
    efforts: list[Effort] = []
    rows: list[int] = []
    refused: list[RefusedRow] = []
    left_out: list[int] = []
    for row in table.rows:
        if importer.leaves_out(row):
            left_out.append(row.number)
            continue
        outcome = importer.take(row)
        if isinstance(outcome, RefusedRow):
            refused.append(outcome)
        else:
            efforts.append(outcome)
            rows.append(row.number)
    return EffortsImport(
        table=table,
        columns=used,
        guesses=guesses_of(used, table, sure),
        efforts=tuple(efforts),
        rows=tuple(rows),
        made_ids=frozenset(importer.made_ids),
        refused=tuple(refused),
        left_out=tuple(left_out),
        notes=(*table.notes, *importer.notes.sentences()),
    )


def _refuse_unusable(columns: ColumnMap, table: Table) -> None:
    """Refuse a table of which no column can be an effort's title, cost or currency."""
    faults = [
        Fault(
            message=f"no column is recognised as {what}; its columns are: {told_columns(table)}",
            cure=f'name it in {MAP_FILE}: [columns] {ours} = "their name"' + _other_sheets(table),
            file=table.place,
            field=ours,
        )
        for ours, what in (("title", "a title"), ("cost", "a cost"))
        if ours not in columns.columns
    ]
    if not faults and not _says_currency(columns, table):
        faults.append(
            Fault(
                message="no column says the currency, and it is never guessed",
                cure="say it, as in --currency GBP, if all amounts are in one currency",
                file=table.place,
                field="currency",
            )
        )
    if faults:
        raise InputError(faults)


def _other_sheets(table: Table) -> str:
    others = [name for name in table.sheets if name != table.sheet]
    return f"; or choose another sheet with --sheet: {', '.join(others)}" if others else ""


def _says_currency(columns: ColumnMap, table: Table) -> bool:
    """Whether a column, the map or the cells of the cost (GBP 5,000) name a currency."""
    if "currency" in columns.columns or "currency" in columns.fixed:
        return True
    at = table.header.index(columns.columns["cost"].columns[0])
    return any(names_a_currency(row.cells[at]) for row in table.rows if at < len(row.cells))
