"""Texts that a person can read at 100 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

WIDTH = 100
"""Columns of a terminal that everything fits into."""


def printable(text: str) -> str:
    """A text without signs that would steer a terminal; line ends stay."""
    if text.isprintable():
        return text
    return "".join(
        sign if sign == "\n" or sign.isprintable() else sign.encode("unicode_escape").decode()
        for sign in text
    )


def wrapped(text: str, *, indent: int = 0, hanging: int | None = None) -> str:
    """A paragraph broken at `WIDTH`; words that are longer are never broken.

    Args:
        text: The paragraph.
        indent: Spaces before its first line.
        hanging: Spaces before the others; the same otherwise.
    """
    return textwrap.fill(
        printable(" ".join(text.split())),
        width=WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent if hanging is None else hanging),
        break_long_words=False,
        break_on_hyphens=False,
    )


def named(name: str, width: int, *, indent: int = 0) -> str:
    """A name that somebody may copy, as the first cell of a row; never cut.

    Args:
        name: The name; one that is longer than the cell stands on a line of its own.
        width: How wide the cell is.
        indent: Spaces before the cell, which the caller has written already.
    """
    shown = printable(name)
    if len(shown) <= width:
        return shown.ljust(width)
    return f"{shown}\n{' ' * (indent + width)}"


def labelled(pairs: Iterable[tuple[str, str]], *, indent: int = 2) -> str:
    """Labels with their texts, the texts under each other; pairs of no text are left out."""
    shown = [(label, text) for label, text in pairs if text]
    width = max((len(label) for label, _ in shown), default=0)
    start = indent + width + 2
    return "\n".join(
        wrapped(text, indent=start).replace(
            " " * start, f"{' ' * indent}{label.ljust(width)}  ", 1
        )
        for label, text in shown
    )


def table(rows: Sequence[Sequence[str]], *, indent: int = 2) -> str:
    """A table, columns padded; the last one is broken where it would pass `WIDTH`.

    Args:
        rows: Cells as text, as many in each row; the first row is the header.
        indent: Spaces before each line.
    """
    if not rows:
        return ""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    start = indent + sum(widths) + 2 * len(widths)
    lines: list[str] = []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row[:-1], widths, strict=True)]
        head = " " * indent + "".join(f"{cell}  " for cell in cells)
        last = wrapped(row[-1], indent=start) if row[-1] else ""
        lines.append((head + last[start:]).rstrip())
    return "\n".join(lines)
