"""The folder ``evidence`` of a round: audit files, and ``evidence.toml`` with who ran them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from custodes.errors import Fault, InputError
from custodes.evidence import Audit, AuditFile, Run, audits_from
from custodes.exchange._audit_log import read_audit_log
from custodes.exchange._log_limits import LogLimits
from custodes.exchange._table import shown
from custodes.exchange._text_files import names_in, read_toml, refuse_unless_plain
from custodes.exchange._toml_text import toml_text

EVIDENCE_FOLDER = "evidence"
"""Its name in a round's folder."""
EVIDENCE_FILE = "evidence/evidence.toml"
"""Who ran the audits, as seen from the round's folder."""
_SCHEMA = "custodes/audits/1"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class EvidenceRead:
    """What the folder of evidence holds."""

    audits: tuple[Audit, ...]
    """The audits, with their runs."""
    faults: tuple[Fault, ...]
    """What is wrong with the files."""
    unlisted: tuple[str, ...]
    """Files in the folder that no audit names."""


def read_evidence(folder: str | Path, *, limits: LogLimits | None = None) -> EvidenceRead:
    """The audits of a round's folder, with the runs that their files hold.

    Args:
        folder: The round's folder.
        limits: What of an audit file is refused as too much.
    """
    home = Path(folder) / EVIDENCE_FOLDER
    names = names_in(home, name=EVIDENCE_FOLDER)
    if "evidence.toml" not in names:
        return EvidenceRead((), (), names)
    try:
        table = read_toml(home / "evidence.toml", name=EVIDENCE_FILE)
        stated = audits_from(table, file=EVIDENCE_FILE)
    except InputError as error:
        return EvidenceRead((), error.faults, ())
    faults: list[Fault] = []
    audits: list[Audit] = []
    for audit in stated:
        files: list[AuditFile] = []
        runs: list[Run] = []
        for each in audit.files:
            try:
                runs.append(_run(home, each, audit, limits))
                files.append(_measured(home, each))
            except InputError as error:
                faults += error.faults
        read = {"runs": tuple(runs), "files": tuple(files) or audit.files}
        audits.append(audit.model_copy(update=read))
    named = {PurePosixPath(each.path).parts[0] for audit in stated for each in audit.files}
    unlisted = tuple(name for name in names if name not in {*named, "evidence.toml"})
    return EvidenceRead(tuple(audits), tuple(faults), unlisted)


def _run(home: Path, each: AuditFile, audit: Audit, limits: LogLimits | None) -> Run:
    """The run that a file of an audit holds.

    Raises:
        InputError: The path leaves the folder, the file changed, or it is no log.
    """
    place = f"audit {audit.id}, files"
    path = PurePosixPath(each.path)
    if path.is_absolute() or ".." in path.parts or "\\" in each.path:
        message = f"'{shown(each.path)}' is outside the folder {EVIDENCE_FOLDER}"
        cure = f"put the file into {EVIDENCE_FOLDER} and name it from there"
        raise InputError([Fault(message=message, cure=cure, file=EVIDENCE_FILE, field=place)])
    name = f"{EVIDENCE_FOLDER}/{path}"
    here = home / path
    missing = f"put it there, or take it out of {EVIDENCE_FILE}"
    refuse_unless_plain(here, name=name, if_missing=missing)
    if each.sha256 and _sha256(here) != each.sha256:
        message = "the file changed after it was attested"
        cure = f"fetch the attested file again, or have it attested anew in {EVIDENCE_FILE}"
        raise InputError([Fault(message=message, cure=cure, file=name)])
    run = read_audit_log(here, name=name, limits=limits)
    return run.model_copy(update={"file": str(path)})


def _measured(home: Path, each: AuditFile) -> AuditFile:
    """The same file with its digest and size, where they were not stated."""
    path = home / each.path
    return AuditFile(path=each.path, sha256=each.sha256 or _sha256(path), size=path.stat().st_size)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def audits_as_toml(audits: Sequence[Audit]) -> str:
    """The text of an ``evidence.toml`` that reads back to the same audits.

    Args:
        audits: In the order in which they should stand.
    """
    entries = [_entry(audit) for audit in audits]
    return toml_text({"schema": _SCHEMA, **({"audit": entries} if entries else {})})


def _entry(audit: Audit) -> dict[str, Any]:
    told = audit.model_dump(exclude_defaults=True, exclude={"runs", "strength"})
    strengths = [
        {
            **each.model_dump(exclude_defaults=True, exclude={"judged"}),
            **{name: amount.model_dump() for name, amount in each.judged.items()},
        }
        for each in audit.strength
    ]
    return {**told, **({"strength": strengths} if strengths else {})}
