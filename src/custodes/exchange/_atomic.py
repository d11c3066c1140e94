"""Files replaced in one step: whoever reads sees the old text or the new, never a half."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path


def replace_texts(texts: Mapping[Path, str]) -> None:
    """Write every text beside its file first, then put each in its place."""
    ready: list[tuple[Path, Path]] = []
    try:
        for named, text in texts.items():
            path = named.resolve()  # a link stays a link to the file that changes
            number, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            ready.append((Path(beside), path))
            with os.fdopen(number, "w", encoding="utf-8", newline="") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            Path(beside).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        for beside_path, path in ready:
            beside_path.replace(path)
    finally:
        for beside_path, _ in ready:
            with suppress(FileNotFoundError):
                beside_path.unlink()
