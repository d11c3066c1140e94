"""The stories in ``examples/`` run as they stand, and tell what their page says."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"
TOLD = {
    "funder/which_conditions.py": (
        "Good with conditions: circuit-atlas, +",
        "Never: always-helpful, +",
        "Never: obedient-watch, +",
        "most through bad_principal.empowerment",
    ),
    "institute/who_believes_what.py": (
        "heron            -",
        "alder            +",
        "heron, round 2, 82%: alder's examples",
    ),
    "regulator/what_a_licence_does.py": (
        "a valley 4.2 log-odds wide.",
        "a licence: worst risk -",
        "Making Tidemark reliable enough: better alignment changes risk by",
    ),
}
MOST_LINES = 40


def test_every_story_is_told_here():
    assert {str(path.relative_to(EXAMPLES)) for path in EXAMPLES.rglob("*.py")} == set(TOLD)


@pytest.mark.parametrize("story", TOLD)
def test_story_runs_and_tells_its_point(story, tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "error", EXAMPLES / story],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )

    assert [told for told in TOLD[story] if told not in done.stdout] == []
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("story", TOLD)
def test_story_is_short_and_stands_in_the_list(story):
    assert len((EXAMPLES / story).read_text("utf-8").splitlines()) <= MOST_LINES
    assert story in (EXAMPLES / "README.md").read_text("utf-8")
