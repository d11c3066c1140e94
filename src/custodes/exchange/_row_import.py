"""One row of somebody else's table to one effort, or to a refusal."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation

from pydantic import ValidationError

from custodes.efforts import HAZARDS, KINDS, Effort
from custodes.errors import Fault
from custodes.exchange._columns import ColumnMap, Taken
from custodes.exchange._costs import Cost, NotACostError, parse_cost
from custodes.exchange._currencies import sign_contradicts
from custodes.exchange._efforts_file import KNOWN, number_as_text
from custodes.exchange._import_notes import ImportNotes
from custodes.exchange._refused import REFUSAL_CLASSES, RefusalClass, RefusedRow
from custodes.exchange._starts import (
    NotADateError,
    Precision,
    Start,
    coarseness_of,
    parse_start,
)
from custodes.exchange._table import Table, TableRow, cell_name, shown
from custodes.exchange._titles import id_from, is_an_id, title_from
from custodes.quantities import CURRENCIES, nearest_currency
from custodes.records import faults_of

WRITTEN_START = "start_as_written"
"""Extra column: the date as the source wrote it, where less of it is known."""
SOURCE_ID = "source_id"
"""Extra column: the source's id, where it cannot stand as an id here."""

_YES = frozenset({"yes", "true", "1", "y"})
_NO = frozenset({"no", "false", "0", "n"})
_ENOUGH_DATES = 20
"""Dates from which a pattern of first days is taken for how the source writes."""
_AS_THEY_ARE = (
    "description",
    "applicant",
    "cost_note",
    "target_system",
    "definition_of_alignment",
    "principal",
    "explanation",
    "source",
    "fiscal_sponsor",
    "handling",
    "original_cost",
    "original_currency",
    "rate",
    "rate_date",
)
"""Our columns that are taken as text."""
_OR_OUT = "or leave the row out"
_LEAVE_OUT = f"write it, {_OR_OUT}"
_RATE_DIGITS = 10


