"""The rows of one of our own CSV files, whose columns we know; a misspelt one is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from custodes import catalogue
from custodes.errors import Fault, InputError
from custodes.exchange._csv_tables import OTHER_ENCODING, read_csv_table
from custodes.exchange._table import Table, TableRow, refusal, shown
from custodes.exchange._text_files import refuse_unless_plain


@dataclass(slots=True)
class OwnRow:
    """One row of our own file, its cells by column, and what is wrong with it."""

    file: str
    """The file's name."""
    number: int
    """The row, as a spreadsheet counts."""
    cells: dict[str, str]
    """Cells by column, without blanks at their ends."""
    faults: list[Fault] = field(default_factory=list[Fault])
    """What was refused so far."""

    def cell(self, column: str) -> str:
        """The cell of a column; empty where the file has no such column."""
        return self.cells.get(column, "")

    def refuse(self, message: str, cure: str, column: str | None) -> None:
        """Note one fault of this row."""
        self.faults.append(
            Fault(message=message, cure=cure, file=self.file, row=self.number, field=column)
        )

    def refuse_all(self, error: InputError, column: str) -> None:
        """Note every fault of a refusal, at this row and column."""
        self.faults += [
            fault.at(file=self.file, row=self.number, field=column) for fault in error.faults
        ]


def own_table(path: Path, *, if_missing: str = "put a file there") -> Table:
    """The table in one of our own CSV files; its names stand in row 1.

    Raises:
        InputError: It is missing, cannot be opened, or is no CSV.
    """
    refuse_unless_plain(path, name=path.name, if_missing=if_missing)
    try:
        return read_csv_table(path, header_row=1)
    except InputError as error:
        raise InputError(
            replace(fault, cure=fault.cure.removesuffix(OTHER_ENCODING)) for fault in error.faults
        ) from None
    except OSError as error:
        cure = "make it readable for you"
        raise refusal(path.name, f"cannot be opened ({error.strerror})", cure) from None


def own_rows(path: Path, *, columns: Sequence[str], required: Sequence[str]) -> tuple[OwnRow, ...]:
    """The rows of one of our own CSV files.

    Args:
        path: The file.
        columns: Every column that it may have.
        required: Columns that it must have.

    Raises:
        InputError: It cannot be read, lacks a column or has one that we do not know.
    """
    table = own_table(path)
    unknown = [
        Fault(
            message=f"'{shown(name)}' is not a column of {path.name}",
            cure=catalogue.nearest(name, tuple(columns)),
            file=table.file,
            row=1,
            field=shown(name),
        )
        for name in table.header
        if name not in columns
    ]
    missing = [
        Fault(
            message=f"has no column '{name}'",
            cure=f"add it; the columns are {', '.join(columns)}",
            file=table.file,
            row=1,
            field=name,
        )
        for name in required
        if name not in table.header
    ]
    if unknown or missing:
        raise InputError([*missing, *unknown])
    return tuple(_own_row(row, table) for row in table.rows)


def _own_row(row: TableRow, table: Table) -> OwnRow:
    cells = [cell.strip() for cell in row.cells]
    own = OwnRow(
        file=table.file,
        number=row.number,
        cells=dict(zip(table.header, cells, strict=False)),
    )
    if any(cells[len(table.header) :]):
        own.refuse(
            f"has {len(cells)} cells, the row of names {len(table.header)}",
            "put texts that hold commas in quotation marks",
            None,
        )
    return own
