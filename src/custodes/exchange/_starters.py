"""Starter rounds that ship inside the library."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree

from custodes.exchange._table import refusal


def write_starter(name: str, *, into: str | Path) -> None:
    """Copy a starter round, "demo" or "blank", into a folder that does not exist yet.

    Raises:
        InputError: The folder exists; nothing is overwritten.
    """
    target = Path(into)
    if target.exists():
        raise refusal(str(into), "exists already", "name another folder")
    with as_file(files("custodes.exchange") / "starters" / name) as starter:
        copytree(starter, target)
