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
closed-plan,CANARY plan,control,300000,confidential
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


def test_report_refuses_a_folder_with_something_else_before_any_work(folder, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")

    with pytest.raises(InputError, match="not a report of ours"):
        CliRunner().invoke(
            report, [str(folder), "--out", str(tmp_path / "thesis")], catch_exceptions=False
        )


def test_report_needs_a_place():
    assert CliRunner().invoke(report, ["round"]).exit_code == 2
