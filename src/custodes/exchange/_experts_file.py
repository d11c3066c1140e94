"""``experts.csv``: who was asked, with weight, expertise and declared interests."""

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
from custodes.exchange._table import shown
from custodes.judgements import Expert
from custodes.records import faults_of

EXPERTS_FILE = "experts.csv"
"""Its name in a round's folder."""
COLUMNS = ("expert", "expertise", "affiliations", "interests", "weight")
"""Every column, in the order in which it is written."""

_BETWEEN = "|"


@dataclass(frozen=True, slots=True)
class ExpertsRead:
    """What a file of experts holds."""

    experts: tuple[Expert, ...]
    """The experts whose rows are right, in the order of the file."""
    rows: tuple[int, ...]
    """The row of each, as a spreadsheet counts."""
    faults: tuple[Fault, ...]
    """All that is wrong with the other rows."""


def read_experts_csv(path: Path) -> ExpertsRead:
    """The experts in an ``experts.csv``; rows with faults are left out and told.

    Raises:
        InputError: The file is no CSV, lacks the column `expert` or has one we do not know.
    """
    read = [(row, _expert(row)) for row in own_rows(path, columns=COLUMNS, required=("expert",))]
    right = [(row.number, expert) for row, expert in read if expert is not None]
    return ExpertsRead(
        experts=tuple(expert for _, expert in right),
        rows=tuple(number for number, _ in right),
        faults=tuple(fault for row, _ in read for fault in row.faults),
    )


def _expert(row: OwnRow) -> Expert | None:
    if not row.cell("expert"):
        row.refuse("is empty", "give each expert a name or code", "expert")
    fields: dict[str, object] = {
        "expert": row.cell("expert"),
        "interests": row.cell("interests"),
        **{name: _parts(row.cell(name)) for name in ("expertise", "affiliations")},
    }
    weight = row.cell("weight")
    if weight:
        try:
            number = one_number(weight, family_of=None)
        except InputError as error:
            row.refuse_all(error, "weight")
        else:
            fields["weight"] = number
            if number < 0:
                seen = shown(weight)
                row.refuse(f"'{seen}' is below 0", "write 1 for one voice, 0 for none", "weight")
    if row.faults:
        return None
    try:
        return Expert.model_validate(fields)
    except ValidationError as error:
        row.faults += faults_of(error, file=row.file, row=row.number)
        return None


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for each in cell.split(_BETWEEN) if (part := each.strip()))


def experts_as_csv(experts: Iterable[Expert]) -> str:
    """The text of an ``experts.csv`` with these experts."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in experts:
        parts = (_BETWEEN.join(each.expertise), _BETWEEN.join(each.affiliations))
        writer.writerow([each.expert, *parts, each.interests, repr(each.weight)])
    return stream.getvalue()
