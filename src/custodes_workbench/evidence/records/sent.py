"""Audit files as somebody sends them: read once by the library's reader, and forgotten."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from custodes.errors import Fault, InputError
from custodes.evidence import Run
from custodes.exchange import LogLimits, read_audit_log

MOST_FILES = 50
"""So many files may one upload hold."""
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file that was read."""

    name: str
    """As it was sent, without its folders."""
    run: Run
    """What it records: counts, scores and digests."""
    content: Path
    """Where its bytes are until the request ends."""
    size: int
    """Its bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFiles:
    """What one upload holds."""

    read: tuple[ReadFile, ...]
    """In the order in which they were sent."""
    refused: tuple[Fault, ...]
    """Why each other file was not read."""


@contextmanager
def reading(files: Iterable[UploadedFile[Any]]) -> Iterator[SentFiles]:
    """Read what was sent; the bytes are gone afterwards.

    Args:
        files: In any order; their names and suffixes prove nothing.
    """
    sent = list(files)
    with tempfile.TemporaryDirectory() as folder:
        refused = _too_much(sent)
        if refused:
            yield SentFiles(read=(), refused=tuple(refused))
            return
        read: list[ReadFile] = []
        for number, each in enumerate(sent):
            try:
                read.append(_read(each, Path(folder) / str(number)))
            except InputError as error:
                refused += error.faults
        yield SentFiles(read=tuple(read), refused=tuple(refused))


def _too_much(sent: list[UploadedFile[Any]]) -> list[Fault]:
    if len(sent) > MOST_FILES:
        message = f"there are {len(sent)} files, more than {MOST_FILES}"
        return [Fault(message=message, cure="send them in several audits", file="the upload")]
    most = settings.AUDIT_FILE_BYTES
    whole = sum(each.size or 0 for each in sent)
    if whole > most:
        message = f"the files are {whole // _MEGABYTE} MB together, above {most // _MEGABYTE} MB"
        cure = "send fewer at once, or logs without their samples"
        return [Fault(message=message, cure=cure, file="the upload")]
    names: dict[str, int] = {}
    for each in sent:
        names[_name(each)] = names.get(_name(each), 0) + 1
    return [
        Fault(message="there are two files of this name", cure="rename one of them", file=name)
        for name, count in names.items()
        if count > 1
    ]


def _read(file: UploadedFile[Any], path: Path) -> ReadFile:
    """What one file records.

    Raises:
        InputError: It is no log, damaged, too large, or newer than we understand.
    """
    name = _name(file)
    size = 0
    with path.open("xb") as target:
        for chunk in file.chunks():
            target.write(chunk)
            size += len(chunk)
    limits = LogLimits(
        file_bytes=settings.AUDIT_FILE_BYTES, seconds=float(settings.AUDIT_FILE_SECONDS)
    )
    run = read_audit_log(path, name=name, limits=limits)
    return ReadFile(name=name, run=run, content=path, size=size)


def _name(file: UploadedFile[Any]) -> str:
    """The last part of a file's name, without what a path or a page could trip over."""
    last = PurePosixPath(str(file.name or "").replace("\\", "/")).name
    kept = "".join(each if each.isalnum() or each in "._-+" else "_" for each in last)
    return kept.lstrip(".")[-120:] or "log"
