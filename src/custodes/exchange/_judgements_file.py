"""``judgements.csv``: one row an answer, kept as it was given, flagged where it is odd.

A number that cannot be read is a fault; numbers that are out of order or out of range are kept
with a flag and stay out of the pool (docs/explanation/model.md; docs/explanation/judgement.md).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, get_args

from pydantic import ValidationError

from custodes import catalogue
from custodes.errors import Fault, InputError
from custodes.exchange._own_rows import OwnRow, own_rows
from custodes.exchange._table import shown
from custodes.judgements import VERDICTS, Judgement, at_wanted_confidence, flags_of
from custodes.quantities import Quantity, parse_amount
from custodes.records import faults_of
from custodes.rounds import quantity_asked

JUDGEMENTS_FILE = "judgements.csv"
"""Its name in a round's folder."""
NUMBERS = ("p05", "p50", "p95")
"""Columns of the three numbers."""
TEXTS = ("reason", "raw", "unit", "wording", "confidence", "abstain", "at")
"""Columns after the numbers."""
COLUMNS = ("effort", "expert", "round", "quantity", *NUMBERS, *TEXTS)
"""Every column that is read, in the order in which it is written."""
REQUIRED = ("effort", "expert", "quantity")
"""Columns that the file must have."""
CLAIM_COLUMNS = ("verdict", "praise")
"""Columns of answers about claims, written only where there is one."""
ABSTENTIONS: Final[tuple[str, ...]] = tuple(
    value for value in get_args(Judgement.model_fields["abstain"].annotation) if value
)
"""Reasons for giving no answer."""

_RAW_UNITS = {"percent": 0.01, "%": 0.01}
"""Units of `raw` that change the number, with their factor."""


@dataclass(frozen=True, slots=True)
class JudgementsRead:
    """What a file of answers holds."""

    judgements: tuple[Judgement, ...]
    """The answers that can be read, flagged ones too, in the order of the file."""
    rows: tuple[int, ...]
    """The row of each, as a spreadsheet counts."""
    rescaled: tuple[int, ...]
    """Rows whose range was brought from its stated confidence to 90 %."""
    faults: tuple[Fault, ...]
    """All that is wrong with the other rows."""


def read_judgements_csv(path: Path) -> JudgementsRead:
    """The answers in a ``judgements.csv``; rows that cannot be read are left out and told.

    Raises:
        InputError: The file is no CSV, lacks a column or has one we do not know.
    """
    judgements: list[Judgement] = []
    rows: list[int] = []
    rescaled: list[int] = []
    faults: list[Fault] = []
    for row in own_rows(path, columns=(*COLUMNS, *CLAIM_COLUMNS), required=REQUIRED):
        answer = _judgement(row)
        faults += row.faults
        if answer is not None:
            judgements.append(answer)
            rows.append(row.number)
            if _is_as_typed(row) and answer.confidence is not None and answer.p50 is not None:
                rescaled.append(row.number)
    return JudgementsRead(
        judgements=tuple(judgements),
        rows=tuple(rows),
        rescaled=tuple(rescaled),
        faults=tuple(faults),
    )


def judgement_typed(cells: Mapping[str, str]) -> tuple[Judgement | None, tuple[Fault, ...]]:
    """One answer from the fields of a form, read exactly as a row of the file is.

    Args:
        cells: What was typed, by column of `judgements.csv`.

    Returns:
        The answer, flagged where it is odd, with what was typed in `raw`; none where something
        cannot be read. And what is wrong, each fault at its column.
    """
    kept = {name: text.strip() for name, text in cells.items()}
    row = OwnRow(file="", number=0, cells=kept)
    answer = _judgement(row)
    faults = tuple(replace(fault, file=None, row=None) for fault in row.faults)
    if answer is None or answer.raw or answer.abstain:
        return answer, faults
    raw = " / ".join(kept.get(column, "") for column in NUMBERS)
    return answer.model_copy(update={"raw": raw}), faults


def _judgement(row: OwnRow) -> Judgement | None:
    for column in REQUIRED:
        if not row.cell(column):
            row.refuse("is empty", "every answer has one", column)
    if row.cell("round") not in {"", "1", "2"}:
        seen = shown(row.cell("round"))
        row.refuse(f"'{seen}' is not a round", "write 1 (blind) or 2 (revised)", "round")
    abstain = row.cell("abstain")
    if abstain and abstain not in ABSTENTIONS:
        row.refuse(
            f"'{shown(abstain)}' is not a way to abstain",
            catalogue.nearest(abstain, ABSTENTIONS),
            "abstain",
        )
    verdict = row.cell("verdict")
    if verdict and verdict not in VERDICTS:
        message = f"'{shown(verdict)}' is not a verdict"
        row.refuse(message, catalogue.nearest(verdict, VERDICTS), "verdict")
    confidence = _confidence(row)
    quantity = quantity_asked(row.cell("effort"), row.cell("quantity"))
    numbers = _numbers(row, quantity)
    if row.faults:
        return None
    raw = row.cell("raw")
    flags: tuple[str, ...] = ()
    if numbers is not None:
        if confidence is not None and quantity is not None and _is_as_typed(row):
            raw = raw or " / ".join(row.cell(column) for column in NUMBERS)
            numbers = at_wanted_confidence(numbers, confidence=confidence, quantity=quantity)
        flags = flags_of(numbers, quantity)
    fields: dict[str, object] = {
        **{name: row.cell(name) for name in ("effort", "expert", "quantity", "reason", "unit")},
        **{name: row.cell(name) for name in ("wording", "abstain", "at", *CLAIM_COLUMNS)},
        "round": int(row.cell("round") or 1),
        "raw": raw,
        "confidence": confidence,
        "flags": flags,
    }
    if numbers is not None:
        fields |= zip(NUMBERS, numbers, strict=True)
    try:
        return Judgement.model_validate(fields)
    except ValidationError as error:
        row.faults += faults_of(error, file=row.file, row=row.number)
        return None


