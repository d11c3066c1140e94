"""Text files of a round, opened with care: a refusal for whatever is not a plain small file."""

from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path
from typing import Any

from custodes.exchange._table import refusal

MAX_BYTES = 16_777_216
"""Size of a TOML file; a round's settings need a thousandth of it."""


def refuse_unless_plain(path: Path, *, name: str, if_missing: str) -> None:
    """Refuse what cannot be read as a file: missing, a folder, a pipe, a loop of links.

    Args:
        path: The file.
        name: The file, as the person named it.
        if_missing: What to do when it is not there.

    Raises:
        InputError: One fault.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise refusal(name, "is missing", if_missing) from None
    except NotADirectoryError:
        raise refusal(name, "is in something that is no folder", "name a folder") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        cure = "put the file itself there, readable"
        raise refusal(name, f"cannot be opened ({why})", cure) from None
    if stat.S_ISDIR(mode):
        raise refusal(name, "is a folder", "put a file there")
    if not stat.S_ISREG(mode):
        raise refusal(name, "is not a plain file", "put a plain file there")


def read_text(
    path: Path,
    *,
    name: str,
    if_missing: str = "put a file there",
    max_bytes: int = MAX_BYTES,
) -> str:
    """The text of a UTF-8 file, with or without a byte-order mark.

    Raises:
        InputError: It cannot be opened, is too large, or is not UTF-8.
    """
    refuse_unless_plain(path, name=name, if_missing=if_missing)
    try:
        with path.open("rb") as stream:
            content = stream.read(max_bytes + 1)
    except OSError as error:
        cure = "make it readable for you"
        raise refusal(name, f"cannot be opened ({error.strerror})", cure) from None
    if len(content) > max_bytes:
        message = f"is larger than {max_bytes:,} bytes"
        raise refusal(name, message, "shorten it; it is not what it should be")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        seen = f"byte 0x{content[error.start]:02X} in line {line}"
        raise refusal(name, f"is not text in UTF-8 ({seen})", "save it as UTF-8") from None


def read_toml(path: Path, *, name: str, if_missing: str = "put a file there") -> dict[str, Any]:
    """The table that a TOML file holds.

    Raises:
        InputError: It cannot be opened or is not TOML; the message names line and column.
    """
    text = read_text(path, name=name, if_missing=if_missing)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise refusal(name, "is nested too deeply", "correct it and try again") from None
    except ValueError as error:
        # TOMLDecodeError is one; a whole number of 5,000 digits is another
        raise refusal(name, f"is not TOML ({error})", "correct it and try again") from None


def names_in(folder: Path, *, name: str) -> tuple[str, ...]:
    """The names of what is in a folder, sorted; none where the folder is not there.

    Raises:
        InputError: It is not a folder or cannot be opened.
    """
    try:
        return tuple(sorted(os.listdir(folder)))  # noqa: PTH208 (names are wanted, not paths)
    except FileNotFoundError:
        return ()
    except NotADirectoryError:
        raise refusal(name, "is a file, not a folder", "name a folder, or move it") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise refusal(name, f"cannot be opened ({why})", "name a folder you may read") from None
