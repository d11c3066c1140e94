"""When an effort starts, never finer than it is known."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

Precision = Literal["day", "month", "quarter", "year", "multi-year", ""]
"""How much of a date is known; empty is not stated."""
DateOrder = Literal["day first", "month first"] | None
"""How 03/04/2026 is meant; None refuses such dates."""

PRECISIONS: tuple[Precision, ...] = ("day", "month", "quarter", "year", "multi-year")
"""From fine to coarse."""

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH_NAMES = "|".join(f"{name}|{name[:3]}" for name in _MONTHS) + "|sept"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS: tuple[tuple[Precision, re.Pattern[str]], ...] = tuple(
    (precision, re.compile(pattern, re.IGNORECASE))
    for precision, pattern in cast(
        "tuple[tuple[Precision, str], ...]",
        (
            ("year", rf"{_YEAR}"),
            ("month", rf"{_YEAR}[-/.](?P<month>\d\d?)"),
            ("day", rf"{_YEAR}[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)(?:[T ]\d\d:\d\d.*)?"),
            ("day", rf"{_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)"),
            ("quarter", rf"{_YEAR}[- ]?Q(?P<quarter>[1-4])"),
            ("quarter", rf"Q(?P<quarter>[1-4])[- /]?{_YEAR}"),
            ("month", rf"(?P<name>{_MONTH_NAMES})\.?,?[ -]{_YEAR}"),
            ("day", rf"(?P<day>\d\d?)(?:st|nd|rd|th)? (?P<name>{_MONTH_NAMES})\.?,? {_YEAR}"),
            ("day", rf"(?P<name>{_MONTH_NAMES})\.? (?P<day>\d\d?)(?:st|nd|rd|th)?,? {_YEAR}"),
            ("multi-year", rf"{_YEAR} ?[-/\u2013] ?(?P<until>(?:19|20)\d\d)"),
        ),
    )
)
_SLASHED = re.compile(rf"(\d\d?)[/.-](\d\d?)[/.-]{_YEAR}")
_SERIAL = re.compile(r"[23456]\d{4}(?:\.\d+)?")
"""Days as a spreadsheet counts them: 1954 to 2091."""
_EXCEL_ZERO = dt.date(1899, 12, 30)
"""The day before day 1 as it comes out after February 1900, in which Excel counts a 29th."""
_SECONDS = re.compile(r"\d{9,10}|\d{12,13}")


class NotADateError(ValueError):
    """The cell says no date; the message says why, `cure` what to write."""

    def __init__(self, message: str, cure: str) -> None:
        self.cure = cure
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Start:
    """A start as far as it is known."""

    text: str
    """2026, 2026-Q1, 2026-10, 2026-10-01 or 2016/2018; empty is not stated."""
    precision: Precision
    """How much of it is known."""
    written: Precision
    """How fine it was written."""
    first_day: dt.date | None = None
    """The first day it can mean."""


@lru_cache(maxsize=65_536)
def parse_start(text: str, *, stated: str = "", order: DateOrder = None) -> Start:
    """What one cell says, cut to what its source says is known.

    Args:
        text: A date in words or figures, a month, quarter, year or span of years, or Unix seconds.
        stated: The precision that the source states; empty where it states none.
        order: How a date of two small numbers and a year is meant.

    Raises:
        NotADateError: It is none of these, or the stated precision is not one we know.

    >>> parse_start("October 2024").text
    '2024-10'
    >>> parse_start("2024-07-01", stated="quarter").text
    '2024-Q3'
    """
    plain = " ".join(text.split())
    coarse = _precision(stated)
    if not plain:
        return Start("", "", "")
    day, written, until = _read(plain, order)
    precision = PRECISIONS[max(map(PRECISIONS.index, (written, coarse or written)))]
    return Start(_text(day, precision, until), precision, written, day)


def _no_date(*, message: str, cure: str) -> NotADateError:
    return NotADateError(message, cure)


def _precision(stated: str) -> Precision:
    plain = stated.strip().lower().replace("_", "-").replace("multiyear", "multi-year")
    if plain and plain not in PRECISIONS:
        message = f"'{plain[:40]}' is not a precision of a date"
        raise _no_date(
            message=message, cure="write day, month, quarter, year, multi-year or nothing"
        )
    return plain


def _read(plain: str, order: DateOrder) -> tuple[dt.date, Precision, str]:
    for precision, form in _FORMS:
        found = form.fullmatch(plain)
        if found:
            parts = found.groupdict()
            month = int(parts.get("month") or 1)
            if parts.get("name"):
                month = [name[:3] for name in _MONTHS].index(parts["name"][:3].lower()) + 1
            if parts.get("quarter"):
                month = 3 * int(parts["quarter"]) - 2
            until = parts.get("until") or ""
            if until and until < parts["year"]:
                raise _no_date(message="runs backwards", cure="write the earlier year first")
            return _date(int(parts["year"]), month, int(parts.get("day") or 1)), precision, until
    slashed = _SLASHED.fullmatch(plain)
    if slashed:
        return _slashed(slashed, order), "day", ""
    if _SECONDS.fullmatch(plain):
        seconds = int(plain) // (1000 if len(plain) > 10 else 1)  # noqa: PLR2004 (longer is milliseconds)
        return dt.datetime.fromtimestamp(seconds, tz=dt.UTC).date(), "day", ""
    if _SERIAL.fullmatch(plain):
        day = _EXCEL_ZERO + dt.timedelta(days=int(plain.partition(".")[0]))
        raise _no_date(
            message=f"looks like an Excel date serial: {plain} is {day}",
            cure=f"format the column as dates and save again, or write {day}",
        )
    raise _no_date(message="is not a date", cure="write 2026, 2026-Q1, 2026-10 or 2026-10-01")


def _slashed(found: re.Match[str], order: DateOrder) -> dt.date:
    one, two, year = int(found[1]), int(found[2]), int(found["year"])
    if order is None and one != two:
        cure = 'write 2026-10-01, or dates = "day first" (or "month first") in MAP.toml'
        raise _no_date(message="could be day first or month first", cure=cure)
    return _date(year, one, two) if order == "month first" else _date(year, two, one)


def _date(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise _no_date(message="is not a day of the calendar", cure="correct it") from None


def _text(day: dt.date, precision: Precision, until: str) -> str:
    if precision == "day":
        return day.isoformat()
    if precision == "month":
        return f"{day.year}-{day.month:02}"
    if precision == "quarter":
        return f"{day.year}-Q{(day.month + 2) // 3}"
    return f"{day.year}/{until}" if until else str(day.year)


def coarseness_of(days: set[dt.date]) -> Precision:
    """What days written out in full betray of themselves when they are all first days.

    Returns:
        year, quarter or month where every day is the first of one; day otherwise.
    """
    if not all(day.day == 1 for day in days):
        return "day"
    months = {day.month for day in days}
    if months <= {1}:
        return "year"
    return "quarter" if months <= {1, 4, 7, 10} else "month"
