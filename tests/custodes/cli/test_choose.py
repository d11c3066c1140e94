"""``custodes choose``: for a person, for a program, and the choice computed again."""

import json

import click
import pytest

from command_line import run_here
from custodes.cli._choose import packages_in, reasons_in, tail_in
from custodes.exchange import read_choice
from round_folders import FILES, write_files

SMALL = FILES["round.toml"].replace("samples = 1024", "samples = 128")
CURVES = "recommender,effort,first,zero\nash,audits,1,500000\nelm,theory,-1,1\n"


@pytest.fixture
def folder(tmp_path):
    write_files(tmp_path, round_toml=SMALL)
    (tmp_path / "curves.csv").write_text(CURVES, "utf-8")
    return tmp_path


def test_the_answer_fits_and_says_everything(folder, monkeypatch, capsys):
    done = run_here(monkeypatch, capsys, "choose", folder, "--cap-p-raises-risk", 0.9)

    assert done.code == 0
    assert done.err == ""
    assert max(map(len, done.out.splitlines())) <= 100
    for words in (
        "A round: ",
        "CHOSEN",
        "THE PORTFOLIO under",
        "THE NEXT MILLION",
        "THE S-PROCESS of 2 recommenders",
        "HOW IT IS KNOWN: all ",
        "Every worldview alone would choose:",
    ):
        assert words in done.out


def test_nothing_chosen_is_said(folder, monkeypatch, capsys):
    done = run_here(monkeypatch, capsys, "choose", folder, "--budget", 0)

    assert "Nothing is chosen" in done.out
    assert "NOT CHOSEN, and why" in done.out


def test_json_is_the_whole_record(folder, monkeypatch, capsys, tmp_path):
    done = run_here(monkeypatch, capsys, "choose", folder, "--json", "-")

    record = json.loads(done.out)
    assert record["schema"] == "custodes/choice/1"
    assert {
        "budget",
        "spent",
        "sense",
        "objective",
        "bound",
        "gap",
        "certificate",
        "chosen",
        "not_chosen",
        "portfolio",
        "frontier",
    } <= set(record)
    assert set(record["portfolio"]) == {"central", "ours"}
    file = tmp_path / "choice.json"
    file.write_text(done.out, "utf-8")
    assert len(read_choice(file).chosen) + len(read_choice(file).not_chosen) == 3


def test_a_kept_choice_comes_out_the_same_byte_for_byte(folder, monkeypatch, capsys):
    file = folder / "choice.json"
    options = ("--budget", 500000, "--cvar", "0.9:1", "--rule", "regret", "--seed", 5)
    run_here(monkeypatch, capsys, "choose", folder, *options, "--json", file)

    same = run_here(monkeypatch, capsys, "choose", folder, "--replay", file)

    assert same.code == 0
    assert "comes out the same, byte for byte" in same.out


def test_what_has_changed_since_is_told(folder, monkeypatch, capsys):
    file = folder / "choice.json"
    run_here(monkeypatch, capsys, "choose", folder, "--json", file)
    (folder / "round.toml").write_text(SMALL.replace('"A round"', '"Another"'), "utf-8")

    done = run_here(monkeypatch, capsys, "choose", folder, "--replay", file)

    assert done.code == 1
    assert "round.toml has changed" in done.err


def test_an_edited_record_is_found_out(folder, monkeypatch, capsys):
    file = folder / "choice.json"
    run_here(monkeypatch, capsys, "choose", folder, "--json", file)
    record = json.loads(file.read_text("utf-8"))
    record["spent"] += 1
    file.write_text(json.dumps(record), "utf-8")

    done = run_here(monkeypatch, capsys, "choose", folder, "--replay", file)

    assert done.code == 1
    assert "comes out differently in spent" in done.err
    assert "the file was edited" in done.err


def test_only_another_layout_is_no_difference(folder, monkeypatch, capsys):
    file = folder / "choice.json"
    run_here(monkeypatch, capsys, "choose", folder, "--json", file)
    file.write_text(json.dumps(json.loads(file.read_text("utf-8"))), "utf-8")

    done = run_here(monkeypatch, capsys, "choose", folder, "--replay", file)

    assert done.code == 0
    assert "only the file's layout differs" in done.out


