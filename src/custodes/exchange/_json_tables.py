"""JSON files of records to rows of text: every value as written, nested ones flattened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NoReturn, cast

from custodes.exchange._csv_tables import encoding_of, undecodable
from custodes.exchange._table import (
    MAX_ROWS,
    MAX_TEXT,
    Table,
    TableRow,
    header_of,
    refusal,
    shown,
    why_no_cell,
)

JOINED = " | "
"""What stands between the members of a list in one cell."""


class _Number(str):
    """A number of the file, digit for digit."""

    __slots__ = ()


def _not_a_number(text: str) -> NoReturn:
    msg = f"{text} is not a number that JSON knows"
    raise ValueError(msg)


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    table = dict(pairs)
    if len(table) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        msg = f"a record holds the key '{shown(twice)}' twice"
        raise ValueError(msg)
    return table


def read_json_table(
    path: Path, *, records_at: str | None = None, encoding: str | None = None
) -> Table:
    """The records of a JSON file: a list, or an object in which one key holds the list.

    Raises:
        InputError: It is not JSON, holds no list of records, or more than one.
    """
    name = path.name
    if path.stat().st_size > MAX_TEXT:
        raise refusal(name, f"is larger than {MAX_TEXT:,} bytes", "split it into several files")
    content = path.read_bytes()
    if not content.strip():
        raise refusal(name, "is empty", "give a JSON list of records")
    chosen = encoding or encoding_of(content[:4])
    try:
        text = content.decode(chosen)
    except UnicodeError as error:
        raise undecodable(
            name,
            error,
            line=content[: getattr(error, "start", 0)].count(b"\n") + 1,
            encoding=chosen,
            stated=encoding is not None,
        ) from None
    try:
        whole: object = json.loads(
            text,
            parse_int=_Number,
            parse_float=_Number,
            parse_constant=_not_a_number,
            object_pairs_hook=_no_key_twice,
        )
    except RecursionError:
        raise refusal(name, "is nested too deeply", "give a list of flat records") from None
    except json.JSONDecodeError as error:
        message = f"is not JSON: {error.msg} (column {error.colno})"
        raise refusal(name, message, "correct it and try again", row=error.lineno) from None
    except ValueError as error:
        raise refusal(name, str(error), "correct it and try again") from None
    key, records, about = _records(whole, name, records_at)
    return _table(records, name=name, records_at=key, about=about)


def _records(
    whole: object, name: str, records_at: str | None
) -> tuple[str, list[object], dict[str, str]]:
    if isinstance(whole, list) and records_at is None:
        return "", cast("list[object]", whole), {}
    if not isinstance(whole, dict):
        raise refusal(name, "holds no list of records", "give a JSON list of objects")
    table = cast("dict[str, object]", whole)
    lists = {
        key: cast("list[object]", value) for key, value in table.items() if isinstance(value, list)
    }
    of_records = {
        key: rows for key, rows in lists.items() if any(isinstance(r, dict) for r in rows)
    }
    if records_at is not None:
        if records_at not in lists:
            held = ", ".join(map(repr, lists)) or "none"
            message = f"holds no list under '{shown(records_at)}' (lists: {held})"
            raise refusal(name, message, "correct records_at in MAP.toml")
        key = records_at
    elif len(of_records) == 1 or (not of_records and len(lists) == 1):
        key = next(iter(of_records or lists))
    elif of_records:
        held = ", ".join(map(repr, of_records))
        cure = f'write records_at = "{next(iter(of_records))}" in MAP.toml'
        raise refusal(name, f"holds several lists of records: {held}", cure)
    else:
        raise refusal(name, "holds no list of records", "give a JSON list of objects")
    beside = {k: _text(v) for k, v in table.items() if not isinstance(v, list | dict)}
    return key, lists[key], beside


def _table(records: list[object], *, name: str, records_at: str, about: dict[str, str]) -> Table:
    if not records:
        raise refusal(name, "holds no record", "give a JSON list with at least one object")
    if len(records) > MAX_ROWS:
        raise refusal(name, f"holds more than {MAX_ROWS:,} records", "split it into several files")
    flat: list[dict[str, str]] = []
    names: dict[str, None] = {}
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            message = f"'{shown(str(record))}' is not a record"
            raise refusal(name, message, "give a list of objects only", row=number)
        row: dict[str, str] = {}
        _flatten(cast("dict[str, object]", record), "", row)
        for key, value in row.items():
            wrong = why_no_cell(value) or why_no_cell(key)
            if wrong:
                message = f"'{shown(value)}' {wrong}"
                cure = "shorten or correct it"
                raise refusal(name, message, cure, row=number, column=shown(key))
        names.update(dict.fromkeys(row))
        flat.append(row)
    header = header_of(names, place=name, row=None)
    return Table(
        file=name,
        header=header,
        rows=tuple(
            TableRow(number, tuple(row.get(key, "") for key in names))
            for number, row in enumerate(flat, start=1)
        ),
        header_row=0,
        records_at=records_at,
        about=about,
    )


def _flatten(record: dict[str, object], before: str, row: dict[str, str]) -> None:
    for key, value in record.items():
        path = f"{before}{key}"
        nested = _nested(value)
        if nested:
            _flatten(nested, f"{path}.", row)
        else:
            row[path] = _text(value) if nested is None else ""


def _nested(value: object) -> dict[str, object] | None:
    return cast("dict[str, object]", value) if isinstance(value, dict) else None


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        members = cast("list[object]", value)
        if any(isinstance(member, list | dict) for member in members):
            return json.dumps(members, ensure_ascii=False)
        return JOINED.join(map(_text, members))
    return str(value)
