import pytest

from command_line import run_here


@pytest.fixture
def run(monkeypatch, capsys):
    return lambda *words: run_here(monkeypatch, capsys, *words)


def test_a_new_round_passes_check_and_says_what_is_to_do(run, tmp_path):
    made = run("new", tmp_path / "round")

    done = run("check", tmp_path / "round")

    assert (made.code, made.out) == (0, "")
    assert "README.md says what to do first" in made.err
    assert done.code == 0
    assert done.out.splitlines()[1:3] == [
        "  round.toml still has the blank round's title and institution",
        "  no effort yet: write one into efforts.csv, or `custodes import FILE --into DIR`",
    ]


def test_nothing_is_overwritten(run, tmp_path):
    run("new", tmp_path / "round")

    done = run("new", tmp_path / "round")

    assert done.code == 1
    assert "exists already and is not empty" in done.err


def test_a_new_round_takes_an_import(run, tmp_path):
    run("new", tmp_path / "round")
    (tmp_path / "grants.csv").write_text("title,amount,currency\nAudits,5000,USD\n", "utf-8")

    imported = run("import", tmp_path / "grants.csv", "--into", tmp_path / "round")
    done = run("check", tmp_path / "round")

    assert (imported.code, done.code) == (0, 0)
    assert "  1 effort; none is judged" in done.out
