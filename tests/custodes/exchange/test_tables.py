import csv
import datetime as dt
import gzip
import io
import json
import sys
import tracemalloc
import zipfile
from functools import cache

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from custodes.errors import InputError, PrerequisiteError
from custodes.exchange import read_efforts, read_table

ROWS = [
    ["id", "title", "amount", "currency", "date", "description"],
    [
        "a-1",
        "Debate as oversight",
        "484000",
        "GBP",
        "2026-10",
        "Two models argue; a person judges.",
    ],
    ["a-2", "Räume öffnen", "12500.50", "EUR", "2026", "A text, with a comma\nand a second line"],
]


def csv_text(rows=ROWS):
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def written(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def workbook(rows=ROWS, **sheets):
    book = openpyxl.Workbook()
    book.active.title = "Grants"
    for row in rows:
        book.active.append(row)
    for name, others in sheets.items():
        sheet = book.create_sheet(name)
        for row in others:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def outcome(path, **settings):
    """What an import gives: efforts and rows, or faults."""
    try:
        return read_efforts(path, **settings), ()
    except InputError as error:
        return None, error.faults


def refusal(path, **settings):
    with pytest.raises(InputError) as caught:
        read_table(path, **settings)
    assert all(fault.cure for fault in caught.value.faults)
    return str(caught.value)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
def test_csv_is_read_in_every_encoding_that_announces_itself(encoding, mark, tmp_path):
    path = written(tmp_path, "grants.csv", mark + csv_text().encode(encoding))

    table = read_table(path)

    assert table.header == tuple(ROWS[0])
    assert [row.cells for row in table.rows] == [tuple(row) for row in ROWS[1:]]
    assert [row.number for row in table.rows] == [2, 3]


def test_gzipped_csv_is_read(tmp_path):
    path = written(tmp_path, "grants.csv.gz", gzip.compress(csv_text().encode()))

    assert len(read_table(path).rows) == 2


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_semicolons_and_tabs_are_seen_and_told(delimiter, tmp_path):
    path = written(tmp_path, "g.csv", f"title{delimiter}cost\nOne{delimiter}5\n")

    table = read_table(path)

    assert table.header == ("title", "cost")
    assert any("separated by" in note for note in table.notes)


def test_rows_are_counted_as_a_spreadsheet_counts(tmp_path):
    path = written(tmp_path, "g.csv", 'title,cost\n\n"two\nlines",5\n,,\nlast,6\n')

    rows = read_table(path).rows

    assert [(row.number, row.cells) for row in rows] == [
        (3, ("two\nlines", "5")),
        (5, ("last", "6")),
    ]


def test_names_of_columns_are_found_below_banners(tmp_path):
    banner = [
        ["Our grants 2026", "", ""],
        ["", "", ""],
        ["Title", "Applicant", "Cost"],
        ["One", "Us", "5"],
    ]
    path = written(tmp_path, "g.xlsx", workbook(banner))

    table = read_table(path)

    assert (table.header, table.header_row) == (("Title", "Applicant", "Cost"), 3)
    assert [row.number for row in table.rows] == [4]
    assert read_table(path, header_row=1).header == ("Our grants 2026",)


def test_workbook_cells_become_text(tmp_path):
    rows = [
        ["title", "cost", "share", "start", "open"],
        ["One", 5, 0.25, dt.date(2026, 10, 1), True],
    ]

    table = read_table(written(tmp_path, "g.xlsx", workbook(rows)))

    assert table.rows[0].cells == ("One", "5", "0.25", "2026-10-01", "TRUE")


def test_sheet_is_chosen_by_name(tmp_path):
    path = written(tmp_path, "g.xlsx", workbook(More=[["title", "cost"], ["Two", 6]]))

    assert read_table(path, sheet="More").rows[0].cells == ("Two", "6")
    assert "'Grants', 'More'" in refusal(path, sheet="Less")
    assert any("--sheet" in note for note in read_table(path).notes)


def test_formula_is_read_as_its_stored_value_and_told(tmp_path):
    path = written(tmp_path, "g.xlsx", workbook([["title", "cost"], ["One", "=2+3"]]))

    table = read_table(path)

    assert table.formulas == {(2, "cost")}
    assert table.rows[0].cells == ("One", "")
    assert any("formula" in note for note in table.notes)


def test_json_records_are_found_and_flattened(tmp_path):
    whole = {
        "made": "2026-11-24",
        "grants": [
            {
                "title": "One",
                "cost": 1.10,
                "who": {"name": "Us"},
                "areas": ["a", "b"],
                "open": True,
            },
            {"title": "Two", "cost": None},
        ],
    }
    path = written(tmp_path, "g.json", json.dumps(whole))

    table = read_table(path)

    assert table.records_at == "grants"
    assert table.about == {"made": "2026-11-24"}
    assert table.header == ("title", "cost", "who.name", "areas", "open")
    assert [row.cells for row in table.rows] == [
        ("One", "1.1", "Us", "a | b", "true"),
        ("Two", "", "", "", ""),
    ]


def test_json_numbers_keep_their_digits(tmp_path):
    path = written(tmp_path, "g.json", '[{"cost": 366796885.3807183000, "id": 9007199254740993}]')

    assert read_table(path).rows[0].cells == ("366796885.3807183000", "9007199254740993")


def test_several_lists_of_records_are_asked_about(tmp_path):
    path = written(tmp_path, "g.json", '{"grants": [{"a": 1}], "people": [{"b": 2}]}')

    assert 'records_at = "grants"' in refusal(path)
    assert read_table(path, records_at="people").header == ("b",)


REFUSED = {
    "empty.csv": (b"", "is empty"),
    "blank.csv": (b"\n\n,,\n", "is empty"),
    "cp1252.csv": ("title,cost\nBénéfice,5\n".encode("cp1252"), "byte 0xE9 in line 2"),
    "first-line.csv": ("bénéfice,coût\n".encode("cp1252"), "byte 0xE9 in line 1"),
    "far.csv": (b"title,cost\n" + b"One,5\n" * 9_000 + b"\xe9,5\n", "byte 0xE9 in line 9002"),
    "old-mac.csv": (b"title,cost\rOne,5\r\xe9,6\r", "byte 0xE9 in line 3"),
    "cp1252.json": (b'[\n{"title": "\xe9"}]', "byte 0xE9 in line 2"),
    "nul.csv": (b"title,cost\na\0b,5\n", "NUL byte"),
    "open-quote.csv": (b'title,cost\n"never closed,5\n', "never closed"),
    "after-quote.csv": (b'title,cost\n"a"b,5\n', "follows a closing quotation mark"),
    "twice.csv": (b"title,cost,title\na,5,b\n", "two columns are named 'title'"),
    "named.csv": (workbook(), "is a workbook or an archive"),
    "packed.csv": (gzip.compress(b"title,cost\n"), "is gzipped"),
    "plain.csv.gz": (b"title,cost\n", "is not gzipped"),
    "torn.csv.gz": (gzip.compress(csv_text().encode() * 50)[:60], "cannot be unpacked"),
    "table.ods": (b"title,cost\n", "of a kind we do not read"),
    "old.xlsx": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "encrypted workbook or an old",
    ),
    "text.xlsx": (b"title,cost\nOne,5\n", "is not a workbook"),
    "torn.xlsx": (workbook()[:1500], "is not a workbook"),
    "empty.xlsx": (b"", "is not a workbook"),
    "empty.json": (b"  ", "is empty"),
    "torn.json": (b'[{"title": "On', "is not JSON"),
    "nan.json": (b'[{"cost": NaN}]', "NaN is not a number"),
    "number.json": (b"12", "holds no list of records"),
    "strings.json": (b'["a", "b"]', "is not a record"),
    "none.json": (b'{"grants": []}', "holds no record"),
    "no-list.json": (b'{"grants": 5}', "holds no list of records"),
    "twice.json": (b'[{"a": 1, "a": 2}]', "the key 'a' twice"),
    "deep.json": (b"[" * 200_000, "nested too deeply"),
    "latin.json": ('[{"a": "é"}]'.encode("latin-1"), "is not text in UTF-8"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_in_a_sentence(name, tmp_path):
    content, told = REFUSED[name]
    path = written(tmp_path, name, content)

    message = refusal(path)

    assert told in message
    assert name in message


def test_missing_file_and_folder_are_refused(tmp_path):
    assert "is missing" in refusal(tmp_path / "nowhere.csv")
    assert "is a folder" in refusal(tmp_path)
    assert "is missing" in refusal(tmp_path / "folder" / "nowhere.csv")


def test_sheet_of_a_file_without_sheets_is_refused(tmp_path):
    assert "has no sheets" in refusal(written(tmp_path, "g.csv", csv_text()), sheet="One")


def test_windows_1252_is_read_when_the_map_says_so(tmp_path):
    path = written(tmp_path, "g.csv", "title,cost\nBénéfice,5\n".encode("cp1252"))

    assert read_table(path, encoding="cp1252").rows[0].cells == ("Bénéfice", "5")
    assert 'encoding = "cp1252"' in refusal(path)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("quoted.csv", b'title,cost\n"', b'",5\n'),
        ("bare.csv", b"title,cost\n", b",5\n"),
        ("value.json", b'[{"title": "', b'"}]'),
    ],
)
def test_cell_of_100_megabytes_is_refused_in_bounded_memory(name, start, end, tmp_path):
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.write(start)
        for _ in range(100):
            stream.write(b"x" * 1_000_000)
        stream.write(end)
    tracemalloc.start()

    message = refusal(path)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "longer than" in message
    assert peak < (40e6 if name.endswith(".csv") else 450e6)


