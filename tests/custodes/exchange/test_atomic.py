import pytest

from custodes.exchange._atomic import replace_texts


def test_every_file_is_replaced_and_nothing_is_left_beside(tmp_path):
    (tmp_path / "a.csv").write_text("old", "utf-8")

    replace_texts({tmp_path / "a.csv": "new\r\nline", tmp_path / "b.csv": "other"})

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "a.csv": b"new\r\nline",
        "b.csv": b"other",
    }


def test_nothing_is_replaced_when_one_text_cannot_be_written(tmp_path):
    (tmp_path / "a.csv").write_text("old", "utf-8")

    with pytest.raises(UnicodeEncodeError):
        replace_texts({tmp_path / "a.csv": "new", tmp_path / "b.csv": "half \ud800"})

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.csv": b"old"}


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.csv").write_text("old", "utf-8")
    (tmp_path / "a.csv").symlink_to("real.csv")

    replace_texts({tmp_path / "a.csv": "new"})

    assert (tmp_path / "a.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text("utf-8") == "new"
