"""Starter rounds that ship inside the library, and the texts that are made for a blank one."""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from importlib.resources import as_file, files
from pathlib import Path
from typing import Literal

from custodes.exchange._questions import blank_texts
from custodes.exchange._table import refusal
from custodes.rounds import RoundSettings

StarterName = Literal["demo", "blank"]
"""The starter rounds."""

_PLACEHOLDERS = ("title", "institution")
"""Keys that tell one round from another."""


def write_starter(name: StarterName, *, into: str | Path) -> None:
    """Write a starter round into a folder that does not exist yet, or is empty.

    It is written beside the folder first: whoever looks sees all of it or nothing.

    Args:
        name: The example round, or a blank one with every file and column explained.
        into: The folder.

    Raises:
        InputError: The folder holds something (nothing is overwritten), or cannot be written.
    """
    target = Path(into)
    try:
        _refuse_what_is_there(target, str(into))
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as beside:
            made = Path(beside) / "round"
            with as_file(files("custodes.exchange") / "starters" / name) as starter:
                shutil.copytree(starter, made)
            for file, text in (blank_texts() if name == "blank" else {}).items():
                (made / file).write_text(text, "utf-8", newline="\n")
            made.replace(target)
    except (OSError, shutil.Error) as error:
        why = error.strerror or str(error)
        raise refusal(str(into), f"cannot be written ({why})", "name another folder") from None


def _refuse_what_is_there(target: Path, name: str) -> None:
    if "\0" in name:
        raise refusal(name, "is no name of a folder", "name another folder")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise refusal(name, "exists already and is no folder", "name another folder")
    if target.is_dir() and any(target.iterdir()):
        raise refusal(name, "exists already and is not empty", "name another folder")


def placeholders_left(settings: RoundSettings) -> tuple[str, ...]:
    """Keys that still say what the blank round says, and that only the institution can fill."""
    blank = tomllib.loads(
        (files("custodes.exchange") / "starters" / "blank" / "round.toml").read_text("utf-8")
    )
    return tuple(key for key in _PLACEHOLDERS if getattr(settings, key) == blank[key])


def is_demo_round(settings: RoundSettings) -> bool:
    """Whether a round is the example round, as it was written or changed since."""
    demo = tomllib.loads(
        (files("custodes.exchange") / "starters" / "demo" / "round.toml").read_text("utf-8")
    )
    return all(getattr(settings, key) == demo[key] for key in _PLACEHOLDERS)
