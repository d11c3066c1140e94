"""The key that signs sessions and links: made once, kept beside the data."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """The key in the folder's file `secret-key`, made on the first call.

    Args:
        folder: Where the workbench keeps its data; made with mode 0700 where it is not there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / "secret-key"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text("ascii")
    with os.fdopen(handle, "w", encoding="ascii") as made:
        key = secrets.token_urlsafe(50)
        made.write(key)
    return key
