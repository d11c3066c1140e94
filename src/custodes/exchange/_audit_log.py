"""Inspect logs (`.eval`, `.json`) read with a small reader of our own.

Of a log come counts, scores and digests. Text of samples is stepped over as bytes and never kept;
nothing in a log is executed, fetched or followed. Names and suffixes prove nothing: what a file
is, its content says.
"""

from __future__ import annotations

import hashlib
import json
import mmap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from custodes.errors import Fault, InputError
from custodes.evidence import Edit, Run
from custodes.exchange._inspect_fields import (
    HEADER,
    RESULTS,
    SAMPLE,
    edits_of_log,
    edits_of_score,
    run_of,
    stated_scorers,
    text_of,
)
from custodes.exchange._json_spans import (
    NotJsonError,
    Span,
    Text,
    TooDeepError,
    TooMuchError,
    is_list,
    is_table,
    items,
    table_of,
    wanted_of,
)
from custodes.exchange._log_archive import open_archive
from custodes.exchange._log_limits import LogLimits, Patience
from custodes.exchange._table import refusal, shown
from custodes.exchange._text_files import refuse_unless_plain
from custodes.records import as_table

_CHUNK = 1 << 20
_ZIP = b"PK"
_NO_LOG = "not an Inspect log"
_GIVE_A_LOG = "give an .eval or .json file that Inspect wrote"
_MOST_EDITS = 100
_SAMPLES = "samples/"
_HEADER_MEMBER, _START_MEMBER = "header.json", "_journal/start.json"


@dataclass(frozen=True, slots=True)
class AuditLogs:
    """Audit files that were read, and those that were refused."""

    runs: tuple[Run, ...]
    """In the order of the files."""
    refused: tuple[Fault, ...]
    """Why each other file was not read."""


@dataclass(slots=True)
class Samples:
    """What is taken of the samples of a log while they pass."""

    number: int = 0
    """Samples so far."""
    values: dict[str, dict[str, list[object]]] = field(
        default_factory=dict[str, dict[str, list[object]]]
    )
    """By scorer and item, the values of its epochs; a value that is no score is left as none."""
    items: set[str] = field(default_factory=set[str])
    """Different items."""
    with_error: set[str] = field(default_factory=set[str])
    """Different items of which a sample carries an error."""
    limited: int = 0
    """Samples that a limit ended."""
    retried: int = 0
    """Samples that were tried again."""
    models: set[str] = field(default_factory=set[str])
    """What answered."""
    edits: list[Edit] = field(default_factory=list[Edit])
    """Scores that were changed after the run, the first hundred."""
    edits_count: int = 0
    """How many there are."""
    digests: list[bytes] = field(default_factory=list[bytes])
    """Of each sample's item, epoch and values."""


def read_audit_log(
    path: str | Path, *, name: str | None = None, limits: LogLimits | None = None
) -> Run:
    """The run that one audit file records.

    Args:
        path: The file.
        name: The file as the person named it; the path otherwise.
        limits: What is refused as too much.

    Raises:
        InputError: It is no log, damaged, too large, or newer than we understand.
    """
    here, told, most = Path(path), name or str(path), limits or LogLimits()
    refuse_unless_plain(here, name=told, if_missing="name a file that is there")
    try:
        with here.open("rb") as stream:
            return _read(stream, name=told, limits=most)
    except OSError as error:
        cure = "make it readable for you"
        raise refusal(told, f"cannot be opened ({error.strerror})", cure) from None


def read_audit_logs(paths: Iterable[str | Path], *, limits: LogLimits | None = None) -> AuditLogs:
    """The runs that several audit files record; every refusal is told.

    Args:
        paths: The files.
        limits: What is refused as too much.
    """
    runs: list[Run] = []
    refused: list[Fault] = []
    for path in paths:
        try:
            runs.append(read_audit_log(path, limits=limits))
        except InputError as error:
            refused += error.faults
    return AuditLogs(tuple(runs), tuple(refused))


def _read(stream: BinaryIO, *, name: str, limits: LogLimits) -> Run:
    patience = Patience(name, limits)
    size = stream.seek(0, 2)
    if size > limits.file_bytes:
        message = f"is {size:,} bytes, above {limits.file_bytes:,}"
        raise refusal(name, message, "give it in parts, or without its samples")
    if size == 0:
        raise refusal(name, f"{_NO_LOG} (it is empty)", _GIVE_A_LOG)
    stream.seek(0)
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    stream.seek(0)
    try:
        if stream.read(len(_ZIP)) == _ZIP:
            return _run_of_archive(stream, digest.hexdigest(), name, limits, patience)
        with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as text:
            return _run_of_json(text, digest.hexdigest(), name, patience)
    except NotJsonError as error:
        raise refusal(name, f"{_NO_LOG} ({shown(str(error))})", _GIVE_A_LOG) from None
    except TooDeepError as error:
        raise refusal(name, f"is nested too deeply ({error})", "leave it out") from None
    except TooMuchError as error:
        raise refusal(name, f"is not what a log is ({error})", "leave it out") from None


