import json

import pytest

from command_line import run_here
from round_folders import FILES
from shared_files import shared

SEEDS = "expert,question,p05,p50,p95,answer\n" + "".join(
    f"{name},q{k},{10 - wide},10,{10 + wide},{10 + k % 5 - 2.5}\n"
    for wide, name in enumerate(("e1", "e2"), start=1)
    for k in range(10)
)


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_experts_and_pooled_makers_are_shown(folder, monkeypatch, capsys):
    (folder / "calibration.csv").write_text(SEEDS, "utf-8")

    done = run_here(monkeypatch, capsys, "calibrate", folder)

    assert (done.code, done.err) == (0, "")
    assert max(map(len, done.out.splitlines())) <= 100
    assert "2 experts, 10 questions" in done.out
    assert "weights of experts.csv" in done.out  # e1 has weight 2
    assert "global, best cut-off" in done.out


def test_calibration_is_drawn(folder, tmp_path, monkeypatch, capsys):
    (folder / "calibration.csv").write_text(SEEDS, "utf-8")
    target = tmp_path / "calibration.svg"

    done = run_here(monkeypatch, capsys, "calibrate", folder, "--plot", target)

    assert done.code == 0
    assert target.read_text("utf-8").startswith("<svg ")


def test_too_few_seeds_are_shown_but_not_enough(folder, monkeypatch, capsys):
    (folder / "calibration.csv").write_text("".join(SEEDS.splitlines(keepends=True)[:6]), "utf-8")

    done = run_here(monkeypatch, capsys, "calibrate", folder)

    assert done.code == 0
    assert "NOT ENOUGH" in done.out


def test_a_round_without_seeds_is_refused(folder, monkeypatch, capsys):
    done = run_here(monkeypatch, capsys, "calibrate", folder)

    assert done.code == 1
    assert "calibration.csv" in done.err


def test_a_study_of_excalibur_is_read(monkeypatch, capsys):
    study = shared("data", "judgement", "cooke", "tobacco.dtt")

    done = run_here(monkeypatch, capsys, "calibrate", study, "--json", "-")

    record = json.loads(done.out)
    assert record["schema"] == "custodes/calibration/1"
    (best,) = [each for each in record["makers"] if each["weights"] == "global_optimised"]
    assert best["score"] == pytest.approx(0.7303390005949658, abs=1e-6)
    assert record["track_records"] == []  # five quantiles
