"""Writes of readers' keys."""

from __future__ import annotations

from dataclasses import asdict

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from custodes_workbench.access import Refused
from custodes_workbench.handling.models import ReaderKey
from custodes_workbench.handling.records.sealing import (
    Cost,
    KeyPair,
    SealError,
    make_key_pair,
    relock,
    unlock,
)
from custodes_workbench.handling.selectors import key_of
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import User


@transaction.atomic
def make_reader_key(*, person: User, passphrase: str) -> ReaderKey:
    """Make a key pair for a person; an earlier one is retired, and opens nothing more for them.

    Args:
        person: Whose.
        passphrase: Locks the private half; it is kept nowhere.
    """
    User.objects.select_for_update().get(pk=person.pk)
    retired = ReaderKey.objects.filter(person=person, retired_at=None).update(
        retired_at=timezone.now()
    )
    pair = make_key_pair(passphrase, cost=Cost(**settings.READER_KEY_COST))
    made = ReaderKey.objects.create(person=person, **_columns(pair))
    record_event(
        "reader's key replaced" if retired else "reader's key made",
        by=person,
        subject=person.history_name,
    )
    return made


@transaction.atomic
def relock_reader_key(*, person: User, old: str, new: str) -> None:
    """Put another passphrase on a person's key.

    Args:
        person: Whose.
        old: The passphrase now.
        new: The next one.

    Raises:
        Refused: They have no key, or it is not the passphrase.
    """
    private = unlocked(person=person, passphrase=old)
    pair = relock(private, new, cost=Cost(**settings.READER_KEY_COST))
    ReaderKey.objects.filter(person=person, retired_at=None).update(**_columns(pair))
    record_event("reader's key relocked", by=person, subject=person.history_name)


def unlocked(*, person: User, passphrase: str) -> bytes:
    """A person's private key, for memory only.

    Args:
        person: Whose.
        passphrase: What locks it.

    Raises:
        Refused: They have no key, or it is not the passphrase.
    """
    row = key_of(person)
    if row is None:
        msg = "You have no key yet; make one first."
        raise Refused(msg)
    pair = KeyPair(
        public=bytes(row.public),
        salt=bytes(row.salt),
        cost=Cost(**row.cost),
        wrapped=bytes(row.wrapped),
    )
    try:
        return unlock(pair, passphrase)
    except SealError:
        msg = "That is not the passphrase of your key."
        raise Refused(msg) from None


def _columns(pair: KeyPair) -> dict[str, object]:
    return {
        "public": pair.public,
        "salt": pair.salt,
        "cost": asdict(pair.cost),
        "wrapped": pair.wrapped,
    }
