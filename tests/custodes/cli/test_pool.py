import json

import pytest

from command_line import run_here
from round_folders import FILES


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, "utf-8")
    return tmp_path


def add(folder, *rows):
    path = folder / "judgements.csv"
    path.write_text(path.read_text("utf-8") + "".join(f"{row}\n" for row in rows), "utf-8")


def test_every_question_is_shown_within_100_columns(folder, monkeypatch, capsys):
    done = run_here(monkeypatch, capsys, "pool", folder)

    assert (done.code, done.err) == (0, "")
    assert max(map(len, done.out.splitlines())) <= 100
    assert "audits\n" in done.out
    assert "mitigation:our-licence" in done.out
    assert "An assumption about the world is the institution's own" in done.out
    assert "abstains: not my field" in done.out
    assert "No statement of interests from 2 experts" in done.out


def test_bars_run_from_the_lowest_to_the_highest(folder, monkeypatch, capsys):
    done = run_here(monkeypatch, capsys, "pool", folder, "--effort", "audits")

    (bar,) = [line for line in done.out.splitlines() if line.startswith("  e1")]
    assert bar.split("(")[0].split() == ["e1", "0.5"]
    assert bar.strip().endswith("|")
    assert bar.partition("|")[2].count("o") == 1
    assert "honest" not in done.out


def test_the_blind_round_is_pooled_alone(folder, monkeypatch, capsys):
    for round_, middle in (("1", 0.5), ("2", 0.5)):
        done = run_here(monkeypatch, capsys, "pool", folder, "--round", round_, "--json", "-")
        record = json.loads(done.out)
        question = record["questions"][0]
        assert record["judgement_round"] == int(round_)
        assert question["pool"]["p50"] == middle
        assert question["experts"][0]["p05"] == (0.2 if round_ == "1" else 0.3)


def test_two_camps_are_shown_and_no_single_view(folder, monkeypatch, capsys):
    shares = (0.0001, 0.0002, 0.3, 0.4)
    add(
        folder,
        *(f"honest,x{k},1,success,{p / 2},{p},{p * 1.5},,,,,,," for k, p in enumerate(shares)),
    )

    done = run_here(monkeypatch, capsys, "pool", folder, "--effort", "honest")

    assert "TWO CAMPS" in done.out
    assert "lower camp (2)" in done.out
    assert "upper camp (2)" in done.out
    assert max(map(len, done.out.splitlines())) <= 100


def test_conflicts_are_shown_with_and_without(folder, monkeypatch, capsys):
    add(folder, "audits,e2,1,success,0.1,0.2,0.3,,,,,,,")
    (folder / "conflicts.csv").write_text(
        "expert,effort,type,declared,decided\ne2,audits,employer,yes,block\n", "utf-8"
    )

    done = run_here(monkeypatch, capsys, "pool", folder, "--effort", "audits")

    assert "out: conflict" in done.out
    assert "with those set aside for a conflict" in done.out


def test_json_goes_to_a_file_beside_the_terminal(folder, tmp_path, monkeypatch, capsys):
    target = tmp_path / "pool.json"

    done = run_here(monkeypatch, capsys, "pool", folder, "--json", target)

    assert done.code == 0
    assert json.loads(target.read_text("utf-8"))["schema"] == "custodes/pool/1"


def test_the_ranges_are_drawn(folder, tmp_path, monkeypatch, capsys):
    target = tmp_path / "ranges.svg"

    done = run_here(monkeypatch, capsys, "pool", folder, "--effort", "audits", "--plot", target)

    assert done.code == 0
    drawing = target.read_text("utf-8")
    assert drawing.startswith("<svg ")
    assert "reference class" in drawing


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--effort", "audit"), 1, "did you mean 'audits'?"),
        (("--method", "cooke_global"), 1, "there are none"),
        (("--plot", "ranges.png"), 1, "end the name in .svg"),
        (("--plot", "no/such/folder.svg"), 1, "cannot be written"),
        (("--method", "guess"), 2, "guess"),
        (("--round", "3"), 2, "3"),
    ],
)
def test_wrong_use_is_told(folder, monkeypatch, capsys, words, code, told):
    done = run_here(monkeypatch, capsys, "pool", folder, *words)

    assert done.code == code
    assert told in done.err


@pytest.mark.parametrize("method", ["vincent", "median", "trimmed", "geometric_odds", "beta"])
def test_every_method_speaks(folder, monkeypatch, capsys, method):
    done = run_here(monkeypatch, capsys, "pool", folder, "--method", method)

    assert done.code == 0
    assert f"Pooled by {method}" in done.out
    assert max(map(len, done.out.splitlines())) <= 100