def _is_as_typed(row: OwnRow) -> bool:
    """Whether a row's numbers are those that were typed, and not yet brought to 90 %.

    Beside `raw`, p05, p50 and p95 are the numbers that are used; so what we write is read back.
    """
    return not (row.cell("raw") and any(row.cell(column) for column in NUMBERS))


def _confidence(row: OwnRow) -> float | None:
    text = row.cell("confidence")
    if not text:
        return None
    try:
        confidence = one_number(text, family_of=None)
    except InputError as error:
        row.refuse_all(error, "confidence")
        return None
    if not 0 < confidence < 1:
        row.refuse(
            f"'{shown(text)}' is not a confidence",
            "write a share between 0 and 1, as 0.8 or 80 %; empty is 0.9",
            "confidence",
        )
        return None
    return confidence


def one_number(text: str, *, family_of: Quantity | None) -> float:
    """The one number that a cell says: `0.05`, `5 %`, `1 in 2,000,000`, `5e-7`.

    Raises:
        InputError: It says none, or several.
    """
    if " to " in text or "/" in text:
        raise InputError(
            [Fault(message=f"'{shown(text)}' is several numbers", cure="write one number")]
        )
    return parse_amount(text, family="real", unit=family_of.unit if family_of else "").p50


def _numbers(row: OwnRow, quantity: Quantity | None) -> tuple[float, float, float] | None:
    """The three numbers of a row; none where the expert abstained or a fault was noted."""
    given = [column for column in NUMBERS if row.cell(column)]
    if row.cell("abstain"):
        if given:
            row.refuse(
                f"'{shown(row.cell(given[0]))}' is given although the expert abstained",
                "empty p05, p50 and p95, or abstain",
                given[0],
            )
        return None
    if not given:
        return _from_raw(row, quantity)
    numbers: list[float] = []
    for column in NUMBERS:
        if column not in given:
            row.refuse(
                "is empty",
                "write p05, p50 and p95; three equal numbers say that there is no uncertainty",
                column,
            )
            continue
        try:
            numbers.append(one_number(row.cell(column), family_of=quantity))
        except InputError as error:
            row.refuse_all(error, column)
    return (numbers[0], numbers[1], numbers[2]) if len(numbers) == len(NUMBERS) else None


def _from_raw(row: OwnRow, quantity: Quantity | None) -> tuple[float, float, float] | None:
    """The three numbers of an answer that stands in one cell, as it was typed."""
    raw, unit = row.cell("raw"), row.cell("unit").lower()
    if not raw:
        row.refuse(
            "is empty",
            "write p05, p50 and p95, or why there is no answer in the column abstain",
            "p50",
        )
        return None
    says_its_unit = "%" in raw or " in " in raw
    factor = 1.0 if says_its_unit else _RAW_UNITS.get(unit, 1.0)
    parts = raw.split("/")
    try:
        if len(parts) == len(NUMBERS):
            typed = [one_number(part, family_of=quantity) * factor for part in parts]
            return (typed[0], typed[1], typed[2])
        written = raw
        if factor != 1.0:
            ends = [one_number(end, family_of=quantity) * factor for end in raw.split(" to ")]
            written = " to ".join(map(repr, ends))
        family = quantity.family if quantity else "real"
        unit = quantity.unit if quantity else ""
        return parse_amount(written, family=family, unit=unit).numbers
    except InputError as error:
        row.refuse_all(error, "raw")
        return None


def judgements_as_csv(judgements: Iterable[Judgement]) -> str:
    """The text of a ``judgements.csv`` with these answers; flags are found again on reading."""
    given = list(judgements)
    of_claims = any(answer.verdict or answer.praise for answer in given)
    columns = (*COLUMNS, *CLAIM_COLUMNS) if of_claims else COLUMNS
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for answer in given:
        fields = answer.model_dump(include={*columns})
        writer.writerow("" if fields[name] is None else _as_cell(fields[name]) for name in columns)
    return stream.getvalue()


def _as_cell(value: str | float) -> str:
    return value if isinstance(value, str) else repr(value)
