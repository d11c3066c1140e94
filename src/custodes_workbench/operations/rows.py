"""Every table as rows that no database colours: for backups, moves and hashes."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.db import models

LEFT_OUT = frozenset(
    {"auth.Group", "auth.Permission", "contenttypes.ContentType", "sessions.Session"}
)
"""Tables that a backup leaves out: Django fills them anew, and everybody signs in again."""


def tables() -> list[type[models.Model]]:
    """Every table that holds something of ours, those that others point to first."""
    left = {each._meta.label: each for each in apps.get_models() if each._meta.managed}
    for label in LEFT_OUT:
        left.pop(label, None)
    ordered: list[type[models.Model]] = []
    while left:
        ready = [each for each in left.values() if not _needs(each) & set(left)]
        for each in ready or list(left.values())[:1]:
            ordered.append(each)
            del left[each._meta.label]
    return ordered


def _needs(model: type[models.Model]) -> set[str]:
    related = (field.related_model for field in model._meta.concrete_fields)
    labels = {each._meta.label for each in related if isinstance(each, type)}
    return labels - {model._meta.label}


def row_of(row: models.Model) -> dict[str, Any]:
    """A row as JSON can hold it, by the names of its columns."""
    return {field.attname: _plain(field, row) for field in row._meta.concrete_fields}


def row_from(model: type[models.Model], told: dict[str, Any]) -> models.Model:
    """The row again; what it was saved as is not changed by saving it."""
    values = {
        field.attname: field.to_python(told[field.attname])
        for field in model._meta.concrete_fields
        if field.attname in told
    }
    return model(**values)


def line_of(told: dict[str, Any]) -> str:
    """The row as one line of canonical JSON, the same on every database."""
    return json.dumps(_canonical(told), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def read_line(line: bytes) -> dict[str, Any]:
    """A row as a line tells it.

    Raises:
        ValueError: It is no line of a backup.
    """
    told = json.loads(line.decode("utf-8", "surrogatepass"))
    if not isinstance(told, dict):
        msg = "a line of a backup is an object"
        raise TypeError(msg)
    return told


def _plain(field: models.Field[Any, Any], row: models.Model) -> Any:  # noqa: ANN401 (a column's value)
    value = field.value_from_object(row)
    if value is None or isinstance(value, bool | int | float | dict | list):
        return value
    return field.value_to_string(row)


def _canonical(value: Any) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """Numbers as every database gives them back: 2.0 is 2."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _canonical(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_canonical(each) for each in value]
    return value
