import json
import re
import subprocess
import sys

import pytest

from command_line import run_here
from custodes.cli._scenario import TITLES
from custodes.scenarios import SCENARIOS


@pytest.fixture
def custodes(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    return lambda *words: run_here(monkeypatch, capsys, "scenario", *words)


def test_titles_are_those_of_the_library():
    assert {name: scenario.title for name, scenario in SCENARIOS.items()} == TITLES


def test_listing_loads_nothing_heavy():
    program = (
        "import sys; sys.argv = ['custodes', 'scenario', '--help']\n"
        "from custodes.cli import main\n"
        "try: main()\n"
        "except SystemExit: print('LOADED', *sys.modules, file=sys.stderr)\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    assert all(title in done.stdout for title in TITLES.values())
    assert {"numpy", "pydantic", "scipy"}.isdisjoint(done.stderr.split())


def test_without_a_name_the_scenarios_are_listed(custodes):
    done = custodes()

    assert done.code == 0
    assert all(name in done.out and title in done.out for name, title in TITLES.items())


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_page_has_every_key_and_fits_into_100_columns(custodes, name):
    done = custodes(name)

    scenario = SCENARIOS[name]
    keys = [*scenario.inputs.model_fields, *scenario.outputs.model_fields]
    assert done.code == 0
    assert done.err == ""
    assert all(f" {key} " in done.out for key in keys)
    assert max(map(len, done.out.splitlines())) <= 100


@pytest.mark.parametrize(
    "words",
    [
        *([name] for name in SCENARIOS),
        ("detection", "--set", "gaming=0", "--set", "common_cause=0"),
        ("actors", "--set", "value=-0"),
        ("progress", "--set", "usefulness=0"),
        ("principals", "--set", "leak_rate=0", "--set", "malicious_share=0"),
    ],
)
def test_no_zero_is_negative(custodes, words):
    done = custodes(*words)

    assert done.code == 0
    assert re.findall(r"(?<![\w.-])[-\u2212]0(?:\.0+)?(?![\w.])", done.out) == []


def test_what_was_set_is_marked(custodes):
    done = custodes("valley", "--set", "windfall=0.3")

    marked = [line.split()[:3] for line in done.out.splitlines() if line.startswith("* ")]
    assert marked == [["*", "windfall", "0.3"]]


def test_the_valley_page_shows_what_each_measure_does(custodes):
    done = custodes("valley", "--set", "rival_deploys=0.5", "--set", "deployers=5")

    for measure in ("a licence", "a windfall clause", "liability", "fewer deployers", "less race"):
        assert f"\n  {measure} " in done.out
    assert "There is a valley" in done.out


def test_json_holds_the_record_and_the_page_is_left_out(custodes):
    done = custodes("actors", "--set", "actors=4", "--json", "-")

    told = json.loads(done.out)
    assert list(told)[:5] == ["schema", "scenario", "set", "inputs", "outputs"]
    assert told["set"] == {"actors": 4}
    assert told["outputs"]["payoff_majority"] is None
    assert done.err == "payoff_majority is null: an even number of actors can tie\n"


def test_json_and_picture_are_written_beside_the_page(custodes, tmp_path):
    pytest.importorskip("vl_convert", reason="the extra report is not installed")

    done = custodes("race", "--json", "race.json", "--plot", "race.svg")

    assert done.code == 0
    assert "Outputs" in done.out
    assert json.loads((tmp_path / "race.json").read_text("utf-8"))["scenario"] == "race"
    assert (tmp_path / "race.svg").read_text("utf-8").startswith("<svg")


def test_all_faults_are_told_at_once_and_nothing_is_written(custodes, tmp_path):
    done = custodes(
        "valley",
        *("--set", "harm", "--set", "windfall=2", "--set", "hram=1", "--set", "hram=2"),
        *("--plot", "valley.png", "--json", "valley.json"),
    )

    lines = done.err.splitlines()
    assert done.code == 1
    assert lines[0] == "--set harm has no value; write --set KEY=VALUE"
    assert lines[1] == "'hram': is set twice; set it once"
    assert lines[2].startswith("valley.png: is not the name of an SVG file")
    assert "did you mean harm?" in lines[3]
    assert lines[4] == "'windfall': 2 is not possible; give a number from 0 to 1"
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_told(custodes):
    done = custodes("race", "--json", "nowhere/race.json")

    assert done.code == 1
    assert done.err.startswith("nowhere/race.json: cannot be written (No such file or directory)")


def test_a_missing_extra_is_named(custodes, monkeypatch):
    monkeypatch.setitem(sys.modules, "altair", None)

    done = custodes("race", "--plot", "race.svg")

    assert done.code == 2
    assert "install custodes[report]" in done.err
