"""Audit files that are kept for named readers: sealing, opening, naming one more reader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction

from custodes_workbench.access import Act, Refused, decide, require
from custodes_workbench.evidence.models import (
    Audit,
    FileOpening,
    FilePart,
    FileReader,
    KeptFile,
)
from custodes_workbench.evidence.records import ReadFile
from custodes_workbench.evidence.selectors import facts_on, may_open_file, people_offered
from custodes_workbench.handling.records.sealing import (
    PART,
    SealError,
    WrappedKey,
    new_text_key,
    open_parts,
    seal_parts,
    unwrap,
    wrap_for,
)
from custodes_workbench.handling.selectors import key_of
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import User


def keep_file(
    audit: Audit, file: ReadFile, *, path: str, readers: Sequence[User], by: User
) -> None:
    """Seal a file for its readers and keep it; part of another write.

    Kept already, it is sealed anew for the readers named now, and for no others: so a reader is
    taken away. What was read stays read.

    Args:
        audit: The audit that it belongs to.
        file: The file as it was read.
        path: Its name in the folder `evidence`.
        readers: Who may open it; at least one.
        by: Who names them.

    Raises:
        Refused: Somebody cannot be a reader.
    """
    kept, _ = KeptFile.objects.get_or_create(
        audit=audit,
        path=path,
        defaults={"sha256": file.run.sha256, "size": file.size, "kept_by": by},
    )
    FilePart.objects.filter(file=kept).delete()
    FileReader.objects.filter(file=kept).delete()
    key = new_text_key()
    sealed = seal_parts(_pieces(file), key=key, name=kept.sealed_name)
    for n, part in enumerate(sealed):
        FilePart.objects.create(file=kept, n=n, sealed=part)
    offered = {each.pk for each in people_offered(by, audit.round, audit.system_id)}
    for person in readers:
        _name(kept, person, key, offered=offered, by=by)


def _pieces(file: ReadFile) -> Iterator[bytes]:
    with file.content.open("rb") as stream:
        while piece := stream.read(PART):
            yield piece


@transaction.atomic
def open_file(*, file: KeptFile, by: User, private: bytes | None) -> bytes:
    """What an audit file holds; that it was opened is kept.

    Args:
        file: The file.
        by: Who opens it; one of its named readers.
        private: Their unlocked key.

    Raises:
        Refused: They may not, their key is locked, or what is stored was changed.
    """
    require(may_open_file(by, file))
    key = _file_key(file, person=by, private=private)
    parts = FilePart.objects.filter(file=file).values_list("sealed", flat=True)
    try:
        content = b"".join(
            open_parts((bytes(each) for each in parts), key=key, name=file.sealed_name)
        )
    except SealError:
        msg = "This does not open: what is stored was changed. Tell an administrator."
        raise Refused(msg) from None
    FileOpening.objects.create(file=file, person=by)
    record_event(
        "audit file opened",
        by=by,
        subject=f"{file.audit.history_name}/{file.pk}",
        round_=file.audit.round.slug,
    )
    return content


@transaction.atomic
def name_file_reader(*, file: KeptFile, person: User, by: User, private: bytes | None) -> None:
    """Let one more person open an audit file.

    Args:
        file: The file.
        person: Who may open it from now on.
        by: Who names them; one of its readers who may take audits in.
        private: Their unlocked key.

    Raises:
        Refused: They may not, cannot open it themselves, or the person cannot be named.
    """
    audit = file.audit
    require(decide(Act.TAKE_IN_AUDIT, facts_on(by, audit.round, audit.system_id)))
    key = _file_key(file, person=by, private=private)
    offered = {each.pk for each in people_offered(by, audit.round, audit.system_id)}
    _name(file, person, key, offered=offered, by=by)
    record_event(
        "reader named",
        by=by,
        subject=f"{audit.history_name}/{file.pk}",
        round_=audit.round.slug,
        told={"reader": person.history_name},
    )


def _name(file: KeptFile, person: User, key: bytes, *, offered: set[int], by: User) -> None:
    own = key_of(person)
    if own is None or person.pk not in offered:
        msg = f"{person.name} has no key, or has a conflict of interest, and cannot be a reader."
        raise Refused(msg)
    if FileReader.objects.filter(file=file, key=own).exists():
        msg = f"{person.name} is one of its readers already."
        raise Refused(msg)
    wrapped = wrap_for(bytes(own.public), key, name=file.sealed_name)
    FileReader.objects.create(
        file=file, key=own, ephemeral=wrapped.ephemeral, wrapped=wrapped.wrapped, named_by=by
    )


def _file_key(file: KeptFile, *, person: User, private: bytes | None) -> bytes:
    row = FileReader.objects.filter(file=file, key=key_of(person)).first()
    if row is None:
        msg = "You are not one of its named readers."
        raise Refused(msg)
    if private is None:
        msg = "Your key is locked. Unlock it with your passphrase, then do this again."
        raise Refused(msg)
    wrapped = WrappedKey(ephemeral=bytes(row.ephemeral), wrapped=bytes(row.wrapped))
    try:
        return unwrap(wrapped, private, name=file.sealed_name)
    except SealError:
        msg = "This does not open with your key. Lock it, and unlock it again."
        raise Refused(msg) from None
