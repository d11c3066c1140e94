"""Rows that were refused: why, and the row as it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from custodes.errors import Fault
from custodes.exchange._csv_tables import read_csv_table
from custodes.exchange._csv_text import csv_text
from custodes.exchange._table import Table

REFUSED_FILE = "refused.csv"
"""Its name in a round's folder; written, never read as part of the round."""

RefusalClass = Literal[
    "title_missing",
    "amount_missing",
    "amount_not_a_number",
    "amount_negative",
    "amount_zero",
    "currency_missing",
    "currency_unclear",
    "ragged",
    "date_unclear",
    "kind_unknown",
    "value_unclear",
    "id_repeated",
    "id_taken",
]
"""Why a row is refused; a row with several faults counts under the first in this order."""

REFUSAL_CLASSES: tuple[RefusalClass, ...] = get_args(RefusalClass)
"""The classes, in the order in which they are told."""

_OWN = ("refused_file", "refused_row", "refused_because", "refused_columns", "refused_reasons")


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row that is no effort as it stands."""

    number: int
    """Where it stands, as faults count."""
    because: RefusalClass
    """The first of its faults' classes."""
    faults: tuple[Fault, ...]
    """Everything wrong with it."""
    cells: tuple[str, ...]
    """The row as it was."""


def refused_as_csv(table: Table, refused: Iterable[RefusedRow], *, after: Path | None) -> str:
    """The text of ``refused.csv``: earlier rows of other files, then these.

    Args:
        table: The table they were refused from.
        refused: The rows.
        after: The file that is there; rows of the same source in it are replaced.
    """
    header = [*_OWN, *(f"source_{name}" if name in _OWN else name for name in table.header)]
    rows: list[dict[str, str]] = []
    if after is not None and after.exists():
        earlier = read_csv_table(after, header_row=1)
        kept = (dict(zip(earlier.header, row.cells, strict=False)) for row in earlier.rows)
        rows = [row for row in kept if row.get("refused_file") != table.place]
        if rows:
            header = [*dict.fromkeys((*earlier.header, *header))]
    own_header = [f"source_{name}" if name in _OWN else name for name in table.header]
    for row in refused:
        cells = _named(row.cells, own_header)
        cells |= {
            "refused_file": table.place,
            "refused_row": str(row.number),
            "refused_because": row.because,
            "refused_columns": ", ".join(dict.fromkeys(f.field for f in row.faults if f.field)),
            "refused_reasons": "; ".join(f"{f.message} ({f.cure})" for f in row.faults),
        }
        header += [name for name in cells if name not in header]
        rows.append(cells)
    return csv_text([header, *([row.get(name, "") for name in header] for row in rows)])


def _named(cells: Sequence[str], header: Sequence[str]) -> dict[str, str]:
    named = dict(zip(header, cells, strict=False))
    over = cells[len(header) :]
    return named | {f"cell {len(header) + n}": cell for n, cell in enumerate(over, start=1)}