class RowImporter:
    """Takes the rows of one table, in order; remembers ids and what a person should know."""

    def __init__(self, table: Table, columns: ColumnMap) -> None:
        self.notes = ImportNotes(table, columns)
        self.made_ids: set[str] = set()
        self._table = table
        self._columns = columns
        self._rows_by_id: dict[str, int] = {}
        self._places = {name: at for at, name in enumerate(table.header)}
        self._take = {ours: self._taker(taken) for ours, taken in columns.columns.items()}
        used = {name for taken in columns.columns.values() for name in taken.columns}
        self._kept = _kept_columns(table, used)
        self._not_efforts = [
            (self._places[name], {value.lower() for value in values})
            for name, values in columns.not_efforts.items()
            if name in self._places
        ]
        self._as_they_are = [ours for ours in _AS_THEY_ARE if self._is_mapped(ours)]
        self._coarse = self._coarseness()

    def leaves_out(self, row: TableRow) -> bool:
        """Whether the map says of a row that it is no effort; such rows are told in a note."""
        cells = self._clean(row)
        left_out = any(
            at < len(cells) and cells[at].lower() in values for at, values in self._not_efforts
        )
        if left_out:
            self.notes.is_left_out(row)
        return left_out

    def take(self, row: TableRow) -> Effort | RefusedRow:
        """The effort of the next row, or why there is none."""
        cells = self._clean(row)
        found = _Findings(self._table.place, row)
        fields: dict[str, object] = {ours: self._text(ours, cells) for ours in self._as_they_are}
        extra = {name: cells[at] for at, name in self._kept if at < len(cells) and cells[at]}
        fields["extra"] = extra
        if any(cells[len(self._table.header) :]):
            found.refuse(
                "ragged",
                f"has {len(cells)} cells, the row of names {len(self._table.header)}",
                "put texts that hold commas in quotation marks",
            )
        fields["title"] = self._title(cells, found)
        self._money(cells, found, fields)
        self._choices(cells, found, fields)
        start = self._start(cells, found)
        fields["start"], fields["start_precision"] = start.text, start.precision
        if start.precision != start.written:
            extra.setdefault(WRITTEN_START, self._text("start", cells))
        self._recipients(cells, fields)
        fields["id"] = self._id(cells, found, str(fields["title"]), extra)
        if not found.faults:
            try:
                effort = Effort.model_validate(fields)
            except ValidationError as error:
                found.add("value_unclear", faults_of(error, file=found.file, row=row.number))
            else:
                self.notes.see(effort, row, start)
                return effort
        return found.refused_row()

    def _taker(self, taken: Taken) -> Callable[[Sequence[str]], str]:
        places = [self._places[name] for name in taken.columns]
        only = places[0]

        def one(cells: Sequence[str]) -> str:
            return cells[only] if only < len(cells) else ""

        def first_filled(cells: Sequence[str]) -> str:
            return next((cells[at] for at in places if at < len(cells) and cells[at]), "")

        def joined(cells: Sequence[str]) -> str:
            parts = [cells[at] if at < len(cells) else "" for at in places]
            return " \u2014 ".join(filter(None, parts)) if parts[0] else ""

        if taken.join:
            return joined
        if taken.first_words_of:
            return lambda cells: title_from(one(cells))
        return one if len(places) == 1 else first_filled

    def _is_mapped(self, ours: str) -> bool:
        return ours in self._take or ours in self._columns.fixed

    def _text(self, ours: str, cells: Sequence[str]) -> str:
        take = self._take.get(ours)
        return (take(cells) if take else "") or self._columns.fixed.get(ours, "")

    def _theirs(self, ours: str) -> str:
        taken = self._columns.columns.get(ours)
        return taken.columns[0] if taken else ours

    def _clean(self, row: TableRow) -> list[str]:
        cells = [cell.strip() for cell in row.cells]
        if self._columns.html_entities == "decode":
            cells = [html.unescape(cell).strip() if "&" in cell else cell for cell in cells]
        return cells

    def _coarseness(self) -> Precision:
        """How coarse the dates really are, where all are written as first days and none says."""
        if "start" not in self._take or self._is_mapped("start_precision"):
            return ""
        days = set[Start]()
        number = 0
        for row in self._table.rows:
            text = self._take["start"](self._clean(row))
            if text:
                try:
                    days.add(parse_start(text, order=self._columns.dates))
                except NotADateError:
                    continue
                number += 1
        if number < _ENOUGH_DATES or any(start.written != "day" for start in days):
            return ""
        coarse = coarseness_of({start.first_day for start in days if start.first_day})
        if coarse == "day":
            return ""
        self.notes.dates_are_coarse(self._theirs("start"), coarse)
        return coarse

    def _title(self, cells: Sequence[str], found: _Findings) -> str:
        title = " ".join(self._text("title", cells).split())
        if not title:
            self._missing("title", "title_missing", _LEAVE_OUT, found)
        return title

    def _money(self, cells: Sequence[str], found: _Findings, fields: dict[str, object]) -> None:
        column = self._theirs("cost")
        text = self._text("cost", cells)
        cost: Cost | None = None
        if not text:
            self._missing("cost", "amount_missing", f"write what it costs, {_OR_OUT}", found)
        else:
            try:
                cost = parse_cost(text)
            except NotACostError as error:
                message = f"'{shown(text)}' {error}"
                found.refuse("amount_not_a_number", message, error.cure, column)
        if cost and cost.amount.p05 < 0:
            message = f"{shown(text)} is negative: a correction, not an effort"
            found.refuse("amount_negative", message, "leave the row out", column)
        elif cost and cost.amount.p05 == 0:
            message = f"'{shown(text)}' is not above 0"
            found.refuse("amount_zero", message, f"write what it costs, {_OR_OUT}", column)
        if cost:
            fields["cost"] = cost.amount
        fields["currency"] = self._currency(cells, found, cost)
        if cost and cost.written and fields.get("original_cost"):
            self._conversion(fields, cost)
        if self._is_mapped("reference_cost"):
            fields["reference_cost"] = self._text("reference_cost", cells).replace(",", "") or None

    def _currency(self, cells: Sequence[str], found: _Findings, cost: Cost | None) -> str:
        written = self._take["currency"](cells) if "currency" in self._take else ""
        code = cost.code if cost else ""
        currency = (written or code or self._columns.fixed.get("currency", "")).upper()
        column = self._theirs("currency")
        if not currency:
            cure = "write its code, or say it for all that have none: --currency"
            self._missing(
                "currency", "currency_missing", cure, found, "is empty, and is never guessed"
            )
        elif currency not in CURRENCIES:
            message = f"'{shown(currency)}' is not a currency's code"
            found.refuse("currency_unclear", message, nearest_currency(currency), column)
        elif cost and code and code != currency:
            message = f"'{shown(self._text('cost', cells))}' contradicts the currency {currency}"
            found.refuse("currency_unclear", message, "correct one of them", self._theirs("cost"))
        elif cost and cost.sign and sign_contradicts(cost.sign, currency):
            message = f"'{shown(self._text('cost', cells))}' is not in {currency}"
            found.refuse("currency_unclear", message, "correct one of them", self._theirs("cost"))
        return currency

    def _missing(
        self,
        ours: str,
        because: RefusalClass,
        cure: str,
        found: _Findings,
        message: str = "is empty",
    ) -> None:
        """Refuse a row that says nothing there; a formula whose value was not stored is named."""
        taken = self._columns.columns.get(ours)
        number = found.row.number
        for name in taken.columns if taken else ():
            if (number, name) in self._table.formulas:
                message = f"is empty: cell {cell_name(number, self._places[name])} holds a formula"
                message += " whose value is not stored"
                cure = f"open the workbook in a spreadsheet program and save it again, {_OR_OUT}"
                found.refuse(because, message, cure, name)
                return
        found.refuse(because, message, cure, self._theirs(ours))

    def _conversion(self, fields: dict[str, object], cost: Cost) -> None:
        """The rate between two stated amounts, where the source does not state it."""
        if fields.get("rate"):
            return
        try:
            original = Decimal(str(fields["original_cost"]).replace(",", ""))
            rate = float(Decimal(cost.written) / original)
        except (InvalidOperation, ZeroDivisionError, ValueError):
            return
        fields["rate"] = number_as_text(float(f"{rate:.{_RATE_DIGITS}g}"))

    def _choices(self, cells: Sequence[str], found: _Findings, fields: dict[str, object]) -> None:
        for ours in ("cost_is_estimate", "scales_to_future", "dual_use"):
            text = self._text(ours, cells)
            plain = text.lower()
            if plain and plain not in _YES and plain not in _NO:
                message = f"'{shown(text)}' is not yes or no"
                found.refuse(
                    "value_unclear", message, "write yes, no or nothing", self._theirs(ours)
                )
            fields[ours] = "" if not plain else "yes" if plain in _YES else "no"
        kind = self._text("kind", cells)
        if kind:
            fields["kind"] = kind
        if kind and kind not in KINDS:
            cure = f"the kinds are {', '.join(KINDS)}"
            message = f"'{shown(kind)}' is not a kind"
            found.refuse("kind_unknown", message, cure, self._theirs("kind"))
        hazards = [part.strip() for part in self._text("hazards", cells).split("|")]
        fields["hazards"] = tuple(part for part in hazards if part)
        for hazard in hazards:
            if hazard and hazard not in HAZARDS:
                message = f"'{shown(hazard)}' is not a hazard"
                cure = f"the hazards are {', '.join(HAZARDS)}"
                found.refuse("value_unclear", message, cure, self._theirs("hazards"))

    def _start(self, cells: Sequence[str], found: _Findings) -> Start:
        text = self._text("start", cells)
        stated = self._text("start_precision", cells) if self._is_mapped("start_precision") else ""
        try:
            return parse_start(text, stated=stated or self._coarse, order=self._columns.dates)
        except NotADateError as error:
            message = f"'{shown(text)}' {error}" if not stated else f"'{shown(text)}': {error}"
            found.refuse("date_unclear", message, error.cure, self._theirs("start"))
            return Start("", "", "")

    def _recipients(self, cells: Sequence[str], fields: dict[str, object]) -> None:
        """Several recipients, where they are listed or the applicant's cell holds a bar."""
        listed = self._text("recipients", cells) or str(fields.get("applicant", ""))
        if "|" in listed or self._is_mapped("recipients"):
            fields["recipients"] = tuple(
                filter(None, (part.strip() for part in listed.split("|")))
            )

    def _id(
        self, cells: Sequence[str], found: _Findings, title: str, extra: dict[str, str]
    ) -> str:
        given = self._text("id", cells)
        if given and is_an_id(given):
            first = self._rows_by_id.setdefault(given, found.row.number)
            if first != found.row.number:
                message = f"'{given}' is the id of row {first} too"
                found.refuse(
                    "id_repeated", message, "give each row its own id", self._theirs("id")
                )
            return given
        if given:
            extra.setdefault(SOURCE_ID, given)
        made = next_free(id_from(given or title), self._rows_by_id)
        self._rows_by_id[made] = found.row.number
        self.made_ids.add(made)
        return made


