"""``claims.csv``: what was said of efforts and systems, with how it was assessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pydantic import ValidationError

from custodes import catalogue
from custodes.disclosure import Handling
from custodes.errors import Fault, InputError
from custodes.evidence import (
    NO_EVIDENCE,
    SCALES,
    STANDINGS,
    Claim,
)
from custodes.exchange._own_rows import OwnRow, own_rows
from custodes.exchange._table import shown
from custodes.judgements import VERDICTS
from custodes.quantities import Amount, check_range, parse_amount
from custodes.records import faults_of

CLAIMS_FILE = "claims.csv"
"""Its name in a round's folder."""
REQUIRED = (
    *("id", "effort", "system", "claimant", "hazard"),
    *("scale", "text", "evidence", "assessment"),
)
"""Columns that the file must have."""
COLUMNS = (
    *REQUIRED,
    *("published_at", "address", "sha256", "language", "definition_of_alignment", "says_so"),
    *("benchmark", "improvement", "claimed_cut", "credited"),
    *("reply", "standing", "kept", "handling"),
)
"""Every column, in the order in which it is written."""

_NEEDED = {
    "id": "give each claim an id of its own, as c1",
    "claimant": "write who said it",
    "text": "write what was said, quoted",
}
_LISTS = {
    "scale": SCALES,
    "assessment": VERDICTS,
    "standing": STANDINGS,
    "says_so": ("yes", "no"),
    "kept": ("yes", "no"),
    "handling": tuple(each for each in get_args(Handling) if each),
}
_AMOUNTS = ("claimed_cut", "credited")
_PARTED = ("hazard", "evidence")


@dataclass(frozen=True, slots=True)
class ClaimsRead:
    """What a file of claims holds."""

    claims: tuple[Claim, ...]
    """The claims whose rows are right, in the order of the file."""
    rows: tuple[int, ...]
    """The row of each, as a spreadsheet counts."""
    broken: tuple[str, ...]
    """Ids of the claims whose rows are not."""
    faults: tuple[Fault, ...]
    """All that is wrong with them."""


def read_claims_csv(path: Path) -> ClaimsRead:
    """The claims in a ``claims.csv``; rows with faults are left out and told.

    Raises:
        InputError: The file is no CSV, lacks a column or has one we do not know.
    """
    read = [(row, _claim(row)) for row in own_rows(path, columns=COLUMNS, required=REQUIRED)]
    right = [(row.number, claim) for row, claim in read if claim is not None]
    return ClaimsRead(
        claims=tuple(claim for _, claim in right),
        rows=tuple(number for number, _ in right),
        broken=tuple(row.cell("id") for row, claim in read if claim is None),
        faults=tuple(fault for row, _ in read for fault in row.faults),
    )


def _claim(row: OwnRow) -> Claim | None:
    for column, cure in _NEEDED.items():
        if not row.cell(column):
            row.refuse("is empty", cure, column)
    for column, known in _LISTS.items():
        if row.cell(column) and row.cell(column) not in known:
            message = f"'{shown(row.cell(column))}' is not in the list"
            row.refuse(message, catalogue.nearest(row.cell(column), known), column)
    parted = {column: _parted(row, column) for column in _PARTED}
    for hazard in parted["hazard"]:
        if hazard not in catalogue.HAZARDS:
            message = f"'{shown(hazard)}' is not a hazard"
            row.refuse(message, catalogue.nearest(hazard, tuple(catalogue.HAZARDS)), "hazard")
    amounts = {column: _amount(row, column) for column in _AMOUNTS}
    if row.faults:
        return None
    texts = {
        name: row.cell(name)
        for name in COLUMNS
        if name not in parted and name not in amounts and row.cell(name)
    }
    try:
        return Claim.model_validate({**texts, **parted, **amounts})
    except ValidationError as error:
        row.faults += faults_of(error, file=row.file, row=row.number)
        return None


def _parted(row: OwnRow, column: str) -> tuple[str, ...]:
    """What a cell lists, each once; `none` stands for nothing."""
    given = [each.strip() for each in row.cell(column).split("|") if each.strip()]
    repeated = sorted({each for each in given if given.count(each) > 1})
    if repeated:
        row.refuse(f"names '{shown(repeated[0])}' twice", "name each once", column)
    if column != "evidence" or NO_EVIDENCE not in given:
        return tuple(given)
    if len(given) > 1:
        cure = "write none alone, or the audits alone"
        row.refuse(f"says '{NO_EVIDENCE}' and names audits", cure, column)
    return ()


def _amount(row: OwnRow, column: str) -> Amount | None:
    text = row.cell(column)
    if not text:
        return None
    quantity = catalogue.CLAIM_QUANTITIES[column]
    try:
        amount = parse_amount(text, family=quantity.family, unit=quantity.unit)
        check_range(amount, quantity)
    except InputError as error:
        row.refuse_all(error, column)
        return None
    return amount


def claims_as_csv(claims: Iterable[Claim]) -> str:
    """The text of a ``claims.csv`` with these claims."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in claims:
        cells: dict[str, str] = {
            **each.model_dump(mode="json", exclude={*_PARTED, *_AMOUNTS}),
            "hazard": "|".join(each.hazard),
            "evidence": "|".join(each.evidence) or NO_EVIDENCE,
            **{name: _written(getattr(each, name)) for name in _AMOUNTS},
        }
        writer.writerow(cells[name] for name in COLUMNS)
    return stream.getvalue()


def _written(amount: Amount | None) -> str:
    if amount is None:
        return ""
    if amount.is_point:
        return repr(amount.p50)
    return " / ".join(map(repr, amount.numbers))
