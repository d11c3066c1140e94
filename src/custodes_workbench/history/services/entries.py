"""The one way an entry is written: inside the transaction of what it tells of."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from custodes_workbench.history.models import ChainTip, Entry, EntryText
from custodes_workbench.history.records import digest_of, hash_of


class Actor(Protocol):
    """Whoever does something: a person, the worker, the command line."""

    @property
    def history_name(self) -> str:
        """`person 12`, `worker`, `command line`."""

    @property
    def acting_as(self) -> str:
        """The role acted in, where one was chosen; empty otherwise."""


def record_event(  # noqa: PLR0913 (the columns of an entry)
    action: str,
    *,
    by: Actor,
    subject: str,
    round_: str = "",
    reason: str = "",
    by_one_person: bool = False,
    told: Mapping[str, object] | None = None,
) -> Entry:
    """Write one entry, in the transaction of the change that it tells of.

    Args:
        action: What was done, in the past tense, such as `effort withdrawn`.
        by: Who did it.
        subject: What it was done to, such as `effort demo/honest-reporting`; no personal text.
        round_: The round's address, where it was in a round.
        reason: Why, in the person's words; kept outside the chain, which holds its digest.
        by_one_person: Whether one person did alone what takes two.
        told: What else belongs to it, as JSON can hold it; kept where the reason is kept.

    Raises:
        TransactionManagementError: There is no transaction; a change and its entry stand or
            fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        msg = "an entry is written in the transaction of its change"
        raise transaction.TransactionManagementError(msg)
    tip, _ = ChainTip.objects.select_for_update().get_or_create(pk=1)
    text = _text_of(reason, told)
    salt = secrets.token_hex(32) if text else ""
    entry = Entry(
        n=tip.n + 1,
        at=timezone.now(),
        actor=by.history_name,
        role=by.acting_as,
        action=action,
        object=subject,
        round=round_,
        by_one_person=by_one_person,
        text_digest=digest_of(salt=salt, text=text) if text else "",
        previous_hash=tip.hash,
    )
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    if text:
        EntryText.objects.create(entry=entry, salt=salt, text=text)
    ChainTip.objects.filter(pk=1).update(n=entry.n, hash=entry.hash)
    return entry


def _text_of(reason: str, told: Mapping[str, object] | None) -> str:
    said = {**({"reason": reason} if reason else {}), **(told or {})}
    return json.dumps(said, sort_keys=True, ensure_ascii=False, default=str) if said else ""