def test_cell_just_too_long_is_refused_with_its_row(tmp_path):
    many_lines = '"' + "y\n" * 100_000 + '"'
    path = written(tmp_path, "g.csv", f"title,cost\nOne,5\n{many_lines},5\n")

    assert "g.csv, row 3: a cell is longer than 131,072 characters" in refusal(path)


def test_gzip_bomb_is_refused_in_bounded_memory(tmp_path):
    path = tmp_path / "bomb.csv.gz"
    with gzip.open(path, "wb", compresslevel=9) as stream:
        stream.write(b"title,cost\n")
        for _ in range(20):
            stream.write(b"\n" * 1_000_000)
    tracemalloc.start()

    message = refusal(path)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "split it into several files" in message
    assert peak < 40e6


def bomb(name, size, *, declared=None):
    stream = io.BytesIO(workbook())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(name, "w", force_zip64=True) as part:
            for _ in range(size // 1_000_000):
                part.write(b" " * 1_000_000)
        if declared is not None:
            archive.getinfo(name).file_size = declared
    return stream.getvalue()


def test_zip_bomb_is_refused_by_what_it_declares(tmp_path):
    path = written(tmp_path, "bomb.xlsx", bomb("xl/media/image.xml", 300_000_000))

    assert "unpacks to more than" in refusal(path)


def test_zip_bomb_is_refused_by_what_it_really_holds(tmp_path):
    path = written(tmp_path, "bomb.xlsx", bomb("xl/media/image.xml", 300_000_000, declared=100))

    assert "unpacks to more than" in refusal(path)


@pytest.mark.parametrize("declared", [None, 100])
def test_zip_bomb_of_half_a_megabyte_is_refused_in_bounded_memory(tmp_path, declared):
    part = "xl/worksheets/sheet2.xml"
    path = written(tmp_path, "bomb.xlsx", bomb(part, 210_000_000, declared=declared))
    tracemalloc.start()

    message = refusal(path)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "unpacks to more than 33,554,432 bytes" in message
    assert peak < 100e6


def replaced(content, part, change):
    """The workbook with one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return stream.getvalue()


def test_entities_in_a_workbook_are_refused(tmp_path):
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    content = replaced(workbook(), "xl/workbook.xml", lambda data: laughs + data)

    assert "declares XML entities" in refusal(written(tmp_path, "laughs.xlsx", content))


def test_cell_far_out_is_refused(tmp_path):
    part = "xl/worksheets/sheet1.xml"
    content = replaced(workbook(), part, lambda data: data.replace(b'r="F3"', b'r="XFD1048576"'))

    assert "reaches to row 1,048,576" in refusal(written(tmp_path, "far.xlsx", content))


def test_encrypted_part_is_refused(tmp_path):
    content = bytearray(workbook())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1

    assert "is encrypted" in refusal(written(tmp_path, "locked.xlsx", bytes(content)))


def test_workbook_without_the_extra_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)

    with pytest.raises(PrerequisiteError, match=r"custodes\[excel\]"):
        read_table(written(tmp_path, "g.xlsx", workbook()))


def test_csv_and_json_need_no_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)

    assert read_table(written(tmp_path, "g.csv", csv_text())).header == tuple(ROWS[0])


@cache
def seeds():
    records = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
    return {
        "g.csv": csv_text().encode(),
        "g.csv.gz": gzip.compress(csv_text().encode()),
        "g.json": json.dumps({"grants": records}, ensure_ascii=False).encode(),
        "g.xlsx": workbook(),
    }


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["flip", "cut", "insert", "drop", "double"]),
        st.floats(0, 1, exclude_max=True),
        st.binary(min_size=1, max_size=8),
    ),
    min_size=1,
    max_size=6,
)


def mutated(content, changes):
    data = bytearray(content)
    for how, where, junk in changes:
        at = int(where * len(data))
        if how == "flip" and data:
            data[at] ^= junk[0] or 1
        elif how == "cut":
            del data[at:]
        elif how == "insert":
            data[at:at] = junk
        elif how == "drop":
            del data[at : at + len(junk)]
        elif how == "double":
            data[at:at] = data[at : at + 200]
    return bytes(data)


@pytest.mark.parametrize("name", ["g.csv", "g.csv.gz", "g.json", "g.xlsx"])
@settings(
    max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=CHANGES)
def test_mutated_file_gives_efforts_or_faults_and_nothing_else(name, changes, tmp_path):
    path = written(tmp_path, name, mutated(seeds()[name], changes))

    imported, faults = outcome(path)

    assert (imported is None) == bool(faults)
    assert all(fault.file and fault.message and fault.cure for fault in faults)
    if imported:
        assert len(imported.efforts) + len(imported.refused) == len(imported.table.rows)
        assert len({effort.id for effort in imported.efforts}) == len(imported.efforts)


PARTS = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet1.xml",
    "xl/styles.xml",
    "xl/sharedStrings.xml",
    "[Content_Types].xml",
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(part=st.sampled_from(PARTS), changes=CHANGES)
def test_mutated_part_of_a_workbook_gives_efforts_or_faults(part, changes, tmp_path):
    content = replaced(workbook(), part, lambda data: mutated(data, changes))

    imported, faults = outcome(written(tmp_path, "g.xlsx", content))

    assert (imported is None) == bool(faults)
    assert all(fault.file and fault.message and fault.cure for fault in faults)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda children: (
        st.lists(children, max_size=4)
        | st.dictionaries(st.sampled_from(["title", "amount", "currency", "date", "x"]), children)
    ),
    max_leaves=20,
)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(whole=JSON)
def test_any_json_gives_efforts_or_faults_and_nothing_else(whole, tmp_path):
    path = written(tmp_path, "g.json", json.dumps(whole))

    imported, faults = outcome(path, currency="GBP")

    assert (imported is None) == bool(faults)
    assert all(fault.file and fault.message and fault.cure for fault in faults)
    if imported:
        assert len(imported.efforts) + len(imported.refused) == len(imported.table.rows)


CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        (
            *("$484,000", "1 to 5", "1 / 2 / 3", "-5", "0", "5%", "£5", "1e999", "1 in 5"),
            *("October 2024", "03/04/2026", "2026-13-45", "9999999999", "multi-year"),
            *("=1+1", "USD", "usd", "yes", "\u00a0"),
        )
    ),
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rows=st.lists(st.lists(CELLS, min_size=6, max_size=7), min_size=1, max_size=5),
    currency=st.sampled_from([None, "GBP"]),
)
def test_any_cells_give_efforts_or_faults_with_their_row(rows, currency, tmp_path):
    header = ["title", "amount", "currency", "date", "date_precision", "is_estimate"]
    path = written(tmp_path, "g.csv", csv_text([header, *rows]).encode("utf-8", "surrogatepass"))

    imported, faults = outcome(path, currency=currency)

    assert (imported is None) == bool(faults)
    assert all(fault.file and fault.message and fault.cure for fault in faults)
    if imported:
        assert all(effort.cost.p05 > 0 for effort in imported.efforts)
        assert all(fault.row and fault.cure for row in imported.refused for fault in row.faults)
