"""``custodes import FILE --into DIR``: proposals or grants into a round, and what was seen."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from custodes.cli._printing import progress_bar
from custodes.cli._wrapping import WIDTH, printable, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custodes.efforts import Effort
    from custodes.exchange import EffortsImport

_SAMPLE_AT_LEAST = 12
_PAIRS_SHOWN = 25


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

    All rows or none: with one refused row nothing is written, unless --set-aside. --dry-run ends
    as the import would: with 1 where it would be refused.
    """
    from custodes.errors import InputError
    from custodes.exchange import (
        add_efforts,
        add_efforts_and_set_aside,
        against_round,
        efforts_in,
        read_column_map,
        read_efforts,
        with_suggested_kinds,
    )

    code = _currency(currency)
    held = efforts_in(folder)
    given = read_column_map(columns) if columns else None
    imported = read_efforts(file, columns=given, currency=code, sheet=sheet)
    _say_columns(imported)
    with progress_bar("suggesting kinds") as show:
        imported = with_suggested_kinds(against_round(imported, held), progress=show)
    _say_notes(imported)
    _say_duplicates(imported, held)
    _say_rates(imported, folder)
    if dry_run:
        _say_dry_run(imported, set_aside=set_aside)
        if imported.refused and not set_aside:
            raise InputError(imported.faults)
        return
    if imported.refused and not set_aside:
        _say_refused(imported, "stand in the way; nothing was written")
        _say("--set-aside puts them into refused.csv and imports the rest")
        raise InputError(imported.faults)
    write = add_efforts_and_set_aside if set_aside else add_efforts
    added = write(folder, imported)
    if added.set_aside:
        _say_refused(imported, f"set aside in {folder / 'refused.csv'}")
    click.echo(f"{_totals(imported.efforts)} imported into {folder / 'efforts.csv'}")


def _say_dry_run(imported: EffortsImport, *, set_aside: bool) -> None:
    """What would be done, and the map to copy."""
    from custodes.exchange import map_as_toml

    what = f"{_totals(imported.efforts)} would be imported"
    if set_aside:
        for fault in imported.faults:
            click.echo(printable(str(fault)), err=True)
        _say_refused(imported, "would be set aside")
    elif imported.refused:
        _say_refused(imported, "would stop the import")
        what = "mend these rows in the file, or set them aside with --set-aside"
    _say(f"nothing written; {what}")
    click.echo(map_as_toml(imported.columns), nl=False)


def _currency(text: str | None) -> str | None:
    if text is None:
        return None
    from custodes.quantities import CURRENCIES, nearest_currency

    code = text.strip().upper()
    if code not in CURRENCIES:
        msg = f"'{text}' is not a currency's code; {nearest_currency(code)}"
        raise click.BadParameter(msg, param_hint="--currency")
    return code


def _say_columns(imported: EffortsImport) -> None:
    rows = [("our column", "from theirs", "how sure", "first value")]
    rows += [(guess.ours, guess.theirs, guess.sure, guess.sample) for guess in imported.guesses]
    widths = [max(len(row[place]) for row in rows) for place in range(3)]
    room = max(WIDTH - sum(widths) - 8, _SAMPLE_AT_LEAST)
    _say(f"{imported.table.place}: {len(imported.table.rows):,} rows")
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row[:3], widths, strict=True)]
        sample = row[3] if len(row[3]) <= room else f"{row[3][: room - 1]}\u2026"
        click.echo(printable(f"  {'  '.join((*cells, sample))}".rstrip()), err=True)
    used = {name for taken in imported.columns.columns.values() for name in taken.columns}
    kept = [name for name in imported.table.header if name not in used]
    if kept:
        _say(f"kept as they are: {', '.join(kept)}")


def _say_notes(imported: EffortsImport) -> None:
    for note in imported.notes:
        _say(f"note: {note}")
    suggested = sum(effort.kind_suggested for effort in imported.efforts)
    silent = sum(effort.kind == "other" for effort in imported.efforts)
    if suggested:
        _say(
            f"note: kinds suggested from the words, and marked so in kind_suggested: "
            f"{suggested:,}; confirm or correct them"
        )
    if silent and "kind" not in imported.columns.columns:
        _say(f"note: efforts of kind 'other' until a person says more: {silent:,}")


def _say_duplicates(imported: EffortsImport, held: Sequence[Effort]) -> None:
    """Likely duplicates of what the round holds, and near copies within the file."""
    from custodes.exchange import likely_duplicates, traces_of

    traces = traces_of(imported.efforts)
    pairs = [(pair, "in the round") for pair in likely_duplicates(traces, traces_of(held))]
    pairs += [(pair, "in the file") for pair in likely_duplicates(traces)]
    if pairs:
        _say(f"note: likely duplicates: {len(pairs):,}; look at them:")
    for pair, where in pairs[:_PAIRS_SHOWN]:
        _say(f"{pair.first} and, {where}, {pair.second}: {', '.join(pair.reasons)}", indent=2)
    if len(pairs) > _PAIRS_SHOWN:
        more = f"{len(pairs) - _PAIRS_SHOWN:,} more"
        _say(f"and {more}; `custodes.exchange.likely_duplicates` lists them all", indent=2)


def _say_rates(imported: EffortsImport, folder: Path) -> None:
    from custodes.exchange import currencies_without_rate

    for code in currencies_without_rate(folder, imported.efforts):
        _say(f"note: round.toml has no rate for {code}; `assess` will ask for one under [rates]")


def _say(text: str, *, indent: int = 0) -> None:
    click.echo(wrapped(text, indent=indent, hanging=indent + 2), err=True)


def _say_refused(imported: EffortsImport, what: str) -> None:
    if imported.refused:
        counts = ", ".join(
            f"{number:,} {name.replace('_', ' ')}"
            for name, number in imported.refused_by_class.items()
        )
        rows = "row" if len(imported.refused) == 1 else "rows"
        _say(f"{len(imported.refused):,} {rows} ({counts}) {what}")


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
