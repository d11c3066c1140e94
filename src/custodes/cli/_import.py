"""``custodes import FILE --into DIR``: proposals or grants into a round, and what was seen."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custodes.efforts import Effort
    from custodes.exchange import EffortsImport

_SAMPLE = 40
_PAIRS_SHOWN = 5
_SUGGESTED_BY_DEFAULT = 20_000
"""Rows up to which likely duplicates among the rows are looked for."""


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--into",
    "folder",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="The round; `custodes new DIR` makes one.",
)
@click.option(
    "--columns",
    metavar="MAP.toml",
    type=click.Path(path_type=Path),
    help="Which column is which; guessed without it, and shown.",
)
@click.option(
    "--currency", metavar="C", help="Currency of amounts whose currency FILE does not say."
)
@click.option("--sheet", metavar="NAME", help="Sheet of an .xlsx file.")
@click.option(
    "--set-aside", is_flag=True, help="Put refused rows into refused.csv, import the rest."
)
@click.option("--dry-run", is_flag=True, help="Write nothing; print the MAP.toml that was used.")
def import_(  # noqa: PLR0913 (one argument an option)
    file: Path,
    folder: Path,
    columns: Path | None,
    currency: str | None,
    sheet: str | None,
    *,
    set_aside: bool,
    dry_run: bool,
) -> None:
    """Take proposals or grants from a CSV (also .gz), XLSX or JSON file into a round.

    All rows or none: with one refused row nothing is written, unless --set-aside.
    """
    from custodes.errors import InputError
    from custodes.exchange import (
        add_efforts,
        add_efforts_and_set_aside,
        against_round,
        efforts_in,
        map_as_toml,
        read_column_map,
        read_efforts,
        with_suggested_kinds,
    )

    code = _currency(currency)
    held = efforts_in(folder)
    given = read_column_map(columns) if columns else None
    imported = read_efforts(file, columns=given, currency=code, sheet=sheet)
    _say_columns(imported)
    imported = with_suggested_kinds(against_round(imported, held))
    _say_notes(imported)
    _say_duplicates(imported, held)
    if dry_run:
        for fault in imported.faults:
            click.echo(str(fault), err=True)
        _say_refused(imported, "would be set aside" if set_aside else "would stop the import")
        click.echo(f"nothing written; {_totals(imported.efforts)} would be imported", err=True)
        click.echo(map_as_toml(imported.columns), nl=False)
        return
    if imported.refused and not set_aside:
        _say_refused(imported, "stand in the way; nothing was written")
        click.echo("--set-aside puts them into refused.csv and imports the rest", err=True)
        raise InputError(imported.faults)
    write = add_efforts_and_set_aside if set_aside else add_efforts
    added = write(folder, imported)
    if added.set_aside:
        _say_refused(imported, f"set aside in {folder / 'refused.csv'}")
    click.echo(f"{_totals(imported.efforts)} imported into {folder / 'efforts.csv'}")


def _currency(text: str | None) -> str | None:
    if text is None:
        return None
    code = text.strip().upper()
    if not (len(code) == 3 and code.isascii() and code.isalpha()):  # noqa: PLR2004 (ISO 4217)
        msg = f"'{text}' is not a currency's code; give three letters, as in GBP"
        raise click.BadParameter(msg, param_hint="--currency")
    return code


def _say_columns(imported: EffortsImport) -> None:
    rows = [("our column", "from theirs", "how sure", "first value")]
    for guess in imported.guesses:
        line = " ".join(guess.sample.split())
        sample = line if len(line) <= _SAMPLE else f"{line[: _SAMPLE - 1]}\u2026"
        rows.append((guess.ours, guess.theirs, guess.sure, sample))
    widths = [max(len(row[place]) for row in rows) for place in range(3)]
    click.echo(f"{imported.table.place}: {len(imported.table.rows):,} rows", err=True)
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row[:3], widths, strict=True)]
        click.echo(f"  {'  '.join((*cells, row[3]))}".rstrip(), err=True)
    used = {name for taken in imported.columns.columns.values() for name in taken.columns}
    kept = [name for name in imported.table.header if name not in used]
    if kept:
        click.echo(f"  kept as they are: {', '.join(kept)}", err=True)


def _say_notes(imported: EffortsImport) -> None:
    for note in imported.notes:
        click.echo(f"note: {note}", err=True)
    suggested = sum(effort.kind_suggested for effort in imported.efforts)
    silent = sum(effort.kind == "other" for effort in imported.efforts)
    if suggested:
        click.echo(
            f"note: {suggested:,} kinds are suggested from the words, marked in kind_suggested; "
            f"confirm or correct them",
            err=True,
        )
    if silent and "kind" not in imported.columns.columns:
        click.echo(
            f"note: {silent:,} efforts are of kind 'other' until a person says more", err=True
        )


def _say_duplicates(imported: EffortsImport, held: Sequence[Effort]) -> None:
    """Likely duplicates of what the round holds, and near copies within the file."""
    from custodes.exchange import likely_duplicates, traces_of

    traces = traces_of(imported.efforts)
    pairs = (
        [(pair, "in the round") for pair in likely_duplicates(traces, traces_of(held))]
        if held
        else []
    )
    if len(traces) <= _SUGGESTED_BY_DEFAULT:
        pairs += [(pair, "in the file") for pair in likely_duplicates(traces)]
    if pairs:
        click.echo(f"note: {len(pairs):,} likely duplicates; look at them:", err=True)
    for pair, where in pairs[:_PAIRS_SHOWN]:
        reasons = ", ".join(pair.reasons)
        click.echo(f"  {pair.first} and, {where}, {pair.second}: {reasons}", err=True)
    if len(pairs) > _PAIRS_SHOWN:
        click.echo(f"  and {len(pairs) - _PAIRS_SHOWN:,} more", err=True)


def _say_refused(imported: EffortsImport, what: str) -> None:
    if imported.refused:
        counts = ", ".join(
            f"{number:,} {name.replace('_', ' ')}"
            for name, number in imported.refused_by_class.items()
        )
        rows = "row" if len(imported.refused) == 1 else "rows"
        click.echo(f"{len(imported.refused):,} {rows} ({counts}) {what}", err=True)


def _totals(efforts: Sequence[Effort]) -> str:
    """How many efforts, and one total a currency, estimates apart; currencies are never added."""
    parts: list[str] = []
    for currency in sorted({effort.currency for effort in efforts}):
        own = [effort for effort in efforts if effort.currency == currency]
        total = sum((Decimal(repr(effort.cost.p50)) for effort in own), Decimal(0))
        estimated = sum(effort.cost_is_estimate == "yes" for effort in own)
        told = f"{currency} {total:,.2f}"
        if estimated:
            told += " (all estimated)" if estimated == len(own) else f" ({estimated:,} estimated)"
        parts.append(told)
    word = "effort" if len(efforts) == 1 else "efforts"
    return f"{len(efforts):,} {word}" + (f", {'; '.join(parts)}," if parts else "")
