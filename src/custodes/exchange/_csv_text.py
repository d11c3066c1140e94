"""Rows to the text of a CSV file that gives back the same cells, line breaks of every sort too."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence


class _Lines:
    """Collects what a CSV writer writes, row by row, each row ended by one line feed."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> int:
        self.lines.append(f"{line.removesuffix(_END)}\n")
        return len(line)


_END = "\r\n"
"""Ends a row for the writer, which then puts cells with either sign in quotation marks."""


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """The text of a CSV file with these rows."""
    lines = _Lines()
    csv.writer(lines, lineterminator=_END).writerows(rows)
    return "".join(lines.lines)
