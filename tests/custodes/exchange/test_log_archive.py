import builtins
import struct
import time
import tracemalloc
import zipfile
import zlib

import pytest

from audit_files import log, sample, write_eval, write_zip
from custodes.errors import InputError
from custodes.exchange import LogLimits, read_audit_log

THREE = log([sample(1), sample(2, "I"), sample(3)])


def refusal_of(path, **limits):
    with pytest.raises(InputError) as caught:
        read_audit_log(path, name="a.eval", limits=LogLimits(**limits))
    (fault,) = caught.value.faults
    assert fault.file == "a.eval"
    assert fault.cure
    return fault.message


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, 93])
def test_a_log_reads_the_same_however_it_is_packed(tmp_path, compression):
    run = read_audit_log(write_eval(tmp_path / "a.eval", THREE, compression=compression))

    assert run.zip_compression == (compression,)
    assert run.recomputed["match"].values == {"C": 2, "I": 1}


def test_without_the_extra_the_refusal_names_it(tmp_path, monkeypatch):
    path = write_eval(tmp_path / "a.eval", THREE, compression=93)
    import_ = builtins.__import__

    def without_zstandard(name, *args, **kwargs):
        if name == "zstandard":
            raise ImportError(name)
        return import_(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without_zstandard)

    with pytest.raises(InputError) as caught:
        read_audit_log(path, name="a.eval")
    assert str(caught.value) == (
        "a.eval: this log is compressed with Zstandard; pip install 'custodes[evidence]'"
    )


@pytest.mark.parametrize("cut", [4, 30, 200, -30, -1])
def test_a_zip_that_was_cut_is_damaged_and_never_read_as_json(tmp_path, cut):
    whole = write_eval(tmp_path / "whole.eval", THREE).read_bytes()
    path = tmp_path / "a.eval"
    path.write_bytes(whole[:cut])

    assert refusal_of(path).startswith("damaged ZIP")


def test_a_member_that_was_changed_is_damaged(tmp_path):
    path = write_eval(tmp_path / "a.eval", THREE, compression=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b'"epoch": 1', b'"epoch": 2', 1))

    assert "its checksum differs" in refusal_of(path)


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        ({"file_bytes": 100}, "above 100"),
        ({"member_bytes": 50}, "above 50"),
        ({"unpacked_bytes": 500}, "above 500"),
        ({"members": 3}, "more than 3 members"),
        ({"seconds": -1.0}, "takes longer than -1 seconds"),
    ],
)
def test_what_is_too_much_is_refused_with_the_limit(tmp_path, limits, told):
    path = write_eval(tmp_path / "a.eval", THREE)

    assert told in refusal_of(path, **limits)


def bomb_by_ratio(path):
    """60 MB of nothing in 60 kB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("header.json", b"0" * 60_000_000)
    return path


def bomb_that_lies(path):
    """A member that says it holds 100 bytes, and holds 60 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"0" * 60_000_000) + packer.flush()
    content = b"0" * 60_000_000
    return write_zip(path, {"header.json": (content, packed)}, method=8, said=100)


def zstandard_that_lies(path):
    import zstandard  # noqa: PLC0415 (an extra that may be missing)

    content = b"0" * 200_000_000
    packed = zstandard.ZstdCompressor().compress(content)
    return write_zip(path, {"header.json": (content, packed)}, said=100)


def bomb_of_members(path):
    """A quarter of a million members that all point to the same bytes."""
    head = struct.pack("<4s6H3L2H", b"PK\1\2", 20, 20, 0, 0, 0, 0, 0, 1, 1, 1, 0)
    entry = head + struct.pack("<3H2L", 0, 0, 0, 0, 0) + b"a"
    number = 250_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65_535, 65_535, number * len(entry), 0, 0)
    path.write_bytes(entry * number + end)
    path.write_bytes(b"PK\3\4" + path.read_bytes())
    return path


def bomb_of_brackets(path):
    path.write_bytes(b'{"eval": ' + b"[" * 20_000_000)
    return path


@pytest.mark.parametrize(
    "made",
    [bomb_by_ratio, bomb_that_lies, zstandard_that_lies, bomb_of_members, bomb_of_brackets],
)
def test_a_bomb_is_refused_within_a_second_and_100_mb(tmp_path, made):
    path = made(tmp_path / "a.eval")
    tracemalloc.start()
    started = time.thread_time()

    message = refusal_of(path)

    taken = time.thread_time() - started
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert message
    assert taken < 1
    assert peak < 100_000_000


def test_a_member_name_that_is_a_path_is_only_a_name(tmp_path):
    path = tmp_path / "a.eval"
    write_eval(path, THREE)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../outside.json", "{}")

    assert read_audit_log(path).samples_in_file == 3
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.eval"]


def test_an_encrypted_member_is_refused(tmp_path):
    content = b"{}"
    path = write_zip(tmp_path / "a.eval", {"header.json": (content, content)}, method=0)
    raw = bytearray(path.read_bytes())
    at = raw.index(b"PK\1\2")
    raw[at + 8] |= 1
    path.write_bytes(raw)

    assert "encrypted" in refusal_of(path)


def test_an_unknown_compression_is_refused_by_its_number(tmp_path):
    path = write_zip(tmp_path / "a.eval", {"header.json": (b"{}", b"{}")}, method=99)

    assert "in compression 99" in refusal_of(path)
