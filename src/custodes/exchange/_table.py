"""A table as somebody else wrote it: names of columns, rows of text, and what was noticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from custodes.errors import Fault, InputError

MAX_CELL = 131_072
"""Characters in one cell; a spreadsheet program stops at 32,767."""
MAX_LINE = 4_194_304
"""Characters in one line of a text file."""
MAX_TEXT = 268_435_456
"""Characters (or bytes, unpacked) in one file."""
MAX_ROWS = 1_000_000
"""Rows in one file, blank ones counted."""

_HEADER_WITHIN = 20
"""Rows in which the names of the columns are looked for."""
_HEADER_FILLED = 0.6
"""Share of the table's width that a row of names fills at least; banners fill less."""
_SHOWN = 60
"""Characters of a value that a sentence shows."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row, as text."""

    number: int
    """Where it stands: as a spreadsheet counts (header first); in JSON its place from 1."""
    cells: tuple[str, ...]
    """Its cells in the order of the header; missing ones at the end are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that was read, every cell as text."""

    file: str
    """The file, as the person named it."""
    header: tuple[str, ...]
    """Names of the columns, each once."""
    rows: tuple[TableRow, ...]
    """The rows that are not blank."""
    sheet: str = ""
    """The sheet of a workbook; empty elsewhere."""
    sheets: tuple[str, ...] = ()
    """Every sheet of the workbook."""
    header_row: int = 1
    """The row that the names stand in; 0 where they stand in every record (JSON)."""
    records_at: str = ""
    """The key that the records stand under (JSON)."""
    about: Mapping[str, str] = field(default_factory=dict[str, str])
    """What a JSON file says beside its records."""
    formulas: frozenset[tuple[int, str]] = frozenset()
    """Cells that hold a formula: row and column; their stored value was read."""
    notes: tuple[str, ...] = ()
    """What was noticed while reading, in sentences."""

    @property
    def place(self) -> str:
        """File and sheet, as a fault names them."""
        return Origin(self.file, self.sheet).place


def shown(value: str) -> str:
    """A value as a sentence shows it: one line, not too long, nothing that steers a terminal."""
    line = " ".join(value[: 4 * _SHOWN].split())
    if not line.isprintable():
        line = "".join(char if char.isprintable() else "\ufffd" for char in line)
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}\u2026"


def cell_name(row: int, column: int) -> str:
    """A cell as a spreadsheet names it.

    Args:
        row: Its row, from 1.
        column: Its column, from 0.

    >>> cell_name(7, 0), cell_name(2, 27)
    ('A7', 'AB2')
    """
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"


def refusal(
    file: str, message: str, cure: str, *, row: int | None = None, column: str | None = None
) -> InputError:
    """One fault about a file, ready to be raised."""
    return InputError([Fault(message=message, cure=cure, file=file, row=row, field=column)])


def find_header(rows: Sequence[tuple[str, ...]]) -> int:
    """Where, counted from 0, the names of the columns stand.

    It is the first of the first rows that fills most of the table's width with different texts
    and no bare numbers; row 0 where there is none.
    """
    first = rows[:_HEADER_WITHIN]
    width = max((sum(map(_filled, row)) for row in first), default=0)
    for place, row in enumerate(first):
        names = [cell.strip() for cell in row if _filled(cell)]
        plain = not any(name.replace(",", "").replace(".", "").isdigit() for name in names)
        if names and len(names) >= _HEADER_FILLED * width and len({*names}) == len(names):
            if plain:
                return place
            break
    return 0


def _filled(cell: str) -> bool:
    return bool(cell.strip())


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a table comes from."""

    file: str
    """The file, as the person named it."""
    sheet: str = ""
    """The sheet of a workbook."""
    sheets: tuple[str, ...] = ()
    """Every sheet of the workbook."""

    @property
    def place(self) -> str:
        """File and sheet, as a fault names them."""
        return f"{self.file} (sheet '{self.sheet}')" if self.sheet else self.file


def table_of(
    rows: Iterable[tuple[int, tuple[str, ...]]],
    origin: Origin,
    *,
    header_row: int | None,
    formula_cells: Iterable[tuple[int, int]] = (),
    notes: Iterable[str] = (),
) -> Table:
    """A table from numbered rows, the names of the columns found or at `header_row`.

    Raises:
        InputError: Nothing in it, no such row, a name twice, a row too many.
    """
    place = origin.place
    numbered = iter(rows)
    first = list(islice(numbered, max(_HEADER_WITHIN, header_row or 0)))
    if not any(map(_filled, (cell for _, row in first for cell in row))):
        raise refusal(place, "is empty", "give a file with a row of column names and rows below")
    if header_row is None:
        start = find_header([row for _, row in first])
    else:
        start = next((i for i, (number, _) in enumerate(first) if number == header_row), -1)
        if start < 0 or not any(map(_filled, first[start][1])):
            raise refusal(
                place, "has no names of columns there", "correct header_row", row=header_row
            )
    at, names = first[start]
    header = header_of(names, place=place, row=at)
    body = (
        TableRow(number, row)
        for number, row in _limited((*first[start + 1 :],), numbered, place=place)
        if any(map(_filled, row))
    )
    kept = tuple(body)
    told = list(notes)
    if at != 1:
        told.append(f"the names of the columns were found in row {at}")
    return Table(
        file=origin.file,
        header=header,
        rows=kept,
        sheet=origin.sheet,
        sheets=origin.sheets,
        header_row=at,
        formulas=frozenset(
            (row, header[column]) for row, column in formula_cells if column < len(header)
        ),
        notes=tuple(told),
    )


def _limited(
    first: tuple[tuple[int, tuple[str, ...]], ...],
    rest: Iterator[tuple[int, tuple[str, ...]]],
    *,
    place: str,
) -> Iterator[tuple[int, tuple[str, ...]]]:
    yield from first
    for number, row in rest:
        if number > MAX_ROWS:
            raise refusal(place, f"has more than {MAX_ROWS:,} rows", "split it into several files")
        yield number, row


def why_no_cell(value: str) -> str:
    """Why a value cannot stand in a cell of ours; empty where it can."""
    if len(value) > MAX_CELL:
        return f"is longer than {MAX_CELL:,} characters"
    if "\0" in value:
        return "holds a NUL character"
    if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
        return "holds half a character"
    return ""


def header_of(names: Iterable[str], *, place: str, row: int | None) -> tuple[str, ...]:
    """Names of columns, each on one line and each once; one without a name gets its number.

    Raises:
        InputError: A name stands twice.
    """
    stripped = [" ".join(name.split()) for name in names]
    while stripped and not stripped[-1]:
        stripped.pop()
    repeated = sorted({name for name in stripped if name and stripped.count(name) > 1})
    if repeated:
        raise InputError(
            Fault(
                message=f"two columns are named '{shown(name)}'",
                cure="give each its own name",
                file=place,
                row=row,
                field=shown(name),
            )
            for name in repeated
        )
    return tuple(name or f"column {number}" for number, name in enumerate(stripped, start=1))
