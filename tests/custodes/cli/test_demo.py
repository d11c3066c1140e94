import json
import subprocess
import sys
from importlib import import_module

import pytest

from command_line import run_here
from custodes.decisions import challenges_owed
from custodes.exchange import (
    read_assessment,
    read_choice,
    read_critiques,
    read_decisions,
    read_round,
    write_starter,
)

REPORT_PACKAGES = ("altair", "jinja2", "vl_convert")
SMALL = ("samples = 4096", "samples = 128")


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """What a newcomer gets: the folder in which `custodes demo` ran, and what it wrote."""
    here = tmp_path_factory.mktemp("newcomer")
    done = subprocess.run(
        [sys.executable, "-m", "custodes", "demo"],
        cwd=here,
        check=False,
        capture_output=True,
        text=True,
    )
    return here, done


@pytest.fixture
def folder(tmp_path):
    """The example round, with few draws and its first effort only."""
    made = tmp_path / "round"
    write_starter("demo", into=made)
    settings = made / "round.toml"
    settings.write_text(settings.read_text("utf-8").replace(*SMALL), "utf-8")
    efforts = made / "efforts.csv"
    lines = efforts.read_text("utf-8").splitlines(keepends=True)
    efforts.write_text("".join(lines[:2]), "utf-8")
    for name in (
        "judgements",
        "curves",
        "conflicts",
        "challenges",
        "claims",
        "critiques",
        "predictions",
    ):
        (made / f"{name}.csv").unlink()
    (made / "decisions.toml").unlink()
    return made


def test_demo_writes_the_round_its_result_and_its_report(shown):
    here, done = shown

    made = here / "demo-round"
    assert done.returncode == 0
    assert done.stderr == ""
    assert len(read_assessment(made / "assessment.json").efforts) == 26
    assert (made / "site" / "index.html").is_file()
    assert (made / "site" / "choice.html").is_file()
    assert (made / "site" / "questions.html").is_file()
    choice = read_choice(made / "choice.json")
    assert choice.spent <= choice.budget == 15e6
    assert "circuit-atlas" in {each.id for each in choice.chosen}
    assert any(each.enters_at_budget for each in choice.not_chosen)
    assert (made / "README.md").is_file()
    assert "open demo-round/site/index.html in a browser" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100


def test_demo_tells_what_the_round_teaches(shown):
    _, done = shown

    told = " ".join(done.stdout.split())
    assert "always-helpful (relative_progress.ai_research)" in told
    assert "Turned from harmful to good by conditions" in told
    assert "that is not safe enough: almost-there." in told
    assert "debating-judges (" in told
    assert "12 of 26 efforts are on reference classes alone" in told
    assert "What to support with GBP 15 m:" in told
    assert "1 effort carries a handling mark" in told


def test_demo_withholds_what_is_restricted(shown):
    here, _ = shown

    site = here / "demo-round" / "site"
    pages = [path for path in site.rglob("*") if path.is_file()]
    secret = (
        b"locked-drawer",
        b"Organisms that try to leave",
        b"air-gapped",
        b"Secrecy has a price",
    )
    assert len(pages) > 26
    assert [path.name for path in pages if any(text in path.read_bytes() for text in secret)] == []
    assert b"withheld" in (site / "index.html").read_bytes()


def test_demo_publishes_what_was_decided_criticised_and_awarded(shown):
    here, _ = shown

    site = here / "demo-round" / "site"
    decisions = (site / "decisions.html").read_text("utf-8")
    critiques = (site / "critiques.html").read_text("utf-8")
    assert "5 of 25 published efforts are supported" in decisions
    for told in ("Dissent", "Evidence: the list of marks", "Due 2027-06-01", "Met."):
        assert told in decisions
    assert "1 waits for an answer" in critiques
    assert "The text is withheld: The text names a member" in critiques
    assert "What version 2 changed" in (site / "approach.html").read_text("utf-8")
    assert len(json.loads((site / "grants.json").read_text("utf-8"))["grants"]) == 5
    for name in ("feed.atom", "awards.csv", "atrs-draft.md", "recompute.zip"):
        assert (site / name).is_file()


def test_example_is_decided_as_choose_recommends(shown):
    here, _ = shown
    made = here / "demo-round"
    round_ = read_round(made)

    decisions = read_decisions(made, round_)

    supported = {each.effort: each for each in decisions if each.outcome == "support"}
    chosen = {each.id: each for each in read_choice(made / "choice.json").chosen}
    assert {each.effort for each in decisions} == {str(each.id) for each in round_.efforts}
    assert supported.keys() == chosen.keys()
    for name, decision in supported.items():
        package = sorted(condition.mitigation for condition in decision.condition)
        assert package == sorted(chosen[name].conditions)
        assert decision.amount == pytest.approx(chosen[name].cost, abs=0.5)
        assert challenges_owed(name, round_, decision) == ()
    statuses = {each.status for each in read_critiques(made, round_, decisions)}
    assert statuses == {"received", "answered", "upheld", "rejected"}


def test_demo_takes_a_round_that_is_there_and_was_changed(folder, monkeypatch, capsys):
    efforts = (folder / "efforts.csv").read_text("utf-8")

    done = run_here(monkeypatch, capsys, "demo", folder)

    assert done.code == 0
    assert len(read_assessment(folder / "assessment.json").efforts) == 1
    assert (folder / "efforts.csv").read_text("utf-8") == efforts


def test_demo_refuses_a_folder_with_another_round(folder, monkeypatch, capsys):
    settings = folder / "round.toml"
    mine = settings.read_text("utf-8").replace("Alignment round 2027", "My own round")
    settings.write_text(mine, "utf-8")

    done = run_here(monkeypatch, capsys, "demo", folder)

    assert done.code == 1
    assert "holds another round, 'My own round'; name another folder" in done.err
    assert not (folder / "assessment.json").exists()


def test_demo_without_the_report_extra_assesses_and_says_what_to_install(
    folder, monkeypatch, capsys
):
    def without_extra(name):
        if name in REPORT_PACKAGES:
            raise ModuleNotFoundError(name=name)
        return import_module(name)

    monkeypatch.setattr("custodes.reports._extras.import_module", without_extra)

    done = run_here(monkeypatch, capsys, "demo", folder)

    assert done.code == 2
    assert "install custodes[report]" in done.err
    assert f"custodes report {folder}" in done.err
    assert "What it found" in done.out
    assert (folder / "assessment.json").is_file()
    assert not (folder / "site").exists()
