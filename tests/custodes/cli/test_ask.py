"""``custodes ask``: a table for people, JSON for programs."""

import json

import pytest

from command_line import run_here
from round_folders import write_files


@pytest.fixture
def folder(tmp_path):
    return write_files(tmp_path)


def test_the_table_fits_and_says_what_does_not_matter(folder, monkeypatch, capsys):
    done = run_here(monkeypatch, capsys, "ask", folder, "--top", 2, "--samples", 256)

    assert done.code == 0
    assert max(map(len, done.out.splitlines())) <= 100
    assert "not distinguishable from 0" in " ".join(done.out.split())
    assert done.err == ""


def test_json_holds_every_question(folder, monkeypatch, capsys):
    done = run_here(monkeypatch, capsys, "ask", folder, "--samples", 256, "--json", "-")

    record = json.loads(done.out)
    assert record["schema"] == "custodes/questions/1"
    assert {"effort", "quantity", "experts", "evppi", "standard_error", "distinguishable"} <= set(
        record["questions"][0]
    )
    efforts = {each["effort"] for each in record["questions"]}
    assert {"audits", "honest", "theory", "system:default", "world:central"} <= efforts


def test_a_file_beside_the_table(folder, monkeypatch, capsys, tmp_path):
    file = tmp_path / "questions.json"

    done = run_here(monkeypatch, capsys, "ask", folder, "--samples", 256, "--json", file)

    assert "What to ask next" in done.out
    assert json.loads(file.read_text("utf-8"))["samples"] == 256


def test_another_worldview_and_one_that_is_not_there(folder, monkeypatch, capsys):
    ours = run_here(monkeypatch, capsys, "ask", folder, "--samples", 256, "--worldview", "ours")
    wrong = run_here(monkeypatch, capsys, "ask", folder, "--samples", 256, "--worldview", "our")

    assert "under ours" in ours.out
    assert wrong.code == 1
    assert "did you mean 'ours'?" in wrong.err
