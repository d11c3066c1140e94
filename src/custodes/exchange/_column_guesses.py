"""Guessing which of their columns is which of ours; every guess says what it rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from custodes.exchange._columns import OURS, ColumnMap, Taken
from custodes.exchange._costs import looks_like_a_cost
from custodes.exchange._table import Table, shown
from custodes.exchange._titles import title_from
from custodes.quantities import CURRENCIES

_USUAL = {
    "id": "row_id grant_id proposal_id application_id application_number reference ref record_id",
    "title": "project_title grant_title proposal_title project_name grant_name name_of_project "
    "proposal project grant effort name",
    "description": "summary abstract project_summary project_description grant_description "
    "short_description proposal_summary intended_use_of_funds notes comments",
    "applicant": "recipient grantee donee organization_name organisation_name organization "
    "organisation org recipient_name grantee_name awardee lead_organisation lead_organization "
    "institution applicant_name",
    "cost": "amount grant_amount award_amount amount_awarded amount_requested requested_amount "
    "total_cost budget funding total_amount value",
    "currency": "currency_code amount_currency",
    "cost_is_estimate": "amount_estimated amount_is_estimate cost_estimated is_estimate estimated",
    "cost_note": "estimate_note amount_note",
    "start": "start_date date date_awarded award_date grant_date donation_date year",
    "start_precision": "date_precision donation_date_precision start_date_precision",
    "source": "source_url url link website",
    "original_cost": "amount_original_currency original_amount",
    "rate": "exchange_rate conversion_rate",
    "rate_date": "currency_conversion_date conversion_date exchange_rate_date",
}
"""Names that such columns usually have, most telling first; our own name comes before all."""
_ABSTRACTS = frozenset(
    {
        "description",
        "summary",
        "abstract",
        "project_summary",
        "project_description",
        "grant_description",
        "short_description",
        "proposal_summary",
    }
)
"""Descriptions from whose first words a title can be made; notes and uses of funds are none."""
_SECOND_PARTS = ("intended_use_of_funds_category", "purpose", "category_of_use")
"""Columns that say more about a title made from the applicant."""
_BALANCES = ("is_residual", "is_balance", "is_total")
_YES = ("TRUE", "true", "True", "yes", "Yes", "1")
_FILLED_AT_LEAST = 0.1
"""A description that fewer rows have is kept as it is and not used."""
_NUMBERS_AT_LEAST = 0.5
_REPEATS_AT_LEAST = 0.9
_SAMPLE = 400
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Guess:
    """One line of the map as it is shown to a person."""

    ours: str
    """Our column."""
    theirs: str
    """What it is made from, in words."""
    sure: str
    """What the guess rests on: their name is ours, usual, similar; or the map that was given."""
    sample: str
    """The first value found there."""


@dataclass(frozen=True, slots=True)
class GuessedColumns:
    """A guessed map and what each line of it rests on."""

    columns: ColumnMap
    """The map."""
    sure: dict[str, str]
    """Our column: what the guess rests on."""


def words_of(name: str) -> tuple[str, ...]:
    """The words of a column's name, in lower case: amountEstimated is amount, estimated."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return tuple(re.findall(r"[a-z0-9]+", split.lower()))


def guess_columns(table: Table) -> GuessedColumns:
    """The map that the names of the columns, and what stands in them, suggest."""
    names = {name: "_".join(words_of(name)) for name in table.header}
    sample = _sample(table)
    chosen: dict[str, Taken] = {}
    sure: dict[str, str] = {}
    fixed: dict[str, str] = {}
    for ours in OURS:
        used = set(chain.from_iterable(taken.columns for taken in chosen.values()))
        free = [one for one in _candidates(ours, names) if one[0] not in used]
        if ours == "cost":
            free = _most_likely_costs(free, table, sample)
        if free:
            theirs, how = free[0]
            chosen[ours], sure[ours] = Taken(first_filled=(theirs,)), how
    if "cost" in chosen and "currency" not in chosen:
        code = _code_in(chosen["cost"].columns[0])
        if code:
            fixed["currency"] = code
            sure["currency"] = "in the name of the cost's column"
    _describe(table, names, sample, chosen, sure)
    _entitle(table, names, sample, chosen, sure)
    not_efforts: dict[str, tuple[str, ...]] = {
        name: _YES for name, plain in names.items() if plain in _BALANCES
    }
    columns = ColumnMap(
        columns={ours: chosen[ours] for ours in OURS if ours in chosen},
        fixed=fixed,
        not_efforts=not_efforts,
        sheet=table.sheet or None,
        header_row=table.header_row if table.header_row > 1 else None,
        records_at=table.records_at or None,
    )
    return GuessedColumns(columns, sure)


def guesses_of(columns: ColumnMap, table: Table, sure: dict[str, str]) -> tuple[Guess, ...]:
    """A map line by line, each with a value it finds in the table."""
    lines: list[Guess] = []
    for ours in OURS:
        taken = columns.columns.get(ours)
        how = sure.get(ours, "given")
        if taken is not None:
            found = next(filter(None, (_first(table, name) for name in taken.columns)), "")
            sample = title_from(found) if taken.first_words_of else found
            lines.append(Guess(ours, told(taken), how, shown(sample)))
        if ours in columns.fixed:
            value = columns.fixed[ours]
            lines.append(Guess(ours, f"always '{shown(value)}'", how, value))
    lines += [
        Guess(
            "(left out)", f"rows in which {name} is {values[0]}", sure.get(name, "usual name"), ""
        )
        for name, values in columns.not_efforts.items()
    ]
    return tuple(lines)


