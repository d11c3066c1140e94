"""``predictions.csv``: what the institution foretold, read and written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from custodes.decisions import Decision, Prediction, faults_of_predictions
from custodes.errors import Fault, InputError
from custodes.exchange._csv_text import csv_text
from custodes.exchange._own_rows import OwnRow, own_rows
from custodes.exchange._text_files import names_in
from custodes.records import faults_of
from custodes.rounds import Round

PREDICTIONS_FILE = "predictions.csv"
"""Its name in a round's folder."""
COLUMNS = (
    *("id", "about", "text", "made_on", "resolves_by", "family"),
    *("p05", "p50", "p95", "outcome", "resolved_on", "source"),
)
"""Every column, in the order in which it is written."""
REQUIRED = ("id", "about", "text", "made_on", "resolves_by", "p50")
"""Columns that the file must have."""
_NEEDED = {
    "id": "give each prediction an id of its own, as p1",
    "about": "write effort:ID, condition:EFFORT/ID, system:ID or claim:ID",
    "text": "write what is foretold, so that anybody can tell whether it came",
    "made_on": "write the day it was written down, as 2026-10-01",
    "resolves_by": "write until when it is known, as 2027-10-01",
    "p50": "write the probability of an event, or the median of a quantity",
}
_TRUTHS = {"yes": 1.0, "no": 0.0}
_UNRESOLVABLE = "unresolvable"


@dataclass(frozen=True, slots=True)
class PredictionsRead:
    """What a file of predictions holds."""

    predictions: tuple[Prediction, ...]
    """The predictions whose rows are right, in the order of the file."""
    rows: tuple[int, ...]
    """The row of each, as a spreadsheet counts."""
    faults: tuple[Fault, ...]
    """All that is wrong with the other rows."""


def read_predictions_csv(path: Path) -> PredictionsRead:
    """The predictions in a ``predictions.csv``; rows with faults are left out and told.

    Raises:
        InputError: The file is no CSV, lacks a column or has one we do not know.
    """
    read = [(row, _prediction(row)) for row in own_rows(path, columns=COLUMNS, required=REQUIRED)]
    right = [(row.number, each) for row, each in read if each is not None]
    return PredictionsRead(
        predictions=tuple(each for _, each in right),
        rows=tuple(number for number, _ in right),
        faults=tuple(fault for row, _ in read for fault in row.faults),
    )


def read_predictions(
    folder: str | Path, round_: Round, decisions: Sequence[Decision] | None
) -> tuple[Prediction, ...]:
    """The predictions in a round's folder; none where there is no ``predictions.csv``.

    Args:
        folder: The round's folder.
        round_: The round that `read_round` gave.
        decisions: What `read_decisions` gave; None where that was refused.

    Raises:
        InputError: Anything in the file is wrong or does not fit the round; every fault is told.
    """
    home = Path(folder)
    if PREDICTIONS_FILE not in names_in(home, name=str(folder)):
        return ()
    read = read_predictions_csv(home / PREDICTIONS_FILE)
    unfit = [
        fault.at(file=PREDICTIONS_FILE, row=read.rows[place])
        for place, fault in faults_of_predictions(read.predictions, round_, decisions)
    ]
    if read.faults or unfit:
        raise InputError([*read.faults, *unfit])
    return read.predictions


def predictions_as_csv(predictions: Iterable[Prediction]) -> str:
    """The text of a ``predictions.csv`` with these predictions.

    Args:
        predictions: In the order in which they should stand.
    """
    return csv_text([COLUMNS, *(_cells(each) for each in predictions)])


def _cells(each: Prediction) -> list[str]:
    told = each.model_dump(mode="json")
    is_event = each.family == "event"
    outcome = "" if each.outcome is None else repr(each.outcome)
    if is_event and each.outcome is not None:
        outcome = "yes" if each.outcome else "no"
    cells = {
        **{name: str(told[name] or "") for name in COLUMNS if name in told},
        "p05": "" if is_event else repr(each.amount.p05),
        "p50": repr(each.amount.p50),
        "p95": "" if is_event else repr(each.amount.p95),
        "outcome": _UNRESOLVABLE if each.is_unresolvable else outcome,
    }
    return [cells[name] for name in COLUMNS]


def _prediction(row: OwnRow) -> Prediction | None:
    for column, cure in _NEEDED.items():
        if not row.cell(column):
            row.refuse("is empty", cure, column)
    is_event = row.cell("family") in ("", "event")
    for column in ("p05", "p95"):
        if is_event and row.cell(column):
            row.refuse("is given for an event", "write its probability into p50 alone", column)
        elif not is_event and not row.cell(column):
            row.refuse("is empty", "write the range of the quantity: p05, p50 and p95", column)
    numbers = {
        name: found for name in ("p05", "p50", "p95") if (found := _number(row, name)) is not None
    }
    told = row.cell("outcome").lower()
    outcome: float | None = None
    if told and told != _UNRESOLVABLE:
        outcome = _TRUTHS[told] if is_event and told in _TRUTHS else _number(row, "outcome")
    if row.faults:
        return None
    amount = dict.fromkeys(("p05", "p50", "p95"), numbers["p50"]) | numbers
    texts = ("id", "about", "text", "made_on", "resolves_by", "family", "resolved_on", "source")
    try:
        return Prediction.model_validate(
            {
                **{name: row.cell(name) for name in texts if row.cell(name)},
                "amount": amount,
                "outcome": outcome,
                "is_unresolvable": told == _UNRESOLVABLE,
            }
        )
    except ValidationError as error:
        row.faults += faults_of(error, file=row.file, row=row.number)
        return None


def _number(row: OwnRow, column: str) -> float | None:
    text = row.cell(column)
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        cure = "write a number"
        if column == "outcome":
            cure = "write yes, no, a number or unresolvable; leave it empty while nobody knows"
        row.refuse(f"'{text[:40]}' is not a number", cure, column)
        return None
