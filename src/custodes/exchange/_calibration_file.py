"""``calibration.csv``: what experts said to seed questions, and what turned out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from custodes.errors import Fault, InputError
from custodes.exchange._judgements_file import one_number
from custodes.exchange._own_rows import OwnRow, own_rows
from custodes.judgements import CalibrationAnswer
from custodes.records import faults_of

CALIBRATION_FILE = "calibration.csv"
"""Its name in a round's folder."""
NUMBERS = ("p05", "p50", "p95")
"""Columns of the three numbers."""
COLUMNS = ("expert", "question", *NUMBERS, "answer", "scale")
"""Every column, in the order in which it is written."""
REQUIRED = ("expert", "question", *NUMBERS)
"""Columns that the file must have."""


@dataclass(frozen=True, slots=True)
class CalibrationRead:
    """What a file of answers to seed questions holds."""

    answers: tuple[CalibrationAnswer, ...]
    """The answers whose rows are right, in the order of the file."""
    rows: tuple[int, ...]
    """The row of each, as a spreadsheet counts."""
    faults: tuple[Fault, ...]
    """All that is wrong with the other rows; `Round.faults` tells what does not fit together."""


def read_calibration_csv(path: Path) -> CalibrationRead:
    """The answers in a ``calibration.csv``; rows with faults are left out and told.

    Raises:
        InputError: The file is no CSV, lacks a column or has one we do not know.
    """
    read = [(row, _answer(row)) for row in own_rows(path, columns=COLUMNS, required=REQUIRED)]
    right = [(row.number, answer) for row, answer in read if answer is not None]
    answers = tuple(answer for _, answer in right)
    rows = tuple(number for number, _ in right)
    return CalibrationRead(
        answers=answers,
        rows=rows,
        faults=tuple(fault for row, _ in read for fault in row.faults),
    )


def _answer(row: OwnRow) -> CalibrationAnswer | None:
    """The answer in a row; none where it is at fault, or three empty cells say nothing."""
    for column in ("expert", "question"):
        if not row.cell(column):
            row.refuse("is empty", "every answer has one", column)
    if row.cell("scale") not in {"", "uni", "log"}:
        row.refuse(f"'{row.cell('scale')}' is not a scale", "write uni, log or nothing", "scale")
    fields: dict[str, object] = {name: row.cell(name) for name in ("expert", "question", "scale")}
    if not any(row.cell(column) for column in NUMBERS):
        return None
    for column in (*NUMBERS, "answer"):
        if not row.cell(column):
            if column != "answer":
                row.refuse("is empty", "write three numbers, or leave all three empty", column)
            continue
        try:
            fields[column] = one_number(row.cell(column), family_of=None)
        except InputError as error:
            row.refuse_all(error, column)
    if row.faults:
        return None
    try:
        return CalibrationAnswer.model_validate(fields)
    except ValidationError as error:
        row.faults += faults_of(error, file=row.file, row=row.number)
        return None


def calibration_as_csv(answers: Iterable[CalibrationAnswer]) -> str:
    """The text of a ``calibration.csv`` with these answers."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in answers:
        numbers = [repr(number) for number in (each.p05, each.p50, each.p95)]
        truth = "" if each.answer is None else repr(each.answer)
        writer.writerow([each.expert, each.question, *numbers, truth, each.scale])
    return stream.getvalue()
