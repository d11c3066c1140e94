import pytest
from click.testing import CliRunner

from custodes.cli._report import report
from custodes.errors import InputError

ROUND = """
title = "Two efforts"
institution = "An institute"
budget = 1_000_000
currency = "USD"
samples = 64
worldviews = ["central"]
"""
EFFORTS = """id,title,kind,cost,handling
open-probe,An open probe,interpretability,200000,
closed-plan,CANARY plan,control,300000,restricted
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "round").mkdir()
    (tmp_path / "round" / "round.toml").write_text(ROUND, "utf-8")
    (tmp_path / "round" / "efforts.csv").write_text(EFFORTS, "utf-8")
    return tmp_path / "round"


def test_report_writes_a_site_and_says_where(folder, tmp_path):
    site = tmp_path / "site"

    done = CliRunner().invoke(report, [str(folder), "--out", str(site)], catch_exceptions=False)

    assert done.exit_code == 0
    assert str(site / "index.html") in done.stderr
    assert (site / "efforts" / "open-probe.html").exists()
    assert not (site / "efforts" / "closed-plan.html").exists()
    assert "CANARY" not in (site / "index.html").read_text("utf-8")
    assert (site / "index.html").read_text("utf-8").count("1 effort is withheld") == 1


def test_report_has_questions_where_there_are_draws_enough_to_tell(folder, tmp_path):
    few = CliRunner().invoke(report, [str(folder), "--out", str(tmp_path / "few")])
    settings = ROUND.replace("samples = 64", "samples = 128")
    (folder / "round.toml").write_text(settings, "utf-8")

    enough = CliRunner().invoke(report, [str(folder), "--out", str(tmp_path / "enough")])

    assert "The report has no questions: " in few.stderr
    assert not (tmp_path / "few" / "questions.html").exists()
    assert "has no questions" not in enough.stderr
    assert (tmp_path / "enough" / "questions.json").exists()
    for path in (tmp_path / "enough").rglob("*"):
        assert path.is_dir() or b"closed-plan" not in path.read_bytes()


def test_report_refuses_a_folder_with_something_else_before_any_work(folder, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")

    with pytest.raises(InputError, match="not a report of ours"):
        CliRunner().invoke(
            report, [str(folder), "--out", str(tmp_path / "thesis")], catch_exceptions=False
        )


def test_report_needs_a_place():
    assert CliRunner().invoke(report, ["round"]).exit_code == 2
