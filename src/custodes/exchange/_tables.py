"""Other people's tables, whatever their format, to rows of text."""

from __future__ import annotations

from pathlib import Path

from custodes.exchange._csv_tables import read_csv_table
from custodes.exchange._json_tables import read_json_table
from custodes.exchange._table import Table, refusal
from custodes.exchange._text_files import refuse_unless_plain
from custodes.exchange._xlsx_tables import read_xlsx_table

_OLE = b"\xd0\xcf\x11\xe0"
"""Begins an old .xls and an encrypted .xlsx."""
_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
_TEXT_ENDS = (".csv", ".tsv", ".csv.gz", ".tsv.gz")


def read_table(
    path: str | Path,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    records_at: str | None = None,
    encoding: str | None = None,
) -> Table:
    """The table in a CSV (also .gz), XLSX or JSON file, every cell as text.

    Args:
        path: The file.
        sheet: XLSX: the sheet by name; the first one otherwise.
        header_row: CSV, XLSX: the row of the columns' names, where it is not found by itself.
        records_at: JSON: the key that the records stand under, where there are several lists.
        encoding: CSV, JSON: where it is neither UTF-8 nor announced by a byte-order mark.

    Raises:
        InputError: The file cannot be read as a table; says why and what to do.
        PrerequisiteError: An XLSX file, and the extra `excel` is not installed.
    """
    path = Path(path)
    refuse_unless_plain(path, name=str(path), if_missing="name a file that exists")
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
    except OSError as error:
        cure = "make it readable for you"
        raise refusal(str(path), f"cannot be opened ({error.strerror})", cure) from None
    name = path.name
    lower = name.lower()
    if start == _OLE:
        message = "is an encrypted workbook or an old .xls"
        raise refusal(name, message, "save it as .xlsx without a password")
    if lower.endswith((".xlsx", ".xlsm")):
        return read_xlsx_table(path, sheet=sheet, header_row=header_row)
    if sheet is not None:
        raise refusal(name, "has no sheets", "leave --sheet out; it is for .xlsx")
    if start == _ZIP:
        raise refusal(name, "is a workbook or an archive", "name it .xlsx if it is a workbook")
    if lower.endswith(".json"):
        return read_json_table(path, records_at=records_at, encoding=encoding)
    if lower.endswith(_TEXT_ENDS):
        packed = start.startswith(_GZIP)
        if packed != lower.endswith(".gz"):
            message = "is gzipped" if packed else "is not gzipped"
            raise refusal(name, message, "correct its name, which must say whether it is .gz")
        return read_csv_table(path, header_row=header_row, encoding=encoding)
    raise refusal(name, "is of a kind we do not read", "give .csv, .csv.gz, .xlsx or .json")