def _run_of_archive(
    stream: BinaryIO, sha256: str, name: str, limits: LogLimits, patience: Patience
) -> Run:
    archive = open_archive(stream, name=name, limits=limits, patience=patience)
    is_finished = _HEADER_MEMBER in archive.members
    member = _HEADER_MEMBER if is_finished else _START_MEMBER
    if member not in archive.members:
        raise refusal(name, f"{_NO_LOG} (it has no {_HEADER_MEMBER})", _GIVE_A_LOG)
    text = archive.read(member)
    header = _header(text, table_of(text), name)
    if not is_finished:
        header["status"] = "started"
    samples = Samples()
    for each in archive.members:
        if each.startswith(_SAMPLES) and each.endswith(".json"):
            sample = archive.read(each)
            _take(samples, wanted_of(sample, Span(0, len(sample)), SAMPLE), header)
    return _run(header, samples, name=name, sha256=sha256, compressions=archive.compressions)


def _run_of_json(text: Text, sha256: str, name: str, patience: Patience) -> Run:
    found = table_of(text)
    header = _header(text, found, name)
    samples = Samples()
    at = dict(found).get("samples")
    if at is not None and is_list(text, at):
        for span in items(text, at, depth=2):
            patience.check()
            _take(samples, wanted_of(text, span, SAMPLE, depth=2), header)
    return _run(header, samples, name=name, sha256=sha256, compressions=None)


def _header(text: Text, found: Sequence[tuple[str, Span]], name: str) -> dict[str, Any]:
    """What a log says of itself, without its samples.

    Raises:
        InputError: It is no log.
    """
    spans = dict(found)
    if "eval" not in spans or not is_table(text, spans["eval"]):
        raise refusal(name, f"{_NO_LOG} (it has no 'eval')", _GIVE_A_LOG)
    wanted = {**HEADER, "results": RESULTS}
    return {
        key: wanted_of(text, span, wanted[key], depth=2)
        for key, span in spans.items()
        if key in wanted
    }


def _take(samples: Samples, told: object, header: Mapping[str, Any]) -> None:
    """Take of one sample what is kept of it."""
    sample = as_table(told)
    if sample is None:
        why = "a sample is no table"
        raise NotJsonError(why)
    item_id = sample.get("id")
    item = json.dumps(item_id, sort_keys=True)
    samples.number += 1
    samples.items.add(item)
    if sample.get("error"):
        samples.with_error.add(item)
    samples.limited += bool(sample.get("limit"))
    samples.retried += bool(sample.get("error_retries"))
    model = text_of((as_table(sample.get("output")) or {}).get("model"))
    if model:
        samples.models.add(model)
    digest = hashlib.sha256(json.dumps([item_id, sample.get("epoch")]).encode())
    for scorer, score in sorted(_scores(sample, header).items()):
        value = score.get("value")
        digest.update(json.dumps([scorer, value], sort_keys=True).encode())
        kept = value if isinstance(value, bool | int | float) or _is_letter(value) else None
        samples.values.setdefault(scorer, {}).setdefault(item, []).append(kept)
        edits = edits_of_score(score.get("history"), scorer=scorer, item=item)
        samples.edits_count += len(edits)
        samples.edits += edits[: _MOST_EDITS - len(samples.edits)]
    samples.digests.append(digest.digest())


def _is_letter(value: object) -> bool:
    return isinstance(value, str) and len(value) == 1


def _scores(sample: Mapping[str, Any], header: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The scores of one sample by scorer; the oldest format holds one score without a name."""
    given = as_table(sample.get("scores"))
    if given is None:
        stated = stated_scorers(as_table(header.get("results")) or {})
        given = {(stated[0].get("name") if stated else None) or "score": sample.get("score")}
    return {
        text_of(scorer) or "": score
        for scorer, told in given.items()
        if (score := as_table(told)) is not None
    }


def _run(
    header: dict[str, Any],
    samples: Samples,
    *,
    name: str,
    sha256: str,
    compressions: tuple[int, ...] | None,
) -> Run:
    edits = edits_of_log(header.get("log_updates"))
    return run_of(
        header,
        file=name,
        values=samples.values,
        facts={
            "sha256": sha256,
            "zip_compression": compressions,
            "models_in_samples": tuple(sorted(samples.models)),
            "samples_in_file": samples.number,
            "distinct_items": len(samples.items),
            "items_with_error": len(samples.with_error),
            "samples_limited": samples.limited,
            "samples_retried": samples.retried,
            "edits": (*edits[:_MOST_EDITS], *samples.edits)[:_MOST_EDITS],
            "edits_count": len(edits) + samples.edits_count,
        },
        samples_sha256=hashlib.sha256(b"".join(sorted(samples.digests))).hexdigest(),
    )
