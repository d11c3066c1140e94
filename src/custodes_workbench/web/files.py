"""Files that people send: never larger than they say, never outside their folder."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from custodes.errors import Fault, InputError

MOST_BYTES = 50 * 1024 * 1024
"""Unpacked, a round's folder may hold this much; a thousand efforts need a fiftieth of it."""
MOST_FILES = 500
"""So many files may a round's folder hold."""


class UploadedRound:
    """A round's folder, sent as one zip file."""

    def __init__(self, file: UploadedFile[Any]) -> None:
        """Keep the file; nothing is read yet."""
        self._file = file
        self.name = str(file.name or "a folder")[:100]

    def unpacked(self, into: Path) -> Path:
        """Unpack it.

        Args:
            into: An empty folder.

        Returns:
            The folder in which `round.toml` lies.

        Raises:
            InputError: It is no zip file, too large, or reaches out of its folder.
        """
        try:
            with zipfile.ZipFile(self._file) as archive:
                self._unpack(archive, into)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
            raise _refusal(
                self.name, "is no zip file that can be read", "pack the folder"
            ) from None
        homes = sorted(into.rglob("round.toml"), key=lambda path: len(path.parts))
        if not homes:
            raise _refusal(
                self.name, "holds no round.toml", "pack the folder that `custodes new` made"
            )
        return homes[0].parent

    def _unpack(self, archive: zipfile.ZipFile, into: Path) -> None:
        members = [each for each in archive.infolist() if not each.is_dir()]
        if len(members) > MOST_FILES:
            raise _refusal(
                self.name, f"holds more than {MOST_FILES} files", "pack one round alone"
            )
        left = MOST_BYTES
        for member in members:
            name = PurePosixPath(member.filename)
            if name.is_absolute() or ".." in name.parts or "\\" in member.filename:
                raise _refusal(self.name, f"names {member.filename!r}", "pack the folder itself")
            target = into.joinpath(*name.parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(member) as source:
                content = source.read(left + 1)  # what the directory says is not believed
            left -= len(content)
            if left < 0:
                told = MOST_BYTES // 1024 // 1024
                raise _refusal(
                    self.name, f"unpacks to more than {told} MB", "pack one round alone"
                )
            target.write_bytes(content)


def _refusal(name: str, message: str, cure: str) -> InputError:
    return InputError([Fault(message=message, cure=cure, file=name)])
