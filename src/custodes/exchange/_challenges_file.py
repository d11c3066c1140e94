"""``challenges.csv``: objections to efforts, with what was answered."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from custodes import catalogue
from custodes.challenges import NEED_ANSWER, STATUSES, Challenge
from custodes.errors import Fault, InputError
from custodes.exchange._judgements_file import one_number
from custodes.exchange._own_rows import OwnRow, own_rows
from custodes.exchange._table import shown
from custodes.records import faults_of

CHALLENGES_FILE = "challenges.csv"
"""Its name in a round's folder."""
NUMBERS = ("p05", "p50", "p95")
"""Columns of the challenger's range."""
COLUMNS = (
    *("id", "effort", "claim", "by", "text", "quantity", *NUMBERS, "status", "answer"),
    *("handling", "raised_at", "owner", "due", "answered_by", "answered_at"),
    *("reply", "ruling", "ruled_by"),
)
"""Every column, in the order in which it is written."""
REQUIRED = ("id", "effort", "by", "text", "status")
"""Columns that the file must have."""

_NEEDED = {
    "id": "give each challenge an id of its own, as c1",
    "effort": "write the id of the effort that is challenged",
    "by": "write who raised it, by name or code",
    "text": "write what is objected",
}


@dataclass(frozen=True, slots=True)
class ChallengesRead:
    """What a file of challenges holds."""

    challenges: tuple[Challenge, ...]
    """The challenges whose rows are right, in the order of the file."""
    rows: tuple[int, ...]
    """The row of each, as a spreadsheet counts."""
    faults: tuple[Fault, ...]
    """All that is wrong with the other rows."""


def read_challenges_csv(path: Path) -> ChallengesRead:
    """The challenges in a ``challenges.csv``; rows with faults are left out and told.

    Raises:
        InputError: The file is no CSV, lacks a column or has one we do not know.
    """
    read = [(row, _challenge(row)) for row in own_rows(path, columns=COLUMNS, required=REQUIRED)]
    right = [(row.number, challenge) for row, challenge in read if challenge is not None]
    return ChallengesRead(
        challenges=tuple(challenge for _, challenge in right),
        rows=tuple(number for number, _ in right),
        faults=tuple(fault for row, _ in read for fault in row.faults),
    )


def challenge_typed(cells: Mapping[str, str]) -> tuple[Challenge | None, tuple[Fault, ...]]:
    """One challenge from the fields of a form, read exactly as a row of the file is.

    Args:
        cells: What was typed, by column of `challenges.csv`.

    Returns:
        The challenge; none where something is wrong. And what is wrong, each fault at its column.
    """
    kept = {name: text.strip() for name, text in cells.items()}
    row = OwnRow(file="", number=0, cells=kept)
    challenge = _challenge(row)
    return challenge, tuple(replace(fault, file=None, row=None) for fault in row.faults)


def _challenge(row: OwnRow) -> Challenge | None:
    for column, cure in _NEEDED.items():
        if not row.cell(column):
            row.refuse("is empty", cure, column)
    status = row.cell("status")
    if not status:
        row.refuse("is empty", f"write one of {', '.join(STATUSES)}", "status")
    elif status not in STATUSES:
        message = f"'{shown(status)}' is not in the list"
        row.refuse(message, catalogue.nearest(status, STATUSES), "status")
    if status in NEED_ANSWER and not row.cell("answer"):
        row.refuse(f"is empty, and the challenge is {status}", "write the answer", "answer")
    numbers = _range(row)
    if row.faults:
        return None
    try:
        return Challenge.model_validate(
            {name: row.cell(name) for name in COLUMNS if name not in NUMBERS}
            | dict(zip(NUMBERS, numbers or (), strict=False))
        )
    except ValidationError as error:
        row.faults += faults_of(error, file=row.file, row=row.number)
        return None


def _range(row: OwnRow) -> tuple[float, ...] | None:
    """The challenger's range; none where no number is challenged, or a fault was noted."""
    quantity = row.cell("quantity")
    given = [column for column in NUMBERS if row.cell(column)]
    if not quantity:
        if given:
            row.refuse("is empty, and a range is given", "name the quantity", "quantity")
        return None
    if quantity not in catalogue.QUANTITIES:
        message = f"'{shown(quantity)}' is not a quantity"
        row.refuse(message, catalogue.nearest(quantity, tuple(catalogue.QUANTITIES)), "quantity")
        return None
    known = catalogue.QUANTITIES[quantity]
    numbers: list[float] = []
    for column in NUMBERS:
        if column not in given:
            row.refuse("is empty", f"write p05, p50 and p95 of {quantity}", column)
            continue
        try:
            number = one_number(row.cell(column), family_of=known)
        except InputError as error:
            row.refuse_all(error, column)
            continue
        if not known.low <= number <= known.high:
            row.refuse(
                f"{number:g} is outside {known.range_told}", f"write it in {known.unit}", column
            )
        numbers.append(number)
    if len(numbers) == len(NUMBERS) and numbers != sorted(numbers):
        told = " / ".join(f"{each:g}" for each in numbers)
        row.refuse(f"the range falls: {told}", "write p05 <= p50 <= p95", "p05")
    return tuple(numbers) if len(numbers) == len(NUMBERS) else None


def challenges_as_csv(challenges: Iterable[Challenge]) -> str:
    """The text of a ``challenges.csv`` with these challenges."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in challenges:
        fields = each.model_dump(mode="json")
        writer.writerow("" if fields[name] is None else fields[name] for name in COLUMNS)
    return stream.getvalue()