def _kept_columns(table: Table, used: set[str]) -> list[tuple[int, str]]:
    """Their columns that no column of ours takes: where each is, and a name of its own."""
    names: dict[str, int] = {}
    for at, name in enumerate(table.header):
        if name not in used:
            own = f"source_{name}" if name in KNOWN else name
            while own in names:
                own = f"{own}_2"
            names[own] = at
    return [(at, own) for own, at in names.items()]


class _Findings:
    """What is wrong with one row."""

    def __init__(self, file: str, row: TableRow) -> None:
        self.file = file
        self.row = row
        self.faults: list[Fault] = []
        self._classes: set[RefusalClass] = set()

    def refuse(
        self, because: RefusalClass, message: str, cure: str, field: str | None = None
    ) -> None:
        fault = Fault(message=message, cure=cure, file=self.file, row=self.row.number, field=field)
        self.add(because, (fault,))

    def add(self, because: RefusalClass, faults: Sequence[Fault]) -> None:
        self._classes.add(because)
        self.faults += faults

    def refused_row(self) -> RefusedRow:
        first = min(self._classes, key=REFUSAL_CLASSES.index)
        return RefusedRow(self.row.number, first, tuple(self.faults), self.row.cells)


def next_free(wanted: str, taken: dict[str, int]) -> str:
    """An id that is not taken: the wanted one, or it with -2, -3 and so on."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
