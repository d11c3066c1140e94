"""``corrections.toml``: what can be corrected in each system's deployment, read and written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from custodes.exchange._text_files import read_toml
from custodes.exchange._toml_text import toml_text
from custodes.systems import CORRECTIONS_SCHEMA, Correction, corrections_from

CORRECTIONS_FILE = "corrections.toml"
"""Its name in a round's folder."""


def read_corrections(folder: str | Path) -> tuple[Correction, ...]:
    """What a round's folder says of each system; whether the systems are known is not asked here.

    Args:
        folder: The round's folder, with a ``corrections.toml``.

    Raises:
        InputError: Anything in the file is wrong; every fault is told.
    """
    table = read_toml(Path(folder) / CORRECTIONS_FILE, name=CORRECTIONS_FILE)
    return corrections_from(table, file=CORRECTIONS_FILE)


def corrections_as_toml(corrections: Sequence[Correction]) -> str:
    """The text of a ``corrections.toml`` that reads back to the same.

    Args:
        corrections: In the order in which they should stand.
    """
    entries = [each.model_dump(exclude_defaults=True) for each in corrections]
    return toml_text({"schema": CORRECTIONS_SCHEMA, **({"system": entries} if entries else {})})
