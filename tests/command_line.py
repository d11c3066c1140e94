"""The command, run in this process: its exit code and what it wrote."""

import sys
from dataclasses import dataclass

import pytest

from custodes.cli import main


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


def run_here(monkeypatch, capsys, *words):
    """Run ``custodes WORDS...`` as `main` would be run by a shell."""
    monkeypatch.setattr(sys, "argv", ["custodes", *map(str, words)])
    with pytest.raises(SystemExit) as caught:
        main()
    told = capsys.readouterr()
    return Done(caught.value.code, told.out, told.err)
