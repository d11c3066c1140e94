"""Which of their columns is which of ours: guessed, shown, and taken from MAP.toml."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, Self, cast

from pydantic import Field, ValidationError, model_validator

from custodes.efforts import Effort
from custodes.errors import Fault, InputError
from custodes.exchange._table import Table, shown
from custodes.exchange._text_files import read_toml
from custodes.quantities import CURRENCIES, nearest_currency
from custodes.records import Record, faults_of

OURS = tuple(name for name in Effort.model_fields if name not in {"extra", "kind_suggested"})
"""Our columns that a map can fill."""
MAP_FILE = "MAP.toml"
"""How messages name the file of a map."""


class Taken(Record):
    """How one of our columns is made from theirs."""

    first_filled: tuple[str, ...] = ()
    """Their columns in order; the first that is not empty counts."""
    first_words_of: str = ""
    """Their column of which the first words are taken, or what stands before the first dash."""
    join: tuple[str, ...] = ()
    """Their columns that are joined by a dash, empty ones left out; the first must be filled."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(map(bool, (self.first_filled, self.first_words_of, self.join))) != 1:
            msg = "give exactly one of first_filled, first_words_of, join"
            raise ValueError(msg)
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column it reads."""
        return self.first_filled or self.join or (self.first_words_of,)


class ColumnMap(Record):
    """A map from their table to our columns: what MAP.toml says."""

    columns: dict[str, Taken] = Field(default_factory=dict)
    """Our column, and how it is made from theirs."""
    fixed: dict[str, str] = Field(default_factory=dict)
    """Our column, and one value for every row that has none."""
    not_efforts: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Their column, and the values that mark a row as no effort (a balance, a total)."""
    sheet: str | None = None
    """XLSX: the sheet."""
    header_row: int | None = Field(default=None, ge=1)
    """CSV, XLSX: the row of the columns' names."""
    records_at: str | None = None
    """JSON: the key that the records stand under."""
    encoding: Literal["utf-8", "utf-16", "cp1252", "latin-1"] | None = None
    """CSV, JSON: the encoding, where the file does not announce it."""
    dates: Literal["day first", "month first"] | None = None
    """How a date such as 03/04/2026 is meant; such dates are refused otherwise."""
    html_entities: Literal["keep", "decode"] = "keep"
    """Whether text such as &amp; is kept as written or turned into the sign it means."""

    @model_validator(mode="after")
    def _known(self) -> Self:
        unknown = sorted(({*self.columns} | {*self.fixed}) - {*OURS})
        if unknown:
            msg = f"{', '.join(unknown)}: not a column of efforts.csv; ours are {', '.join(OURS)}"
            raise ValueError(msg)
        return self


def read_column_map(path: str | Path) -> ColumnMap:
    """The map in a MAP.toml.

    A value of ``[columns]`` is the name of their column, a list of names of which the first filled
    one counts, or a table with one of the keys of `Taken`.

    Raises:
        InputError: It is missing, no TOML, or says what no map can say.
    """
    path = Path(path)
    missing = "`--dry-run` prints a map to copy"
    table = read_toml(path, name=path.name, if_missing=missing)
    table["columns"] = _each(table.get("columns", {}), _as_taken)
    table["not_efforts"] = _each(table.get("not_efforts", {}), _as_list)
    try:
        return ColumnMap.model_validate(table)
    except ValidationError as error:
        raise InputError(faults_of(error, file=path.name)) from None


def _each(table: object, written: Callable[[object], object]) -> object:
    if not isinstance(table, dict):
        return table
    return {key: written(value) for key, value in cast("dict[str, object]", table).items()}


def _as_taken(value: object) -> object:
    listed = _as_list(value)
    return value if listed is value else {"first_filled": listed}


def _as_list(value: object) -> object:
    if isinstance(value, list):
        return tuple(cast("list[object]", value))
    return (value,) if isinstance(value, str) else value


def check_map(columns: ColumnMap, table: Table) -> tuple[Fault, ...]:
    """Columns that a map names and the table lacks, and a currency that there is not."""
    named = [
        (f"columns.{ours}", theirs)
        for ours, taken in columns.columns.items()
        for theirs in taken.columns
    ]
    named += [(f"not_efforts.{theirs}", theirs) for theirs in columns.not_efforts]
    held = {*table.header}
    code = columns.fixed.get("currency", "GBP")
    strange = Fault(
        message=f"'{shown(code)}' is not a currency's code",
        cure=nearest_currency(code),
        file=MAP_FILE,
        field="fixed.currency",
    )
    return (() if code.upper() in CURRENCIES else (strange,)) + tuple(
        Fault(
            message=f"{table.place} has no column '{shown(theirs)}'",
            cure=f"its columns are: {told_columns(table)}",
            file=MAP_FILE,
            field=key,
        )
        for key, theirs in named
        if theirs not in held
    )


def told_columns(table: Table) -> str:
    """The names of a table's columns, in one sentence's worth of room."""
    names = [shown(name) for name in table.header]
    most = 40
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def map_as_toml(columns: ColumnMap) -> str:
    """The text of a MAP.toml that says this map: to be copied, changed and given back."""
    lines = [
        f"{key} = {_quoted(str(value)) if isinstance(value, str) else value}"
        for key, value in (
            ("sheet", columns.sheet),
            ("header_row", columns.header_row),
            ("records_at", columns.records_at),
            ("encoding", columns.encoding),
            ("dates", columns.dates),
            ("html_entities", columns.html_entities if columns.html_entities != "keep" else None),
        )
        if value is not None
    ]
    lines += ["", "[columns]  # ours = theirs"]
    lines += [
        f"{ours} = {_taken_as_toml(columns.columns[ours])}"
        for ours in OURS
        if ours in columns.columns
    ]
    lines += _section("fixed", {key: _quoted(value) for key, value in columns.fixed.items()})
    lines += _section(
        "not_efforts",
        {
            _key(key): f"[{', '.join(map(_quoted, values))}]"
            for key, values in columns.not_efforts.items()
        },
    )
    return "\n".join(lines).lstrip("\n") + "\n"


def _section(name: str, lines: Mapping[str, str]) -> list[str]:
    return (
        ["", f"[{name}]", *(f"{key} = {value}" for key, value in lines.items())] if lines else []
    )


def _taken_as_toml(taken: Taken) -> str:
    if taken.first_words_of:
        return f"{{ first_words_of = {_quoted(taken.first_words_of)} }}"
    names = ", ".join(map(_quoted, taken.columns))
    if taken.join:
        return f"{{ join = [{names}] }}"
    return names if len(taken.first_filled) == 1 else f"[{names}]"


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else _quoted(name)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
