"""Writes of conflicts of interest: finding them by rule, and declaring one of one's own."""

from __future__ import annotations

import datetime as dt
import logging
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from custodes.judgements import PotentialConflict, potential_conflicts
from custodes_workbench.access import Act, decide, require
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import efforts_computed, facts_about
from custodes_workbench.history.services import record_event
from custodes_workbench.judgements.models import ConflictOfInterest
from custodes_workbench.judgements.records.known import (
    known_effort,
    known_organisations,
    known_person,
)
from custodes_workbench.judgements.selectors.interests import interests_computed
from custodes_workbench.judgements.services.effects import follow_conflicts
from custodes_workbench.judgements.services.rulings import reopen
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round

UNKNOWN = "could not be looked for"
"""The rule of a conflict that stands for a search that failed: what is unknown keeps out."""

_LOG = logging.getLogger("custodes_workbench")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictDeclared:
    """A tie with one effort, as a person declares it."""

    type: str
    text: str
    since: dt.date | None = None
    until: dt.date | None = None


@transaction.atomic
def find_conflicts(*, round_: Round, person: User, by: User) -> list[ConflictOfInterest]:
    """Look for conflicts of a person by rule, and keep what is new; nothing found is forgotten.

    A ruling on what may be so is asked for again once a fact says so; a pinned one stays, and
    what was found stands beside it.

    Args:
        round_: The round.
        person: Who might judge, rule or decide, or does.
        by: Who asks for it; the person themselves when they state their interests.

    Returns:
        What was not known before.
    """
    efforts = {each.effort_id: each for each in efforts_computed(round_)}
    known = _by_finding(round_, person)
    try:
        found = _found(round_, person, list(efforts.values()))
    except Exception:  # noqa: BLE001 (whatever went wrong, what is unknown keeps out)
        _LOG.exception("conflicts of %s could not be looked for", person.history_name)
        new = [] if (None, UNKNOWN, "") in known else [_unknown(round_, person)]
    else:
        new = [
            row
            for each in found
            for row in [_kept(round_, person, efforts[each.effort], each, known, by)]
            if row is not None
        ]
    follow_conflicts(round_=round_, person=person)
    record_event(
        "conflicts looked for",
        by=by,
        subject=person.history_name,
        round_=round_.slug,
        told={"new": len(new)},
    )
    return new


def _by_finding(
    round_: Round, person: User
) -> dict[tuple[str | None, str, str], list[ConflictOfInterest]]:
    """What is known of a person, by effort, rule and evidence."""
    known: dict[tuple[str | None, str, str], list[ConflictOfInterest]] = {}
    rows = ConflictOfInterest.objects.filter(round=round_, person=person)
    for row in rows.select_related("effort", "round"):
        effort = row.effort.effort_id if row.effort else None
        text = "" if row.rule == UNKNOWN else row.text
        known.setdefault((effort, row.rule, text), []).append(row)
    return known


def _found(round_: Round, person: User, efforts: list[Effort]) -> tuple[PotentialConflict, ...]:
    today = timezone.localdate()
    applied = Effort.objects.filter(round=round_, applicant=person).exclude(
        state__in=(Effort.State.WITHDRAWN, Effort.State.REJECTED)
    )
    return potential_conflicts(
        known_person(
            person,
            interests=interests_computed(person),
            applied_for=tuple(applied.values_list("effort_id", flat=True)),
        ),
        [known_effort(each) for each in efforts],
        organisations=known_organisations(round_.institution),
        on=today,
    )


def _kept(
    round_: Round,
    person: User,
    effort: Effort,
    found: PotentialConflict,
    known: dict[tuple[str | None, str, str], list[ConflictOfInterest]],
    by: User,
) -> ConflictOfInterest | None:
    """A row for a finding; none where there is one that says as much."""
    same = known.get((found.effort, found.rule, found.evidence), [])
    if any(row.strength in (found.strength, "hard", "") for row in same):
        return None
    for row in same:
        if not row.pinned:
            ConflictOfInterest.objects.filter(pk=row.pk).update(
                strength=found.strength, type=found.type
            )
            if row.decided:
                reopen(row, by=by, reason="What may have been so is now found as a fact.")
            return row
    return ConflictOfInterest.objects.create(
        round=round_,
        person=person,
        effort=effort,
        type=found.type,
        declared=False,
        rule=found.rule,
        text=found.evidence,
        strength=found.strength,
    )


def _unknown(round_: Round, person: User) -> ConflictOfInterest:
    return ConflictOfInterest.objects.create(
        round=round_,
        person=person,
        effort=None,
        type="other",
        declared=False,
        rule=UNKNOWN,
        text="The search ended with an error, so that nothing is known.",
        strength="soft",
    )


@transaction.atomic
def declare_conflict(*, effort: Effort, given: ConflictDeclared, by: User) -> ConflictOfInterest:
    """Declare a conflict of one's own with an effort; it keeps out until somebody decides it.

    Args:
        effort: With which.
        given: What it is.
        by: Whose it is.

    Raises:
        Refused: They have nothing to do with this effort.
    """
    require(decide(Act.DECLARE_CONFLICT, facts_about(by, effort)))
    made = ConflictOfInterest.objects.create(
        round=effort.round,
        person=by,
        effort=effort,
        type=given.type,
        declared=True,
        text=given.text,
        rule="declared",
        since=given.since,
        until=given.until,
    )
    follow_conflicts(round_=effort.round, person=by)
    record_event(
        "conflict declared",
        by=by,
        subject=f"{by.history_name} and {effort.history_name}",
        round_=effort.round.slug,
        told={"type": given.type},
    )
    return made
