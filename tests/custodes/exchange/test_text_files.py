import pytest

from custodes.errors import InputError
from custodes.exchange._text_files import MAX_BYTES, names_in, read_text, read_toml


@pytest.fixture
def file(tmp_path):
    def holding(content):
        (tmp_path / "file").write_bytes(content)
        return tmp_path / "file"

    return holding


def test_a_byte_order_mark_is_taken_off(file):
    assert read_text(file(b"\xef\xbb\xbfa = 1\n"), name="file") == "a = 1\n"


def test_bytes_that_are_no_text_are_told_with_their_line(file):
    with pytest.raises(InputError, match=r"byte 0xE9 in line 2\); save it as UTF-8"):
        read_text(file(b"a\nb\xe9\n"), name="file")


def test_a_file_that_is_too_large_is_refused(file):
    with pytest.raises(InputError, match="is larger than"):
        read_text(file(b"x" * (MAX_BYTES + 1)), name="file")


@pytest.mark.parametrize(
    "content",
    [
        b"a = ",
        b"a = 1\na = 2\n",
        b"a = 2026-02-31",
        b"a = " + b"9" * 5000,
        b"a = " + b"[" * 90_000,
    ],
)
def test_what_is_no_toml_is_refused(content, file):
    with pytest.raises(InputError, match=r"is not TOML|is nested too deeply"):
        read_toml(file(content), name="file")


def test_a_name_that_cannot_be_is_refused(tmp_path):
    for read in (read_text, read_toml, names_in):
        with pytest.raises(InputError, match="cannot be opened"):
            read(tmp_path / "a\0b", name="a")


def test_a_file_below_a_file_is_refused(file):
    with pytest.raises(InputError, match="is in something that is no folder"):
        read_text(file(b"") / "round.toml", name="round.toml")


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert names_in(tmp_path / "none", name="none") == ()
