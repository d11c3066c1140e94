"""Writes of marked things: handing in, opening, reviewing, erasing."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes.disclosure import Mark
from custodes.disclosure import Marking as MarkingRecord
from custodes_workbench.access import Act, Refused, decide, require
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import facts_about
from custodes_workbench.efforts.services.marking import set_handling
from custodes_workbench.handling.models import SEALED_MARKS, Item, Marking, Opening
from custodes_workbench.handling.selectors import facts_on, may_open
from custodes_workbench.handling.services.readers import forget_readers, seal_for, text_of
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round

_NUMBERS = 900_000


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """What somebody hands in under a mark."""

    kind: str
    """One of the kinds of `Item`."""
    marking: MarkingRecord
    """The mark with both reasons."""
    text: str = ""
    """What is said; empty for a mark on the effort itself."""
    place: str = ""
    """The claim or field that it belongs to."""
    readers: tuple[User, ...] = ()
    """Who may open it, under a mark that seals."""


@transaction.atomic
def hand_in(*, effort: Effort, given: HandedIn, by: User) -> Item:
    """Keep something under a mark; sealed at once where the mark says so.

    Args:
        effort: What it is about.
        given: What is handed in.
        by: Who hands it in.

    Raises:
        Refused: They may not, the effort has a mark already, or a reader cannot be named.
    """
    on_effort = given.kind == Item.Kind.EFFORT
    act = Act.SET_MARK if on_effort else Act.HAND_IN_MARKED
    require(decide(act, facts_about(by, effort)))
    Round.objects.select_for_update().get(pk=effort.round_id)  # one number each
    if on_effort and Item.objects.filter(effort=effort, kind=given.kind, erased_at=None).exists():
        msg = "This effort has a mark; review that one."
        raise Refused(msg)
    mark = given.marking.mark
    item = Item.objects.create(
        effort=effort,
        n=_free_number(effort.round),
        kind=given.kind,
        place=given.place,
        mark=mark.value,
        review_by=given.marking.review_by,
        text="" if mark in SEALED_MARKS or on_effort else given.text,
        handed_in_by=by,
    )
    if on_effort:
        set_handling(effort, mark)
    elif mark in SEALED_MARKS:
        seal_for(item, given.text, readers=given.readers, by=by)
    _decided(item, given.marking, by=by)
    _keep("handed in under a mark", item, by=by, marking=given.marking, readers=given.readers)
    return item


def _free_number(round_: Round) -> int:
    """A number that says nothing of how many others there are."""
    taken = set(Item.objects.filter(effort__round=round_).values_list("n", flat=True))
    while (n := 100_000 + secrets.randbelow(_NUMBERS)) in taken:
        pass
    return n


@transaction.atomic
def open_item(*, item: Item, by: User, private: bytes | None = None) -> str:
    """What a marked thing says; that it was opened is kept.

    Args:
        item: The thing.
        by: Who opens it.
        private: Their unlocked key, where the thing is sealed.

    Raises:
        Refused: They may not, or their key is locked.
    """
    require(may_open(by, item))
    if item.erased_at or item.kind == Item.Kind.EFFORT:
        msg = "There is no text here to open."
        raise Refused(msg)
    text = text_of(item, person=by, private=private) if item.is_sealed else item.text
    Opening.objects.create(item=item, person=by)
    record_event("opened", by=by, subject=item.history_name, round_=item.effort.round.slug)
    return text


@transaction.atomic
def review_mark(
    *, item: Item, marking: MarkingRecord, by: User, version: int, private: bytes | None = None
) -> None:
    """Decide on a mark again.

    A mark that seals can be lifted by one of the named readers. The other way is closed: what was
    kept readable cannot be taken back.

    Args:
        item: The thing.
        marking: The new decision.
        by: Who decides.
        version: Of the thing as the person saw it.
        private: Their unlocked key, where a sealed thing is lifted.

    Raises:
        Refused: They may not, or the mark cannot be changed so.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    item = Item.objects.select_for_update().get(pk=item.pk)
    require(decide(Act.SET_MARK, facts_on(by, item)))
    _is_there(item)
    _next_version(item, version)
    is_text = item.kind != Item.Kind.EFFORT
    if is_text and marking.mark in SEALED_MARKS and not item.is_sealed:
        msg = (
            "This was kept readable, so copies of it may lie in backups. Hand it in again under "
            "the stricter mark, and erase this one."
        )
        raise Refused(msg)
    if is_text and item.is_sealed and marking.mark not in SEALED_MARKS:
        item.text = text_of(item, person=by, private=private)
        item.sealed, item.digest = None, ""
        forget_readers(item)
    if not is_text:
        set_handling(item.effort, marking.mark)
    item.mark, item.review_by = marking.mark.value, marking.review_by
    item.save(update_fields=["mark", "review_by", "text", "sealed", "digest"])
    _decided(item, marking, by=by)
    lifted = marking.mark is Mark.OPEN
    _keep("mark lifted" if lifted else "mark reviewed", item, by=by, marking=marking)


@transaction.atomic
def erase_item(*, item: Item, reason: str, by: User, version: int) -> None:
    """Erase what a marked thing says, and every key to it; that it was there stays.

    Args:
        item: The thing.
        reason: Why.
        by: Who erases it.
        version: Of the thing as the person saw it.

    Raises:
        Refused: They may not, or there is nothing to erase.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    item = Item.objects.select_for_update().get(pk=item.pk)
    require(decide(Act.SET_MARK, facts_on(by, item)))
    _is_there(item)
    if item.kind == Item.Kind.EFFORT:
        msg = "A mark on an effort is lifted by a review."
        raise Refused(msg)
    _next_version(item, version)
    item.text, item.sealed, item.erased_at = "", None, timezone.now()
    item.save(update_fields=["text", "sealed", "erased_at"])
    forget_readers(item)
    record_event(
        "erased", by=by, subject=item.history_name, round_=item.effort.round.slug, reason=reason
    )


def _is_there(item: Item) -> None:
    if item.erased_at:
        msg = "This was erased."
        raise Refused(msg)


def _next_version(item: Item, version: int) -> None:
    if not Item.objects.filter(pk=item.pk, version=version).update(version=F("version") + 1):
        raise ChangedMeanwhileError


def _decided(item: Item, marking: MarkingRecord, *, by: User) -> None:
    Marking.objects.create(item=item, record=marking.model_dump(mode="json"), by=by)


def _keep(
    action: str,
    item: Item,
    *,
    by: User,
    marking: MarkingRecord,
    readers: tuple[User, ...] = (),
) -> None:
    record_event(
        action,
        by=by,
        subject=item.history_name,
        round_=item.effort.round.slug,
        reason=marking.reason,
        told={
            "mark": marking.mark.value,
            "ground": marking.ground,
            "against": marking.against,
            "review_by": marking.review_by,
            "readers": [each.history_name for each in readers],
        },
    )
