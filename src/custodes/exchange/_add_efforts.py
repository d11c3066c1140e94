"""Imported efforts into a round's folder: all of them in one step, or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from custodes.efforts import Effort, EffortId
from custodes.errors import Fault, InputError
from custodes.exchange._atomic import replace_texts
from custodes.exchange._efforts_file import EFFORTS_FILE, efforts_as_csv, read_efforts_csv
from custodes.exchange._efforts_import import EffortsImport
from custodes.exchange._refused import REFUSED_FILE, RefusedRow, refused_as_csv
from custodes.exchange._row_import import next_free
from custodes.exchange._settings_file import SETTINGS_FILE
from custodes.exchange._table import refusal
from custodes.exchange._text_files import read_toml

_MAKE_ROOM = "make the folder writable, or make room, and try again"
_ALIKE = ("title", "description", "applicant", "cost", "currency", "start")
"""What two rows share that are one row imported twice."""


def efforts_in(folder: str | Path) -> tuple[Effort, ...]:
    """The efforts that a round's folder holds already; none where it has no ``efforts.csv``.

    Raises:
        InputError: It is no round's folder, or its ``efforts.csv`` has faults.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise refusal(str(folder), "is not a folder", "name a round's folder")
    if not (folder / SETTINGS_FILE).exists():
        what = f"has no {SETTINGS_FILE}" if folder.exists() else "is missing"
        raise refusal(str(folder), what, f"`custodes new {folder}` writes a blank round there")
    path = folder / EFFORTS_FILE
    if not path.exists():
        return ()
    held = read_efforts_csv(path)
    if held.faults:
        raise InputError(held.faults)
    return held.efforts


def currencies_without_rate(folder: str | Path, efforts: Iterable[Effort]) -> tuple[str, ...]:
    """Currencies of efforts that a round's settings name no rate for, in alphabetical order."""
    settings = read_toml(Path(folder) / SETTINGS_FILE, name=SETTINGS_FILE)
    rates = settings.get("rates")
    known = {settings.get("currency"), *(cast("dict[str, object]", rates or {}))}
    return tuple(sorted({effort.currency for effort in efforts} - {*known, ""}))


def against_round(imported: EffortsImport, held: Iterable[Effort]) -> EffortsImport:
    """The same import beside efforts that a round holds already.

    A made id that another effort has gets the next number; an effort that is there already, or a
    source's id that is taken, becomes a refused row.
    """
    by_id: dict[str, Effort] = {effort.id: effort for effort in held}
    if not by_id:
        return imported
    rows = {effort.id: row for effort, row in zip(imported.efforts, imported.rows, strict=True)}
    taken = dict.fromkeys([*by_id, *rows], 0)
    kept: list[Effort] = []
    kept_rows: list[int] = []
    refused = list(imported.refused)
    for effort in imported.efforts:
        twin = _twin(effort, by_id, made=effort.id in imported.made_ids)
        if twin is not None:
            refused.append(_taken(imported, rows[effort.id], effort, twin))
            continue
        kept_rows.append(rows[effort.id])
        if effort.id in by_id:
            fresh = next_free(effort.id, taken)
            taken[fresh] = 0
            kept.append(effort.model_copy(update={"id": EffortId(fresh)}))
        else:
            kept.append(effort)
    return replace(
        imported,
        efforts=tuple(kept),
        rows=tuple(kept_rows),
        refused=tuple(sorted(refused, key=lambda row: row.number)),
    )


def _twin(effort: Effort, by_id: dict[str, Effort], *, made: bool) -> Effort | None:
    """The effort that is in the way: any of that id, or for a made id only one that is alike."""
    if not made:
        return by_id.get(effort.id)
    candidate, number = effort.id, 1
    while candidate in by_id:
        held = by_id[candidate]
        if all(getattr(held, name) == getattr(effort, name) for name in _ALIKE):
            return held
        number += 1
        candidate = EffortId(f"{effort.id}-{number}")
    return None


def _taken(imported: EffortsImport, number: int, effort: Effort, twin: Effort) -> RefusedRow:
    alike = all(getattr(twin, name) == getattr(effort, name) for name in _ALIKE)
    message = (
        f"'{twin.id}' is in {EFFORTS_FILE} already"
        if alike
        else f"'{twin.id}' is the id of another effort in {EFFORTS_FILE}"
    )
    cure = "leave the row out" if alike else "give the row another id"
    taken = imported.columns.columns.get("id")
    fault = Fault(
        message=message,
        cure=cure,
        file=imported.table.place,
        row=number,
        field=taken.columns[0] if taken else "id",
    )
    cells = next(row.cells for row in imported.table.rows if row.number == number)
    return RefusedRow(number, "id_taken", (fault,), cells)


@dataclass(frozen=True, slots=True)
class Added:
    """What was written."""

    efforts: int
    """Efforts added."""
    set_aside: int
    """Rows set aside in ``refused.csv``."""


def add_efforts(folder: str | Path, imported: EffortsImport) -> Added:
    """Write every effort of an import into a round: all, or nothing where a row was refused.

    Raises:
        InputError: A row was refused; carries every fault. Or the folder is no round.
    """
    fresh = against_round(imported, efforts_in(folder))
    if fresh.refused:
        raise InputError(fresh.faults)
    return _write(Path(folder), fresh, {})


def add_efforts_and_set_aside(folder: str | Path, imported: EffortsImport) -> Added:
    """Write the efforts that are right into a round, and the refused rows into ``refused.csv``.

    Raises:
        InputError: The folder is no round.
    """
    fresh = against_round(imported, efforts_in(folder))
    path = Path(folder) / REFUSED_FILE
    if not fresh.refused and not path.exists():
        return _write(Path(folder), fresh, {})
    return _write(
        Path(folder), fresh, {path: refused_as_csv(fresh.table, fresh.refused, after=path)}
    )


def _write(folder: Path, imported: EffortsImport, texts: dict[Path, str]) -> Added:
    path = folder / EFFORTS_FILE
    held = path if path.exists() else None
    try:
        replace_texts({path: efforts_as_csv(imported.efforts, after=held), **texts})
    except OSError as error:
        raise refusal(str(folder), f"cannot be written ({error.strerror})", _MAKE_ROOM) from None
    return Added(len(imported.efforts), len(imported.refused) if texts else 0)
