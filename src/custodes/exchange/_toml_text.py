"""TOML out: our own records as the text of a file that reads back to the same.

Python reads TOML and does not write it. What we write is small and of known shape, so that forty
lines stand here instead of a dependency of the light core.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from typing import Any, cast

from custodes.records import as_table

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_text(table: Mapping[str, Any]) -> str:
    """A table as TOML: its values first, then its tables, then its lists of tables.

    Args:
        table: Texts, numbers, truths, days, lists and tables of these; what is None is left out.

    Raises:
        TypeError: Something that TOML cannot hold.
    """
    return "\n".join(_lines(table, ())).strip("\n") + "\n"


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    told = {key: value for key, value in table.items() if value is not None}
    inner = {key: as_table(value) for key, value in told.items()}
    listed = {key: _tables(value) for key, value in told.items()}
    lines = [
        f"{_key(key)} = {_value(value)}"
        for key, value in told.items()
        if inner[key] is None and not listed[key]
    ]
    for key in told:
        here = (*path, key)
        name = ".".join(_key(part) for part in here)
        if (one := inner[key]) is not None:
            lines += ["", f"[{name}]", *_lines(one, here)]
        for entry in listed[key]:
            lines += ["", f"[[{name}]]", *_lines(entry, here)]
    return lines


def _tables(value: object) -> list[Mapping[str, Any]]:
    """The tables of a list of nothing but tables; none for everything else."""
    entries = _entries(value)
    found = [table for each in entries if (table := as_table(each)) is not None]
    return list(found) if len(found) == len(entries) else []


def _entries(value: object) -> list[object]:
    return list(cast("list[object]", value)) if isinstance(value, list | tuple) else []


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(value: str) -> str:
    # JSON's escapes are TOML's, but for the character that only TOML wants escaped
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if not isinstance(value, list | tuple):
        msg = f"TOML cannot hold a {type(value).__name__}"
        raise TypeError(msg)
    entries = cast("list[object]", value)
    return f"[{', '.join(_value(each) for each in entries)}]"
