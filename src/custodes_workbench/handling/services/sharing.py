"""Writes of sharing: what was given to whom, on which terms, and whether it was asked back."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes_workbench.access import Act, decide, require
from custodes_workbench.handling.models import Item, Sharing
from custodes_workbench.handling.selectors import facts_on
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingGiven:
    """What is said of one sharing."""

    recipient: str
    """Who got it: an organisation, or a person in an office."""
    purpose: str
    """What for: which safeguards."""
    shared_on: dt.date
    """When."""
    terms: str
    """On which terms."""
    what: str
    """What exactly, named and not quoted."""


@transaction.atomic
def share_item(*, item: Item, given: SharingGiven, by: User) -> Sharing:
    """Keep that a marked thing was given to people who work on safeguards.

    Args:
        item: What was given.
        given: To whom, what for, when, on which terms.
        by: Who gave it.

    Raises:
        Refused: They may not.
    """
    require(decide(Act.SET_MARK, facts_on(by, item)))
    made = Sharing.objects.create(item=item, by=by, **asdict(given))
    _keep("shared", made, by=by, told={"recipient": given.recipient, "on": given.shared_on})
    return made


@transaction.atomic
def acknowledge_sharing(*, sharing: Sharing, on: dt.date, by: User, version: int) -> None:
    """Keep that the recipient acknowledged what they got and its terms.

    Raises:
        Refused: They may not.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.SET_MARK, facts_on(by, sharing.item)))
    _change(sharing, version=version, acknowledged_on=on)
    _keep("sharing acknowledged", sharing, by=by, told={"on": on})


@transaction.atomic
def ask_recall(*, sharing: Sharing, reason: str, by: User, version: int) -> None:
    """Keep that what was shared was asked back; nobody can make anybody forget.

    Raises:
        Refused: They may not.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.SET_MARK, facts_on(by, sharing.item)))
    _change(sharing, version=version, recall_asked_on=timezone.localdate(), recall_reason=reason)
    _keep("recall asked", sharing, by=by, reason=reason)


def _change(sharing: Sharing, *, version: int, **values: object) -> None:
    if not Sharing.objects.filter(pk=sharing.pk, version=version).update(
        **values, version=F("version") + 1
    ):
        raise ChangedMeanwhileError


def _keep(
    action: str,
    sharing: Sharing,
    *,
    by: User,
    reason: str = "",
    told: dict[str, object] | None = None,
) -> None:
    item = sharing.item
    record_event(
        action,
        by=by,
        subject=item.history_name,
        round_=item.effort.round.slug,
        reason=reason,
        told=told,
    )
