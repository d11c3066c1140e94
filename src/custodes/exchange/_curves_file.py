"""``curves.csv``: recommenders' curves of marginal value, for the S-process."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from custodes import catalogue
from custodes.choice import Curve
from custodes.errors import Fault, InputError
from custodes.exchange._csv_text import csv_text
from custodes.exchange._judgements_file import one_number
from custodes.exchange._own_rows import OwnRow, own_rows
from custodes.exchange._text_files import names_in
from custodes.records import faults_of

CURVES_FILE = "curves.csv"
"""Its name in a round's folder."""
COLUMNS = ("recommender", "effort", "first", "zero", "curve", "reason")
"""Every column."""
REQUIRED = ("recommender", "effort", "first", "zero")
"""Columns that it must have."""


@dataclass(frozen=True, slots=True)
class CurvesRead:
    """What a file of curves holds."""

    curves: tuple[Curve, ...]
    """The curves whose rows are right, in the order of the file."""
    rows: tuple[int, ...]
    """The row of each, as a spreadsheet counts."""
    faults: tuple[Fault, ...]
    """All that is wrong with the other rows, and rows that are there twice."""


def read_curves(folder: str | Path) -> tuple[Curve, ...]:
    """The curves in a round's folder; none where there is no ``curves.csv``.

    Raises:
        InputError: Anything in the file is wrong; every fault is told.
    """
    home = Path(folder)
    if CURVES_FILE not in names_in(home, name=str(folder)):
        return ()
    read = read_curves_csv(home / CURVES_FILE)
    if read.faults:
        raise InputError(read.faults)
    return read.curves


def read_curves_csv(path: Path) -> CurvesRead:
    """The curves in a ``curves.csv``; rows with faults are left out and told.

    Raises:
        InputError: The file is no CSV, lacks a column or has one that we do not know.
    """
    read = [(row, _curve(row)) for row in own_rows(path, columns=COLUMNS, required=REQUIRED)]
    right = [(row.number, curve) for row, curve in read if curve is not None]
    curves = tuple(curve for _, curve in right)
    rows = tuple(number for number, _ in right)
    faults = [fault for row, _ in read for fault in row.faults]
    return CurvesRead(
        curves=curves, rows=rows, faults=(*faults, *_drawn_twice(curves, rows, path.name))
    )


def curves_as_csv(curves: Iterable[Curve]) -> str:
    """The text of a ``curves.csv`` with these curves.

    Args:
        curves: In the order in which they should stand.
    """
    fields = [each.model_dump(mode="json") for each in curves]
    return csv_text([COLUMNS, *([str(each[name]) for name in COLUMNS] for each in fields)])


def unknown_efforts(read: CurvesRead, efforts: Collection[str]) -> Iterator[Fault]:
    """Curves of efforts that are not in the round."""
    known = tuple(sorted(efforts))
    for row, curve in zip(read.rows, read.curves, strict=True):
        if curve.effort not in efforts:
            yield Fault(
                message=f"{curve.effort!r} is not in this round",
                cure=catalogue.nearest(curve.effort, known),
                file=CURVES_FILE,
                row=row,
                field="effort",
            )


def _curve(row: OwnRow) -> Curve | None:
    fields: dict[str, object] = {
        name: row.cell(name) for name in ("recommender", "effort", "reason")
    }
    for name in ("first", "zero", "curve"):
        cell = row.cell(name)
        if not cell and name == "curve":
            continue
        try:
            fields[name] = one_number(cell, family_of=None)
        except InputError as error:
            row.refuse_all(error, name)
    if row.faults:
        return None
    try:
        return Curve.model_validate(fields)
    except ValidationError as error:
        row.faults += faults_of(error, file=row.file, row=row.number)
        return None


def _drawn_twice(curves: Sequence[Curve], rows: Sequence[int], file: str) -> Iterator[Fault]:
    seen: dict[tuple[str, str], int] = {}
    for row, curve in zip(rows, curves, strict=True):
        key = (curve.recommender, curve.effort)
        if key in seen:
            yield Fault(
                message=f"{curve.recommender} has a curve for {curve.effort} in row {seen[key]} "
                "already",
                cure="keep one of the two",
                file=file,
                row=row,
                field="effort",
            )
        seen.setdefault(key, row)
