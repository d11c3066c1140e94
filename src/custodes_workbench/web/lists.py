"""A list that sorts, filters, pages and exports exactly what is shown.

It works on rows that the reader may see, and on the columns that it is given and no others, so
that neither an order nor a filter can reach what is hidden.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import formats, timezone

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Column:
    """One column that a reader may see, sort and filter by."""

    name: str
    """The attribute, key or method of a row."""
    label: str
    """The heading."""
    number: bool = False
    """Set right, sorted as numbers."""
    choices: bool = False
    """Filtered by a list of the values that occur."""
    link: str = ""
    """The attribute, key or method that gives the address of a link."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows."""

    text: str
    url: str
    number: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading with what the reader can do to it."""

    column: Column
    sorted: str
    """`ascending`, `descending` or `none`, as `aria-sort` wants it."""
    url: str
    """Where the other order is."""
    options: tuple[str, ...]
    chosen: str


class Listing:
    """One page of a list, as the query string asks for it."""

    def __init__(
        self,
        request: HttpRequest,
        columns: Sequence[Column],
        rows: Iterable[Any],
        *,
        name: str,
        keep: Sequence[str] = (),
    ) -> None:
        """Read what is asked.

        Args:
            request: Its query string holds `sort`, `page`, `find`, `as` and a key a filter.
            columns: What the reader may see.
            rows: What the reader may see; objects or mappings.
            name: Of the file that an export is called.
            keep: Keys of the query string that mean something to the page.
        """
        self.columns = tuple(columns)
        self.name = name
        self.query = request.GET.copy()
        self.find = self.query.get("find", "").strip()
        self.kept = [(key, self.query[key]) for key in keep if key in self.query]
        self._rows = list(rows)

    @property
    def wants_file(self) -> bool:
        """Whether the list is asked for as a file."""
        return self.query.get("as") == "csv"

    @cached_property
    def rows(self) -> list[Any]:
        """All rows that pass the filters, in order."""
        kept = [row for row in self._rows if self._passes(row)]
        asked = str(self.query.get("sort", ""))
        name = asked.lstrip("-")
        column = next((each for each in self.columns if each.name == name), None)
        if column is not None:
            kept.sort(key=lambda row: _sort_key(value_of(row, column.name)))
            if asked.startswith("-"):
                kept.reverse()
        return kept

    @cached_property
    def page(self) -> Page[Any]:
        """The page that is asked for; the nearest there is."""
        return Paginator(self.rows, PAGE_SIZE).get_page(self.query.get("page"))

    @property
    def cells(self) -> list[list[Cell]]:
        """The cells of the page, row by row."""
        return [
            [
                Cell(
                    text=_told(value_of(row, each.name), each),
                    url=str(value_of(row, each.link)) if each.link else "",
                    number=each.number,
                )
                for each in self.columns
            ]
            for row in self.page.object_list
        ]

    @property
    def headings(self) -> list[Heading]:
        """The headings, with links that sort and lists that filter."""
        asked = self.query.get("sort", "")
        return [
            Heading(
                column=each,
                sorted={each.name: "ascending", f"-{each.name}": "descending"}.get(asked, "none"),
                url=self.url(sort=f"-{each.name}" if asked == each.name else each.name, page=""),
                options=self._options(each) if each.choices else (),
                chosen=self.query.get(f"is_{each.name}", ""),
            )
            for each in self.columns
        ]

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter hides rows."""
        return len(self.rows) != len(self._rows)

    def url(self, **changes: str) -> str:
        """This list's address with some keys of the query string changed; empty leaves one out."""
        query = self.query.copy()
        query.pop("as", None)
        for key, value in changes.items():
            query.pop(key, None)
            if value:
                query[key] = value
        return f"?{query.urlencode()}"

    @property
    def file_url(self) -> str:
        """Where the same rows are as CSV."""
        return f"{self.url(page='')}&as=csv"

    @property
    def next_url(self) -> str:
        """The following page."""
        return self.url(page=str(self.page.next_page_number())) if self.page.has_next() else ""

    @property
    def previous_url(self) -> str:
        """The page before."""
        number = self.page.previous_page_number() if self.page.has_previous() else 0
        return self.url(page=str(number)) if number else ""

    def as_file(self) -> HttpResponse:
        """All rows that pass the filters, as CSV."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow([each.name for each in self.columns])
        for row in self.rows:
            writer.writerow([safe_cell(value_of(row, each.name)) for each in self.columns])
        response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.name}.csv"'
        return response

    def _options(self, column: Column) -> tuple[str, ...]:
        return tuple(sorted({shown(value_of(row, column.name)) for row in self._rows} - {""}))

    def _passes(self, row: object) -> bool:
        values = [(value_of(row, each.name), each) for each in self.columns]
        texts = {text for value, each in values for text in (shown(value), _told(value, each))}
        if self.find and not any(self.find.casefold() in text.casefold() for text in texts):
            return False
        wanted = ((each, self.query.get(f"is_{each.name}", "")) for each in self.columns)
        return all(not value or shown(value_of(row, each.name)) == value for each, value in wanted)


def value_of(row: Any, name: str) -> Any:  # noqa: ANN401 (a row is whatever an app lists)
    """What a row holds under a name; a method is called."""
    value = row[name] if isinstance(row, Mapping) else getattr(row, name)
    return value() if callable(value) else value


def shown(value: object) -> str:
    """A value as a reader sees it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.datetime):
        return formats.date_format(timezone.localtime(value), "j M Y, H:i")
    if isinstance(value, dt.date):
        return formats.date_format(value, "j M Y")
    return str(value)


def _told(value: object, column: Column) -> str:
    """What a cell says: a number of a thousand and more with its thousands apart."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return f"{value:,}" if column.number and is_number else shown(value)


_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def safe_cell(value: object) -> str | float | int:
    """A value for a file that a spreadsheet opens: a text never starts a formula.

    >>> safe_cell("=1+1")
    "'=1+1"
    >>> safe_cell(-2.5)
    -2.5
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    text = value.isoformat() if isinstance(value, dt.date) else shown(value)
    return f"'{text}" if text.startswith((*_STARTS_A_FORMULA, "'")) else text


def _sort_key(value: object) -> tuple[int, float, str]:
    if value is None or value == "":
        return (2, 0.0, "")
    if isinstance(value, dt.datetime):
        return (0, value.timestamp(), "")
    if isinstance(value, dt.date):
        return (0, float(value.toordinal()), "")
    if isinstance(value, int | float):
        return (0, float(value), "")
    return (1, 0.0, str(value).casefold())
