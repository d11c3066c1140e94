"""XLSX workbooks to rows of text: looked over as an archive first, then read by calamine."""

from __future__ import annotations

import datetime as dt
import html
import io
import posixpath
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile, ZipInfo

from custodes.errors import PrerequisiteError
from custodes.exchange._table import Origin, Table, refusal, shown, table_of, why_no_cell

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MAX_UNPACKED = 268_435_456
"""Bytes of all parts of a workbook together, unpacked."""
ALWAYS_UNPACKED = 33_554_432
"""So many bytes a workbook may unpack to however small it is packed."""
DENSEST = 100
"""Times its own size that a larger one may unpack to; honest ones stay below 30."""
MAX_CELLS = 20_000_000
"""Rows times columns of one sheet; a single cell far out makes a sheet huge."""

_STORED, _DEFLATED = 0, 8
_LOCAL_HEADER = 30
_CHUNK = 1 << 20
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml$", re.IGNORECASE)
_CELL = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,9})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br\s*=\s*["']([0-9]{1,9})["']""")
_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,9})["'][^>]*>\s*<(?:\w+:)?f[\s>/]"""
)
_ATTRIBUTE = re.compile(r"""(?:\w+:)?(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DAMAGED = "open it in a spreadsheet program and save it again as .xlsx"


@dataclass(frozen=True, slots=True)
class _Looked:
    """What looking a workbook over found."""

    formulas: dict[str, tuple[tuple[int, int], ...]]
    """Cells with a formula (row from 1, column from 0), by part."""
    parts: dict[str, str]
    """Part of each sheet, by the sheet's name."""


def read_xlsx_table(
    path: Path, *, sheet: str | None = None, header_row: int | None = None
) -> Table:
    """One sheet of a workbook; of a formula, the value that was stored with it.

    Raises:
        InputError: It is not a workbook, is damaged, encrypted or too large, or has no such sheet.
        PrerequisiteError: The extra `excel` is not installed.
    """
    try:
        from python_calamine import CalamineWorkbook  # noqa: PLC0415 (an extra that may be missing)
    except ImportError as error:
        msg = "reading .xlsx needs python-calamine; install custodes[excel]"
        raise PrerequisiteError(msg) from error
    name = path.name
    looked = _look_over(path, name)
    try:
        book = CalamineWorkbook.from_object(path)  # pyright: ignore[reportUnknownMemberType] (its stub leaves PathLike open)
        with book:
            return _read(book, name=name, sheet=sheet, header_row=header_row, looked=looked)
    except BaseException as error:
        if not _is_calamines(error):
            raise
        raise refusal(name, f"cannot be read as a workbook ({error})", _DAMAGED) from None


def _is_calamines(error: BaseException) -> bool:
    """Whether the reader gave up; a panic of its Rust part is no `Exception`."""
    kind = type(error)
    return kind.__name__ == "PanicException" or kind.__module__.startswith("python_calamine")


def _read(
    book: CalamineWorkbook,
    *,
    name: str,
    sheet: str | None,
    header_row: int | None,
    looked: _Looked,
) -> Table:
    sheets = tuple(book.sheet_names)
    if not sheets:
        raise refusal(name, "holds no sheet", _DAMAGED)
    chosen = sheets[0] if sheet is None else sheet
    if chosen not in sheets:
        held = ", ".join(f"'{shown(one)}'" for one in sheets)
        raise refusal(name, f"has no sheet '{shown(chosen)}'", f"choose one of: {held}")
    grid = book.get_sheet_by_name(chosen).to_python(skip_empty_area=False)
    rows = [(number, tuple(map(_text, row))) for number, row in enumerate(grid, start=1)]
    for number, row in rows:
        for cell in row:
            wrong = why_no_cell(cell)
            if wrong:
                raise refusal(
                    name, f"'{shown(cell)}' {wrong}", "shorten or correct it", row=number
                )
    formulas = looked.formulas.get(looked.parts.get(chosen, ""), ())
    notes: list[str] = []
    if formulas:
        notes.append(
            f"cells with a formula, of which the stored value was read: {len(formulas):,}"
        )
    if sheet is None and len(sheets) > 1:
        notes.append(
            f"the first of {len(sheets)} sheets was read, '{chosen}'; --sheet names another"
        )
    return table_of(
        rows,
        Origin(name, chosen, sheets),
        header_row=header_row,
        formula_cells=formulas,
        notes=notes,
    )


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004 (whole numbers are exact up to here)
    if isinstance(value, dt.datetime):
        whole_day = value.time() == dt.time()
        return value.date().isoformat() if whole_day else value.isoformat(sep=" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return "" if value is None else str(value)


def _look_over(path: Path, name: str) -> _Looked:
    """Count what the parts really unpack to, and refuse what should not reach the reader."""
    try:
        with ZipFile(path) as archive, path.open("rb") as raw:
            members = archive.infolist()
            most = min(MAX_UNPACKED, max(ALWAYS_UNPACKED, DENSEST * path.stat().st_size))
            if sum(member.file_size for member in members) > most:
                raise _too_large(name, most)
            left = most
            formulas: dict[str, tuple[tuple[int, int], ...]] = {}
            wiring: dict[str, bytes] = {}
            for member in members:
                content = _unpacked(raw, member, name, left=left, most=most)
                left -= len(content)
                part = member.filename.replace("\\", "/").removeprefix("/")
                if part.lower().endswith((".xml", ".rels", ".vml")):
                    _refuse_entities(content, name, part)
                if part in {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"}:
                    wiring[part] = content
                if _SHEET_PART.match(part):
                    _refuse_far_cells(content, name)
                    formulas[part] = tuple(
                        (int(row), _column(letters)) for letters, row in _FORMULA.findall(content)
                    )
    except (BadZipFile, EOFError, ValueError, OSError, NotImplementedError, zlib.error) as error:
        if hasattr(error, "faults"):
            raise
        raise refusal(name, f"is not a workbook, or is damaged ({error})", _DAMAGED) from None
    return _Looked(formulas=formulas, parts=_parts(wiring))


def _too_large(name: str, most: int) -> Exception:
    message = f"unpacks to more than {most:,} bytes"
    return refusal(name, message, "save only the sheet that matters, without pictures")


def _unpacked(
    raw: io.BufferedReader, member: ZipInfo, name: str, *, left: int, most: int
) -> bytes:
    """A member's bytes, never more than `left`, whatever its directory entry says."""
    if member.flag_bits & 1:
        raise refusal(name, "is encrypted", "save it without a password")
    if member.compress_type not in {_STORED, _DEFLATED}:
        raise refusal(name, "is packed in a way that workbooks are not", _DAMAGED)
    raw.seek(member.header_offset)
    header = raw.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        msg = "a part is not where the directory says"
        raise BadZipFile(msg)
    lengths = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    raw.seek(lengths, io.SEEK_CUR)
    packed = member.compress_size
    if member.compress_type == _STORED:
        if packed > left:
            raise _too_large(name, most)
        return raw.read(packed)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    pieces: list[bytes] = []
    size = 0
    while packed > 0 and not inflate.eof:
        chunk = raw.read(min(_CHUNK, packed))
        if not chunk:
            break
        packed -= len(chunk)
        piece = inflate.decompress(chunk, left - size + 1)
        size += len(piece)
        if size > left:
            raise _too_large(name, most)
        pieces.append(piece)
    return b"".join(pieces)


def _refuse_entities(content: bytes, name: str, part: str) -> None:
    narrow = content.replace(b"\0", b"")
    if b"<!DOCTYPE" in narrow or b"<!ENTITY" in narrow:
        message = (
            f"its part {shown(part)} declares XML entities, which no spreadsheet program does"
        )
        raise refusal(name, message, "do not trust this file; ask its author for another")


def _refuse_far_cells(content: bytes, name: str) -> None:
    columns = {letters: _column(letters) for letters, _ in _CELL.findall(content)}
    rows: Iterable[bytes] = [
        *(row for _, row in _CELL.findall(content)),
        *_ROW.findall(content),
    ]
    last = max(map(int, rows), default=0)
    if last * (max(columns.values(), default=0) + 1) > MAX_CELLS:
        message = f"a sheet reaches to row {last:,}: more than {MAX_CELLS:,} cells"
        raise refusal(name, message, "delete what stands far from the table, and save again")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number - 1


def _parts(wiring: dict[str, bytes]) -> dict[str, str]:
    """Where each sheet's part is; empty where the workbook does not say."""
    targets = {
        one.get("Id", ""): one.get("Target", "")
        for one in _elements(wiring.get("xl/_rels/workbook.xml.rels", b""), "Relationship")
    }
    found: dict[str, str] = {}
    for one in _elements(wiring.get("xl/workbook.xml", b""), "sheet"):
        target = targets.get(one.get("id", ""), "")
        inside = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        found[one.get("name", "")] = posixpath.normpath(inside)
    return found


def _elements(content: bytes, tag: str) -> Iterator[dict[str, str]]:
    """The attributes of every element of a name; small files that spreadsheet programs write."""
    text = content.decode("utf-8", "replace")
    for element in re.finditer(rf"<(?:\w+:)?{tag}\s([^<>]*)>", text):
        yield {
            name: html.unescape(value or other)
            for name, value, other in _ATTRIBUTE.findall(element[1])
        }
