"""CSV files, plain or gzipped, to rows of text; bounded, and strict about quotes."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from custodes.exchange._table import (
    MAX_CELL,
    MAX_LINE,
    MAX_ROWS,
    MAX_TEXT,
    Origin,
    Table,
    refusal,
    shown,
    table_of,
)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte-order marks, longest first where one begins with another."""
OTHER_ENCODING = '; if you know that it is Windows-1252, write encoding = "cp1252" in MAP.toml'
"""What else can be done about somebody else's file; ours are always UTF-8."""
_SAVE_AS_UTF8 = "save it as UTF-8 ('CSV UTF-8' in a spreadsheet program)"


def encoding_of(start: bytes) -> str:
    """The encoding that the first bytes announce; UTF-8 where they announce none."""
    return next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")


def read_csv_table(
    path: Path, *, header_row: int | None = None, encoding: str | None = None
) -> Table:
    """The table in a CSV file; commas, semicolons or tabs, seen in the row of names.

    Raises:
        InputError: It cannot be unpacked, decoded or split into cells.
    """
    name = path.name
    try:
        with _opened(path) as stream:
            return _read(stream, path, header_row=header_row, encoding=encoding)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        message = f"cannot be unpacked ({error})"
        raise refusal(name, message, "fetch it again, or unpack it yourself") from None


def _read(stream: IO[bytes], path: Path, *, header_row: int | None, encoding: str | None) -> Table:
    name = path.name
    start = stream.read(4)
    if not start:
        raise refusal(name, "is empty", "give a file with a row of column names")
    stream.seek(0)
    chosen = encoding or encoding_of(start)
    with io.TextIOWrapper(stream, encoding=chosen, newline="") as text:
        lines = _lines(text, name, encoding=chosen, stated=encoding is not None)
        first = next(lines, "")
        delimiter = _delimiter(first, path)
        notes = [f"read as {chosen.upper()}"] if chosen not in {"utf-8", "utf-8-sig"} else []
        if delimiter != ",":
            sign = "tabs" if delimiter == "\t" else "semicolons"
            notes.append(f"the cells are separated by {sign}")
        rows = _rows(_after(first, lines), name, delimiter)
        return table_of(rows, Origin(name), header_row=header_row, notes=notes)


def _opened(path: Path) -> IO[bytes]:
    if path.name.lower().endswith(".gz"):
        return cast("IO[bytes]", gzip.open(path, "rb"))
    return path.open("rb")


def _after(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _delimiter(line: str, path: Path) -> str:
    if ".tsv" in path.suffixes:
        return "\t"
    counts = {sign: line.count(sign) for sign in (",", ";", "\t")}
    return "," if counts[","] else max(counts, key=lambda sign: counts[sign])


def _lines(text: io.TextIOWrapper, name: str, *, encoding: str, stated: bool) -> Iterator[str]:
    number, size = 0, 0
    try:
        while line := text.readline(MAX_LINE + 1):
            number += 1
            size += len(line)
            if len(line) > MAX_LINE:
                message = f"line {number} is longer than {MAX_LINE:,} characters"
                raise refusal(name, message, "shorten the cell or mend its quotes", row=number)
            if "\0" in line:
                message = f"line {number} holds a NUL byte: it is not a text file, or is damaged"
                raise refusal(name, message, _SAVE_AS_UTF8, row=number)
            if size > MAX_TEXT or number > 2 * MAX_ROWS:
                message = f"is larger than {MAX_TEXT:,} characters or {2 * MAX_ROWS:,} lines"
                raise refusal(name, message, "split it into several files")
            yield line
    except UnicodeError as error:
        at = number + 1 + _line_ends_before(error)
        raise undecodable(name, error, line=at, encoding=encoding, stated=stated) from None


def _line_ends_before(error: UnicodeError) -> int:
    """Ends of lines before the fault in the piece that was being decoded.

    What was decoded before that piece held no whole line that was not handed out already.
    """
    if not isinstance(error, UnicodeDecodeError):
        return 0
    good = error.object[: error.start]
    return good.count(b"\n") or good.count(b"\r")


def undecodable(
    name: str, error: UnicodeError, *, line: int, encoding: str, stated: bool
) -> Exception:
    """The refusal of bytes that are not text in an encoding; says what was tried."""
    seen = ""
    if isinstance(error, UnicodeDecodeError):
        byte = error.object[error.start]
        seen = f" (byte 0x{byte:02X} in line {line})"
    cure = _SAVE_AS_UTF8
    if not stated and encoding == "utf-8":
        cure += OTHER_ENCODING
    why = ", as MAP.toml says" if stated else ", as its first bytes say"
    tried = encoding.upper() + ("" if encoding == "utf-8" and not stated else why)
    return refusal(name, f"is not text in {tried}{seen}", cure)


def _rows(
    lines: Iterator[str], name: str, delimiter: str
) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if row and max(map(len, row)) > MAX_CELL:
                message = f"a cell is longer than {MAX_CELL:,} characters"
                value = next(cell for cell in row if len(cell) > MAX_CELL)
                raise refusal(name, f"{message}: '{shown(value)}'", "shorten it", row=number)
            yield number, tuple(row)
    except csv.Error as error:
        message, cure = _why(str(error))
        raise refusal(name, message, cure, row=number + 1) from None


def _why(error: str) -> tuple[str, str]:
    if "field larger" in error:
        return (
            f"a cell is longer than {MAX_CELL:,} characters",
            "shorten it, or close its quotation mark",
        )
    if "unexpected end" in error:
        return "a quotation mark is never closed", 'close it; a quotation mark in a text is ""'
    if "expected after" in error:
        return "text follows a closing quotation mark", 'write a quotation mark in a text as ""'
    return f"cannot be split into cells ({error})", "correct it and try again"