def told(taken: Taken) -> str:
    """How one of our columns is made, in words."""
    if taken.first_words_of:
        return f"first words of {taken.first_words_of}"
    return (" with " if taken.join else ", else ").join(taken.columns)


def _candidates(ours: str, names: dict[str, str]) -> list[tuple[str, str]]:
    usual = _USUAL.get(ours, "").split()
    found = [(name, "same name") for name, plain in names.items() if plain == ours]
    for one in usual:
        found += [
            (name, "usual name")
            for name, plain in names.items()
            if plain == one
            or (ours == "cost" and plain.rpartition("_")[0] == one and _code_in(name))
        ]
    if ours in {"cost", "title", "description", "applicant", "start"}:
        telling = {ours, *(word for word in usual[:8] if "_" not in word)}
        barred = {
            "id",
            "original",
            "currency",
            "precision",
            "estimated",
            "is",
            "note",
            "basis",
            "url",
        }
        found += [
            (name, "similar name: please check")
            for name, plain in names.items()
            if telling & {*plain.split("_")} and not barred & {*plain.split("_")}
        ]
    return found


def _code_in(name: str) -> str:
    words = words_of(name)
    codes = [
        word.upper() for word in words[1:] if word.upper() in CURRENCIES and word not in _NO_CODES
    ]
    return codes[0] if len(codes) == 1 else ""


_NO_CODES = frozenset({"all", "top", "try", "mop", "lak"})
"""Codes that are also words of English."""


def _sample(table: Table) -> Sequence[tuple[str, ...]]:
    step = max(1, len(table.rows) // _SAMPLE)
    return [row.cells for row in table.rows[::step]]


def _values(rows: Sequence[tuple[str, ...]], table: Table, name: str) -> list[str]:
    at = table.header.index(name)
    return [cells[at].strip() if at < len(cells) else "" for cells in rows]


def _first(table: Table, name: str) -> str:
    if name not in table.header:
        return ""
    at = table.header.index(name)
    return next(
        (
            row.cells[at].strip()
            for row in table.rows
            if at < len(row.cells) and row.cells[at].strip()
        ),
        "",
    )


def _mostly_costs(values: list[str]) -> bool:
    filled = [value for value in values if value]
    return not filled or sum(map(looks_like_a_cost, filled)) >= _NUMBERS_AT_LEAST * len(filled)


def _most_likely_costs(
    candidates: list[tuple[str, str]], table: Table, sample: Sequence[tuple[str, ...]]
) -> list[tuple[str, str]]:
    """Those of our own name or that mostly hold costs; those of a usual name where none does."""
    likely = [
        (name, how)
        for name, how in candidates
        if how == "same name" or _mostly_costs(_values(sample, table, name))
    ]
    return likely or [one for one in candidates if one[1] == "usual name"]


def _share_filled(values: list[str]) -> float:
    return sum(map(bool, values)) / len(values) if values else 0.0


def _describe(
    table: Table,
    names: dict[str, str],
    sample: Sequence[tuple[str, ...]],
    chosen: dict[str, Taken],
    sure: dict[str, str],
) -> None:
    """Uses of funds and notes together: the fuller one first, each where it fills some rows."""
    if "description" not in chosen or names[chosen["description"].columns[0]] in _ABSTRACTS:
        return
    if sure["description"].startswith("similar"):
        return
    weak = [
        name
        for name, plain in names.items()
        if plain in {"intended_use_of_funds", "notes", "comments"}
    ]
    shares = {name: _share_filled(_values(sample, table, name)) for name in weak}
    used = [name for name in weak if shares[name] >= _FILLED_AT_LEAST]
    if used:
        order = tuple(sorted(used, key=lambda name: -shares[name]))
        chosen["description"] = Taken(first_filled=order)


def _entitle(
    table: Table,
    names: dict[str, str],
    sample: Sequence[tuple[str, ...]],
    chosen: dict[str, Taken],
    sure: dict[str, str],
) -> None:
    """A title from elsewhere, where there is none or it only repeats other columns."""
    repeats = "title" in chosen and _repeats(table, sample, chosen["title"].columns[0])
    if "title" in chosen and not repeats:
        return
    description = chosen.get("description")
    if description is not None and names[description.columns[0]] in _ABSTRACTS:
        chosen["title"] = Taken(first_words_of=description.columns[0])
        sure["title"] = (
            "made: the title only repeats other columns" if repeats else "made: no title"
        )
    elif "applicant" in chosen and not repeats:
        more = tuple(name for name, plain in names.items() if plain in _SECOND_PARTS)
        applicant = chosen["applicant"].columns
        chosen["title"] = (
            Taken(join=(*applicant, *more)) if more else Taken(first_filled=applicant)
        )
        sure["title"] = "made: no title"


def _repeats(table: Table, sample: Sequence[tuple[str, ...]], title: str) -> bool:
    """Whether a title says nothing that two other columns of its row do not say."""
    at = table.header.index(title)
    filled = [cells for cells in sample if at < len(cells) and cells[at].strip()]
    repeated = 0
    for cells in filled:
        words = {*words_of(cells[at])}
        others = [
            {*words_of(cell)}
            for place, cell in enumerate(cells)
            if place != at and len(cell) <= _LONGEST_NAME
        ]
        parts = [part for part in others if part and part <= words]
        repeated += any(one | two == words for one in parts for two in parts if one is not two)
    return bool(filled) and repeated >= _REPEATS_AT_LEAST * len(filled)