def test_limits_that_conflict_are_named(folder, monkeypatch, capsys):
    rule = (
        '[[choice.rules]]\nkind = "category"\nname = "theory"\nefforts = ["theory"]\n'
        "floor = 900000\n"
    )
    (folder / "round.toml").write_text(SMALL + rule, "utf-8")

    done = run_here(monkeypatch, capsys, "choose", folder)

    assert done.code == 1
    assert "these limits cannot hold together: theory: at least 900,000 (money)" in done.err


def test_a_blocked_effort_and_a_named_package(folder, monkeypatch, capsys):
    options = ("--block", "audits=an open challenge", "--package", "honest=precise-hazards")
    done = run_here(monkeypatch, capsys, "choose", folder, *options, "--json", "-")

    record = json.loads(done.out)
    assert {each["id"]: each["reason"] for each in record["not_chosen"]}["audits"] == (
        "blocked: an open challenge"
    )
    assert record["asked"]["packages"] == {"honest": [["precise-hazards"]]}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--cvar", "much"), "'much' is not LEVEL:LIMIT"),
        (("--cvar", "0.9:nan"), "'0.9:nan' is not LEVEL:LIMIT"),
        (("--cvar", "1:0"), "is not a share from 0 up to"),
        (("--block", "audits"), "is not EFFORT=REASON"),
        (("--block", "audits= "), "gives no reason"),
        (("--package", "=a"), "is not EFFORT=ID,ID"),
        (("--cap-p-raises-risk", "2"), "2"),
    ],
)
def test_wrong_use_is_told(folder, monkeypatch, capsys, words, told):
    done = run_here(monkeypatch, capsys, "choose", folder, *words)

    assert done.code == 2
    assert told in done.err


def test_options_are_read():
    assert tail_in("0.9") == 0.9
    assert tail_in("0.9:-1e-4") == (0.9, -1e-4)
    assert packages_in(["a=x, y", "a=", "b=z"]) == {"a": [("x", "y"), ()], "b": [("z",)]}
    assert reasons_in(["a=why=so"]) == {"a": "blocked: why=so"}
    with pytest.raises(click.BadParameter):
        tail_in("nan")


def test_a_record_that_names_marked_efforts_says_so(tmp_path, monkeypatch, capsys):
    header, *rows = FILES["efforts.csv"].splitlines()
    marked = [f"{header},handling", f"{rows[0]},restricted", *(f"{row}," for row in rows[1:])]
    write_files(tmp_path, round_toml=SMALL, efforts_csv="\n".join(marked) + "\n")

    done = run_here(monkeypatch, capsys, "choose", tmp_path, "--json", "-")

    name = rows[0].partition(",")[0]
    assert json.loads(done.out)["schema"] == "custodes/choice/1"
    assert "NOT FOR PUBLICATION: it names 1 effort" in " ".join(done.err.split())
    assert f"{name} [restricted]" in done.err


def test_what_challenges_ask_of_the_decision_stands_below(folder, monkeypatch, capsys):
    rows = "id,effort,by,text,status,answer\nc1,audits,red team,Too dear.,answered,It is not.\n"
    (folder / "challenges.csv").write_text(rows, "utf-8")

    done = run_here(monkeypatch, capsys, "choose", folder, "--cap-p-raises-risk", 0.9)

    asked = "audits: challenge c1 was answered, and the decision does not mention it"
    assert asked in " ".join(done.out.split())

    decision = """
[[decision]]
effort = "audits"
outcome = "support"
decided_on = 2027-03-01
reasons = "It helps."
challenges = ["c1"]
"""
    (folder / "decisions.toml").write_text(decision, "utf-8")
    done = run_here(monkeypatch, capsys, "choose", folder, "--cap-p-raises-risk", 0.9)

    assert "challenge c1" not in done.out
