import json

import pytest

from command_line import run_here
from round_folders import FILES, write_files


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_blind_answers_can_be_assessed_alone(folder, monkeypatch, capsys):
    used = {}
    for number in ("1", "2"):
        done = run_here(
            monkeypatch,
            capsys,
            "assess",
            folder,
            "--samples",
            64,
            "--round",
            number,
            "--json",
            "-",
        )
        effort = json.loads(done.out)["efforts"][0]
        used[number] = effort["quantities"]["success"]["p05"]

    assert used == {"1": pytest.approx(0.2, abs=0.02), "2": pytest.approx(0.3, abs=0.02)}


def test_what_the_discussion_changed_is_told(folder, monkeypatch, capsys):
    done = run_here(monkeypatch, capsys, "assess", folder, "--samples", 64, "--compare-rounds")

    assert done.code == 0
    (row,) = [line for line in done.out.split("Blind answers")[1].splitlines() if "audits" in line]
    assert len(row.split()) == 6
    assert max(map(len, done.out.splitlines())) <= 100


def test_it_is_said_where_nobody_revised(folder, monkeypatch, capsys):
    words = ("--samples", 64, "--round", "1", "--compare-rounds")

    done = run_here(monkeypatch, capsys, "assess", folder, *words)

    assert "Nobody revised an answer." in done.out


def test_a_kept_result_is_the_same_until_a_file_changes(monkeypatch, capsys, tmp_path):
    folder, kept = write_files(tmp_path / "round"), tmp_path / "kept.json"
    run_here(monkeypatch, capsys, "assess", folder, "--samples", "64", "--json", kept)

    same = run_here(monkeypatch, capsys, "assess", folder, "--replay", kept)
    text = (folder / "systems.toml").read_text("utf-8")
    (folder / "systems.toml").write_text(text.replace("noticed = 0.7", "noticed = 0.1"), "utf-8")
    moved = run_here(monkeypatch, capsys, "assess", folder, "--replay", kept)

    assert (same.code, moved.code) == (0, 0)
    assert "The inputs are what they were, and every effort comes out as it was kept" in same.out
    assert "The inputs have changed." in moved.out
    assert "audits: none of its own quantities moved; a system" in " ".join(moved.out.split())
    assert "honest" not in moved.out
