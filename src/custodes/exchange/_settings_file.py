"""``round.toml``: the frame of a round.

A folder may hold settings of commands that this version does not have yet, and it must not break
here for that: such keys are named to the reader and left alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from custodes import catalogue
from custodes.choice_rules import RULES, ChoiceRules
from custodes.errors import Fault
from custodes.exchange._text_files import read_toml
from custodes.records import Record, faults_of
from custodes.rounds import (
    JudgementRules,
    Limits,
    PublicationSettings,
    Rate,
    RoundSettings,
)

SETTINGS_FILE = "round.toml"
"""Its name in a round's folder."""
SCHEMA = "custodes/round/1"
"""What `schema` may say; the key may be left out."""
LATER_KEYS: Mapping[str, tuple[str, ...]] = {
    "judgement": ("quorum", "wait_hours"),
}
"""Keys for the workbench, by table; this version reads none of them."""

_TABLES: Mapping[str, type[Record]] = {
    "limits": Limits,
    "judgement": JudgementRules,
    "choice": ChoiceRules,
    "publication": PublicationSettings,
}
_PLACEHOLDERS = {"title": "-", "institution": "-", "budget": 1.0, "currency": "USD"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsRead:
    """What a ``round.toml`` says, as far as it can be read."""

    settings: RoundSettings
    """The settings; a key at fault has its default, or a placeholder."""
    at_fault: frozenset[str]
    """Top-level keys that are wrong or missing."""
    later: tuple[str, ...]
    """Keys that are left alone, as ``limits.cvar``."""
    faults: tuple[Fault, ...]
    """All that is wrong with it."""


def read_settings(path: Path) -> SettingsRead:
    """The settings in a ``round.toml``, and every fault of them.

    Raises:
        InputError: It cannot be opened or is not TOML.
    """
    cure = f"`custodes new {path.parent}` writes a new round into a new folder"
    table = read_toml(path, name=path.name, if_missing=cure)
    faults: list[Fault] = []
    later: list[str] = []
    known = _known_part(table, faults, later)
    settings, more = _validated(known)
    faults += more
    at_fault = frozenset((fault.field or "").partition(".")[0] for fault in faults)
    if settings is None:
        rest = {key: value for key, value in known.items() if key not in at_fault}
        settings, _ = _validated(_PLACEHOLDERS | rest)
    return SettingsRead(
        settings=settings or RoundSettings.model_validate(_PLACEHOLDERS),
        at_fault=at_fault,
        later=tuple(later),
        faults=tuple(fault.at(file=path.name) for fault in faults),
    )


def no_settings(faults: tuple[Fault, ...]) -> SettingsRead:
    """Placeholders for a ``round.toml`` that cannot be read, so that the other files can be."""
    return SettingsRead(
        settings=RoundSettings.model_validate(_PLACEHOLDERS),
        at_fault=frozenset(RoundSettings.model_fields),
        later=(),
        faults=faults,
    )


def _known_part(table: Mapping[str, Any], faults: list[Fault], later: list[str]) -> dict[str, Any]:
    """The table without what is not for this version; unknown keys become faults."""
    kept = _known_keys(table, RoundSettings, "", ("schema",), faults, later)
    if kept.pop("schema", SCHEMA) != SCHEMA:
        message = f"{table['schema']!r} is not a schema we know"
        faults.append(Fault(message=message, cure=f"write {SCHEMA!r}", field="schema"))
    for name, record in _TABLES.items():
        if (inner := _as_table(kept.get(name))) is not None:
            kept[name] = _known_keys(inner, record, name, (), faults, later)
    _known_rules(_as_table(kept.get("choice")), faults, later)
    for code, stated in (_as_table(kept.get("rates")) or {}).items():
        if (rate := _as_table(stated)) is not None:
            kept["rates"][code] = _known_keys(rate, Rate, f"rates.{code}", (), faults, later)
    return kept


def _known_rules(choice: dict[str, Any] | None, faults: list[Fault], later: list[str]) -> None:
    """Leave in each rule of the choice what a rule of its kind may say."""
    rules: object = choice.get("rules") if choice is not None else None
    if choice is None or not isinstance(rules, list):
        return
    told = cast("list[object]", rules)
    kept: list[object] = []
    for number, rule in enumerate(told):
        table = _as_table(rule)
        kind = RULES.get(str(table.get("kind"))) if table is not None else None
        if table is None or kind is None:
            kept.append(rule)
        else:
            kept.append(_known_keys(table, kind, f"choice.rules.{number}", (), faults, later))
    choice["rules"] = kept


def _as_table(value: object) -> dict[str, Any] | None:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def _known_keys(
    table: Mapping[str, Any],
    record: type[Record],
    place: str,
    more: tuple[str, ...],
    faults: list[Fault],
    later: list[str],
) -> dict[str, Any]:
    mine = (*record.model_fields, *more)
    others = LATER_KEYS.get(place, ())
    kept: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{place}.{key}" if place else key
        if key in others:
            later.append(name)
        elif key in mine:
            kept[key] = value
        else:
            cure = catalogue.nearest(key, (*mine, *others))
            faults.append(Fault(message="is not a key we know", cure=cure, field=name))
    return kept


def _validated(table: Mapping[str, Any]) -> tuple[RoundSettings | None, tuple[Fault, ...]]:
    """The settings, judged as JSON is: a text is no number there, and a number no truth."""
    try:
        return RoundSettings.model_validate_json(json.dumps(table, default=str), strict=True), ()
    except ValidationError as error:
        return None, tuple(
            replace(fault, cure=_CURES.get(fault.field or "", fault.cure))
            for fault in faults_of(error)
        )


_CURES = {
    "budget": "write the money to be given, above 0",
    "currency": "write an ISO 4217 code, as GBP",
    "horizon": "write the year that the worldviews' risks speak of",
    "title": "write the round's name",
    "institution": "write who decides",
    "seed": "write a whole number from 0",
}
