"""A picture as it stands on a page: drawing, caption, words for who cannot see it, and table."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a picture; every row begins with its own heading."""

    columns: tuple[str, ...]
    """Heads of the columns; the first stands over the rows' headings."""
    rows: tuple[tuple[str, ...], ...]
    """Cells, each row as long as `columns`."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; a tall one comes as several drawings that print on one page each."""

    id: str
    """Its name on the page."""
    title: str
    """What it shows."""
    caption: str
    """How to read it."""
    words: str
    """What it says, for who cannot see it."""
    drawings: tuple[str, ...]
    """SVG."""
    table: Table
    """Its numbers."""
