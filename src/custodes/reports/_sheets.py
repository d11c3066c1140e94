"""Tables as files for spreadsheets, in which no text is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence


def sheet(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as a CSV file.

    Args:
        rows: The cells of each row; numbers as their text.
    """
    table = io.StringIO()
    csv.writer(table, lineterminator="\n").writerows(map(harmless, row) for row in rows)
    return table.getvalue().encode()


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula; a number stays as it is.

    Args:
        text: What a cell says.
    """
    if not text.startswith(("=", "+", "-", "@", "\t", "\r")):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text
