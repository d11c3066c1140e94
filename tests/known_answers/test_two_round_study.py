"""The worked example of the documents prints what its page shows."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from command_line import run_here
from shared_files import shared

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tutorial" / "two-round-study.md"


def blocks(mark):
    """The fenced blocks behind a comment, as lines."""
    fence = rf"<!-- {re.escape(mark)} -->\n```text\n(.*?)```"
    found = re.findall(fence, PAGE.read_text("utf-8"), re.DOTALL)
    return [line for block in found for line in block.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """The study as a round, and what the script printed."""
    data = shared("data", "judgement", "aggrecat")
    into = tmp_path_factory.mktemp("study") / "claims"
    script = ROOT / "tools" / "two_round_study.py"
    done = subprocess.run(
        [sys.executable, script, data, into], capture_output=True, text=True, check=True
    )
    return into, done.stdout.splitlines()


def test_the_script_prints_what_the_page_shows(study):
    _, printed = study

    shown = blocks("printed by the script")

    assert len(shown) > 20
    assert [line for line in shown if line not in printed] == []


def test_the_study_is_pooled_as_a_round(study, monkeypatch, capsys):
    folder, _ = study

    done = run_here(monkeypatch, capsys, "pool", folder, "--effort", "claim-100")

    shown = blocks("printed by: custodes pool claims --effort claim-100")
    assert done.code == 0
    assert len(shown) == 4
    assert [line for line in shown if line not in done.out.splitlines()] == []


def test_the_round_is_without_a_fault(study, monkeypatch, capsys):
    folder, _ = study

    done = run_here(monkeypatch, capsys, "check", folder)

    assert done.code == 0
    assert "1,250 answers of 25 experts; 1,250 can enter the assessment" in done.out
