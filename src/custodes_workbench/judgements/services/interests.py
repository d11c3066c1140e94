"""Writes of standing declarations: what a person declares of themselves, once for all rounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from custodes_workbench.access import Refused, Stage
from custodes_workbench.history.services import record_event
from custodes_workbench.judgements.models import Interest, PanelMember
from custodes_workbench.judgements.services.conflicts import find_conflicts
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import roles_held
from custodes_workbench.rounds.models import Round


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestGiven:
    """A tie as a person declares it."""

    type: str
    with_whom: str
    text: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


@transaction.atomic
def declare_interests(*, given: Iterable[InterestGiven], by: User) -> list[Interest]:
    """Add ties to one's standing declaration; conflicts are looked for with them at once.

    Args:
        given: Each tie; one that stands there already is not added twice.
        by: Whose they are.

    Raises:
        Refused: A tie ends before it begins.
    """
    made = [row for each in given for row in [_added(each, by)] if row is not None]
    if made:
        told = {"types": sorted({each.type for each in made})}
        record_event("interests declared", by=by, subject=by.history_name, told=told)
        look_in_every_round(person=by)
    return made


def _added(given: InterestGiven, by: User) -> Interest | None:
    if given.since and given.until and given.until < given.since:
        msg = f"The tie with {given.with_whom} ends before it begins."
        raise Refused(msg)
    told = {
        "type": given.type,
        "with_whom": given.with_whom.strip(),
        "since": given.since,
        "until": given.until,
    }
    if Interest.objects.filter(person=by, taken_back_at=None, **told).exists():
        return None
    return Interest.objects.create(person=by, text=given.text, **told)


@transaction.atomic
def take_back_interest(*, interest: Interest, by: User) -> None:
    """Take a tie out of one's declaration; what was found with it stays found.

    Args:
        interest: Which.
        by: Whose it is.

    Raises:
        Refused: It is somebody else's.
    """
    if interest.person_id != by.pk:
        msg = "You may not change what somebody else declares."
        raise Refused(msg)
    now = timezone.now()
    rows = Interest.objects.filter(pk=interest.pk, taken_back_at=None)
    if rows.update(taken_back_at=now):
        record_event("interest taken back", by=by, subject=by.history_name)


@transaction.atomic
def renew_declaration(*, by: User, aliases: str) -> None:
    """Say that one's standing declaration is complete as of today; it holds for a year.

    Args:
        by: Whose.
        aliases: Other names they write or wrote under, one a line.
    """
    by.aliases = "\n".join(each.strip() for each in aliases.splitlines() if each.strip())
    by.interests_stated_on = timezone.localdate()
    by.save(update_fields=["aliases", "interests_stated_on"])
    record_event("declaration renewed", by=by, subject=by.history_name)
    look_in_every_round(person=by)


def look_in_every_round(*, person: User) -> None:
    """Look for a person's conflicts in every running round that they have to do with.

    Args:
        person: Who has declared something.
    """
    for round_ in running_rounds(person):
        find_conflicts(round_=round_, person=person, by=person)


def running_rounds(person: User) -> list[Round]:
    """The rounds before publication in which a person judges or has a role."""
    held = roles_held(person)
    panels = set(PanelMember.objects.filter(person=person).values_list("round__slug", flat=True))
    return [
        each
        for each in Round.objects.prefetch_related("stages")
        if (held.get("") or each.slug in held or each.slug in panels)
        and each.stage_name not in (Stage.PUBLISHED, Stage.FOLLOW_UP)
    ]
