"""Taking an audit in, and correcting it; what stood before is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from custodes.errors import Fault, InputError
from custodes.evidence import Audit as AuditRecord
from custodes.evidence import Explanation, audits_from
from custodes_workbench.access import Act, decide, require
from custodes_workbench.evidence.models import Audit, AuditVersion, RefusedFile
from custodes_workbench.evidence.records import ReadFile, audit_record
from custodes_workbench.evidence.selectors import facts_on, standing
from custodes_workbench.evidence.services.files import keep_file
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import systems_of

_FORM = "the form"


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAudit:
    """What somebody says of an audit, and the files that they send with it."""

    entry: Mapping[str, Any]
    """One `[[audit]]` as `evidence.toml` would state it, without `files`."""
    files: Sequence[ReadFile] = ()
    """Files that were read; none of the upload was refused."""
    readers: Sequence[User] = ()
    """Who may open the files; without one, only what was counted is kept of them."""
    reason: str
    """Why it is taken in, or corrected."""


@transaction.atomic
def take_in_audit(*, round_: Round, given: GivenAudit, by: User) -> AuditVersion:
    """Take an audit in: counts, scores and digests of its files, and what was attested.

    Args:
        round_: The round.
        given: The audit.
        by: Who takes it in.

    Raises:
        Refused: They may not now.
        InputError: What was given cannot be; every fault is told.
    """
    system = str(given.entry.get("system", ""))
    require(decide(Act.TAKE_IN_AUDIT, facts_on(by, round_, system)))
    Round.objects.select_for_update().get(pk=round_.pk)  # one audit of an id
    name = str(given.entry.get("id", ""))
    faults = _faults_in_round(round_, system=system, name=name)
    record, more = _made(given, before=None)
    if faults or more or record is None:
        raise InputError([*faults, *more])
    audit = Audit.objects.create(round=round_, audit_id=record.id, system_id=record.system)
    return _keep(audit, record, given, n=1, by=by, action="audit taken in")


@transaction.atomic
def correct_audit(*, version: AuditVersion, given: GivenAudit, by: User, n: int) -> AuditVersion:
    """Put a new version in place of what stands; files and runs are added, never taken away.

    Args:
        version: What stands.
        given: The audit as it should be; id and system stay.
        by: Who corrects it.
        n: The version that the person saw.

    Raises:
        Refused: They may not now.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
        InputError: What was given cannot be; every fault is told.
    """
    audit = _locked(version, by=by, n=n)
    before = audit_record(version)
    entry = {**given.entry, "id": before.id, "system": before.system}
    whole = GivenAudit(entry=entry, files=given.files, readers=given.readers, reason=given.reason)
    record, faults = _made(whole, before=before)
    if faults or record is None:
        raise InputError(faults)
    return _keep(audit, record, whole, n=n + 1, by=by, action="audit corrected")


@transaction.atomic
def explain_fault(
    *, version: AuditVersion, explanation: Explanation, by: User, n: int
) -> AuditVersion:
    """Say why something that stops an audit need not; shown with it from then on.

    Args:
        version: What stands.
        explanation: The check, who explains it, and why.
        by: Who writes it down.
        n: The version that the person saw.

    Raises:
        Refused: They may not now.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    audit = _locked(version, by=by, n=n)
    before = audit_record(version)
    others = [each for each in before.explanations if each.check != explanation.check]
    record = before.model_copy(update={"explanations": (*others, explanation)})
    made = AuditVersion.objects.create(
        audit=audit,
        n=n + 1,
        record=record.model_dump(mode="json"),
        reason=explanation.reason,
        made_by=by,
    )
    _tell("fault explained", made, by=by)
    return made


