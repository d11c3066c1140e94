"""Writes of named readers: sealing for them, naming one, taking one away."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes_workbench.access import Act, Refused, decide, require
from custodes_workbench.handling.models import Item, Reader, ReaderKey
from custodes_workbench.handling.records.sealing import (
    Envelope,
    SealError,
    WrappedKey,
    new_text_key,
    open_sealed,
    seal,
    unwrap,
    wrap_for,
)
from custodes_workbench.handling.selectors import facts_on, key_of, people_with_keys, readers_of
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User


def seal_for(item: Item, text: str, *, readers: Iterable[User], by: User) -> None:
    """Encrypt a text to its readers, in place of whatever was there; part of another write.

    Args:
        item: What it belongs to; saved already.
        text: What is said.
        readers: Who may open it; each with a key and without a conflict.
        by: Who names them.

    Raises:
        Refused: Nobody is named, or somebody cannot be.
    """
    keys = [_key_for(item, each) for each in readers]
    if not keys:
        msg = "Name at least one reader; nobody could open it otherwise."
        raise Refused(msg)
    text_key = new_text_key()
    envelope = seal(text, key=text_key, name=item.sealed_name)
    item.sealed, item.digest, item.text = envelope.sealed, envelope.digest, ""
    item.save(update_fields=["sealed", "digest", "text", "generation"])
    for key in keys:
        _wrap(item, key, text_key, by=by)


def text_of(item: Item, *, person: User, private: bytes | None) -> str:
    """What a sealed item says, for one of its readers.

    Raises:
        Refused: They are not among its readers, or their key is locked.
    """
    text_key = _text_key(item, person=person, private=private)
    if item.sealed is None:
        msg = "This was erased."
        raise Refused(msg)
    envelope = Envelope(sealed=bytes(item.sealed), digest=item.digest)
    try:
        return open_sealed(envelope, key=text_key, name=item.sealed_name)
    except SealError:
        msg = "This does not open: what is stored was changed. Tell an administrator."
        raise Refused(msg) from None


@transaction.atomic
def name_reader(*, item: Item, person: User, by: User, private: bytes | None) -> None:
    """Let one more person open a sealed thing.

    Args:
        item: The thing.
        person: Who may open it from now on.
        by: Who names them; one of its readers.
        private: Their unlocked key.

    Raises:
        Refused: They may not, cannot open it themselves, or the person cannot be named.
    """
    item = Item.objects.select_for_update().get(pk=item.pk)
    require(decide(Act.SET_MARK, facts_on(by, item)))
    text_key = _text_key(item, person=by, private=private)
    key = _key_for(item, person)
    if readers_of(item).filter(key=key).exists():
        msg = f"{person.name} is one of its readers already."
        raise Refused(msg)
    # a wrapping under an earlier key of theirs opens nothing more
    _take_away(item, person)
    _wrap(item, key, text_key, by=by)
    _keep("reader named", item, person, by=by)


@transaction.atomic
def remove_reader(*, item: Item, person: User, by: User, private: bytes | None) -> None:
    """Take a reader away: the text gets a new key, for the others. What was read stays read.

    Args:
        item: The thing.
        person: Who may not open it any more.
        by: Who takes them away; one of its readers.
        private: Their unlocked key.

    Raises:
        Refused: They may not, cannot open it themselves, or nobody would be left.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    item = Item.objects.select_for_update().get(pk=item.pk)
    require(decide(Act.SET_MARK, facts_on(by, item)))
    text = text_of(item, person=by, private=private)
    left = [
        each.key.person
        for each in readers_of(item)
        if each.key.person_id != person.pk and each.key.retired_at is None
    ]
    if not left:
        msg = "Nobody could open it any more. Name another reader first, or erase it."
        raise Refused(msg)
    if not Item.objects.filter(pk=item.pk, version=item.version).update(version=F("version") + 1):
        raise ChangedMeanwhileError
    for each in {row.key.person for row in readers_of(item)}:
        _take_away(item, each)
    item.generation += 1
    seal_for(item, text, readers=left, by=by)
    _keep("reader removed", item, person, by=by)


def forget_readers(item: Item) -> None:
    """Take every reader away; part of another write."""
    Reader.objects.filter(item=item, removed_at=None).update(
        removed_at=timezone.now(), ephemeral=b"", wrapped=b""
    )


def _take_away(item: Item, person: User) -> None:
    Reader.objects.filter(item=item, key__person=person, removed_at=None).update(
        removed_at=timezone.now(), ephemeral=b"", wrapped=b""
    )


def _text_key(item: Item, *, person: User, private: bytes | None) -> bytes:
    row = Reader.objects.filter(item=item, key=key_of(person), removed_at=None).first()
    if row is None:
        msg = "You are not one of its named readers."
        raise Refused(msg)
    if private is None:
        msg = "Your key is locked. Unlock it with your passphrase, then do this again."
        raise Refused(msg)
    wrapped = WrappedKey(ephemeral=bytes(row.ephemeral), wrapped=bytes(row.wrapped))
    try:
        return unwrap(wrapped, private, name=item.sealed_name)
    except SealError:
        msg = "This does not open with your key. Lock it, and unlock it again."
        raise Refused(msg) from None


def _key_for(item: Item, person: User) -> ReaderKey:
    key = key_of(person)
    if key is None or person.pk not in {each.pk for each in people_with_keys(item.effort)}:
        msg = f"{person.name} has no key, or has a conflict of interest, and cannot be a reader."
        raise Refused(msg)
    return key


def _wrap(item: Item, key: ReaderKey, text_key: bytes, *, by: User) -> None:
    wrapped = wrap_for(bytes(key.public), text_key, name=item.sealed_name)
    Reader.objects.create(
        item=item, key=key, ephemeral=wrapped.ephemeral, wrapped=wrapped.wrapped, named_by=by
    )


def _keep(action: str, item: Item, person: User, *, by: User) -> None:
    record_event(
        action,
        by=by,
        subject=item.history_name,
        round_=item.effort.round.slug,
        told={"reader": person.history_name},
    )