@transaction.atomic
def withdraw_audit(*, version: AuditVersion, reason: str, by: User, n: int) -> AuditVersion:
    """Let an audit count no more; it stays on the page with the reason.

    Args:
        version: What stands.
        reason: Why.
        by: Who withdraws it.
        n: The version that the person saw.

    Raises:
        Refused: They may not now.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    audit = _locked(version, by=by, n=n)
    made = AuditVersion.objects.create(
        audit=audit,
        n=n + 1,
        record=version.record,
        withdrawn_because=reason,
        reason=reason,
        made_by=by,
    )
    _tell("audit withdrawn", made, by=by)
    return made


def read_in_audits(*, row: Round, audits: Iterable[AuditRecord], source: str, by: User) -> None:
    """Keep the audits of a round's folder that was read in; part of another write.

    Of their files stay counts, scores and digests: nobody is named yet who could open more.

    Args:
        row: The round; just made.
        audits: As the library read them.
        source: The folder's name.
        by: Who reads it in.
    """
    for record in audits:
        audit = Audit.objects.create(round=row, audit_id=record.id, system_id=record.system)
        made = AuditVersion.objects.create(
            audit=audit,
            n=1,
            record=record.model_dump(mode="json"),
            reason=f"Read in with {source}.",
            made_by=by,
        )
        _tell("audit read in", made, by=by)


@transaction.atomic
def keep_refusals(*, round_: Round, system_id: str, faults: Iterable[Fault], by: User) -> None:
    """Keep which files were refused and why, so that nothing is dropped in silence.

    Args:
        round_: The round.
        system_id: The system that they were sent for.
        faults: Why; the file and the cure are told with each.
        by: Who sent them.

    Raises:
        Refused: They may not take audits in now.
    """
    require(decide(Act.TAKE_IN_AUDIT, facts_on(by, round_, system_id)))
    told = list(faults)
    for each in told:
        RefusedFile.objects.create(
            round=round_,
            system_id=system_id,
            file=(each.file or _FORM)[:300],
            reason=each.message,
            cure=each.cure,
            sent_by=by,
        )
    record_event(
        "audit files refused",
        by=by,
        subject=f"system {round_.slug}/{system_id}",
        round_=round_.slug,
        told={"files": [str(each) for each in told]},
    )


def _locked(version: AuditVersion, *, by: User, n: int) -> Audit:
    """The audit of a version that still stands; nobody else changes it meanwhile."""
    audit = version.audit
    require(decide(Act.TAKE_IN_AUDIT, facts_on(by, audit.round, audit.system_id)))
    locked = Audit.objects.select_for_update().get(pk=audit.pk)
    newest = AuditVersion.objects.filter(audit=locked).first()
    if newest is None or newest.n != n:
        raise ChangedMeanwhileError
    return audit


def _faults_in_round(round_: Round, *, system: str, name: str) -> list[Fault]:
    faults = []
    if system not in {each.id for each in systems_of(round_)}:
        message = f"{system!r} is not a system of this round"
        faults.append(Fault(message=message, cure="describe the system first", field="system"))
    if name.casefold() in {each.audit.audit_id.casefold() for each in standing(round_)}:
        message = "the round has an audit of this id"
        faults.append(Fault(message=message, cure="give another", field="id"))
    return faults


def _made(
    given: GivenAudit, *, before: AuditRecord | None
) -> tuple[AuditRecord | None, list[Fault]]:
    """The audit with its runs, and what is wrong with it."""
    stood = {each.path: each for each in before.files} if before else {}
    known = {run.sha256 for run in before.runs} if before else set[str]()
    new, faults = [], []
    for each in given.files:
        path = _path(given, each)
        if each.run.sha256 in known:
            continue  # its runs are here; it is sent again to be kept
        if path in stood:
            message = "the audit has a file of this name with other content"
            faults.append(Fault(message=message, cure="send it under a new name", file=each.name))
        new.append(each)
    files = [
        *(
            {"path": each.path, "sha256": each.sha256, "size": each.size}
            for each in stood.values()
        ),
        *(
            {"path": _path(given, each), "sha256": each.run.sha256, "size": each.size}
            for each in new
        ),
    ]
    try:
        (record,) = audits_from({"audit": [{**given.entry, "files": files}]}, file=_FORM)
    except InputError as error:
        return None, [*faults, *error.faults]
    runs = tuple(each.run.model_copy(update={"file": _path(given, each)}) for each in new)
    return record.model_copy(update={"runs": (*(before.runs if before else ()), *runs)}), faults


def _path(given: GivenAudit, file: ReadFile) -> str:
    return f"{given.entry['id']}/{file.name}"


def _keep(
    audit: Audit, record: AuditRecord, given: GivenAudit, *, n: int, by: User, action: str
) -> AuditVersion:
    made = AuditVersion.objects.create(
        audit=audit,
        n=n,
        record=record.model_dump(mode="json"),
        reason=given.reason,
        made_by=by,
    )
    paths = {each.sha256: each.path for each in record.files}
    for file in given.files if given.readers else ():
        keep_file(audit, file, path=paths[file.run.sha256], readers=given.readers, by=by)
    _tell(action, made, by=by, readers=[each.history_name for each in given.readers])
    return made


def _tell(action: str, made: AuditVersion, *, by: User, readers: Sequence[str] = ()) -> None:
    record = audit_record(made)
    record_event(
        action,
        by=by,
        subject=f"{made.audit.history_name}/{made.n}",
        round_=made.audit.round.slug,
        reason=made.reason,
        told={
            "files": {each.path: each.sha256 for each in record.files},
            **({"readers": list(readers)} if readers else {}),
        },
    )
