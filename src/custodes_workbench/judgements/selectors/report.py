"""Reads of the report of conflicts: who, with what, by which rule, and what stood on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from custodes.judgements import Conflict
from custodes_workbench.access import Act, decide
from custodes_workbench.efforts.selectors import efforts_visible_to
from custodes_workbench.judgements.models import (
    ConflictOfInterest,
    ConflictRuling,
    PanelMember,
)
from custodes_workbench.judgements.records import conflict_of
from custodes_workbench.judgements.selectors.panel import conflicts_visible_to
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import STATEMENT_HOLDS, people_at_work
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import Reader, facts_of

Row = dict[str, object]
"""One line of the report."""


def conflict_report(reader: Reader, round_: Round, on: dt.date) -> list[Row]:
    """Each person with each conflict, as it stood at the end of a day; nothing without the right.

    People stand under their names for those who see the panel, and under codes for others, who
    also read no evidence and no reason: both may name somebody.

    Args:
        reader: Signed in or not.
        round_: The round.
        on: The day.
    """
    facts = facts_of(reader, round_)
    if not decide(Act.SEE_CONFLICT_REPORT, facts):
        return []
    named = bool(decide(Act.SEE_PANEL, facts))
    codes = codes_of(round_)
    people = {each.pk: each for each in _people(round_)}
    rows = [
        _statement(people[key], code, round_, on) for key, code in codes.items() if key in people
    ]
    seen = efforts_visible_to(reader, round_).values("pk")
    conflicts = (
        ConflictOfInterest.objects.filter(Q(effort__in=seen) | Q(effort=None), round=round_)
        .exclude(type="none")
        .select_related("person", "effort", "decided_by")
        .prefetch_related("rulings__given_by")
    )
    rows += [
        _conflict(each, codes.get(each.person_id, "-"), on)
        for each in conflicts
        if timezone.localdate(each.found_at) <= on
    ]
    rows.sort(key=lambda row: (str(row["code"]), str(row["effort"]), str(row["found_on"] or "")))
    return rows if named else [_without_names(row) for row in rows]


def codes_of(round_: Round) -> dict[int, str]:
    """A code for everybody of a round, by the person's key: the panel's, then the staff's."""
    panel = PanelMember.objects.filter(round=round_).values_list("person_id", "code")
    codes = dict(panel)
    staff = [each.pk for each in _people(round_) if each.pk not in codes]
    return codes | {key: f"S-{number:02}" for number, key in enumerate(staff, start=1)}


def people_looked_at(round_: Round) -> list[User]:
    """Everybody whose conflicts matter in a round; only behind a ruling."""
    return _people(round_)


def _people(round_: Round) -> list[User]:
    """The panel, who works on the round, and whoever a conflict was written down of."""
    keys = {
        *PanelMember.objects.filter(round=round_).values_list("person_id", flat=True),
        *people_at_work(round_.slug).values_list("pk", flat=True),
        *ConflictOfInterest.objects.filter(round=round_).values_list("person_id", flat=True),
    }
    return list(User.objects.filter(pk__in=keys).order_by("pk"))


def _statement(person: User, code: str, round_: Round, on: dt.date) -> Row:
    member = PanelMember.objects.filter(round=round_, person=person).first()
    days = [person.interests_stated_on]
    if member is not None and member.statement_at:
        days.append(timezone.localdate(member.statement_at))
    made = max((day for day in days if day is not None and day <= on), default=None)
    holds = made is not None and on - made < STATEMENT_HOLDS
    return {
        "code": code,
        "name": person.name,
        "effort": "",
        "type": "statement of interests",
        "declared": made is not None,
        "rule": "",
        "strength": "",
        "evidence": "",
        "found_on": made,
        "result": "holds" if holds else "over" if made else "never made",
        "pinned": False,
        "decided_by": "",
        "decided_on": None,
        "reason": "",
        "url": "",
    }


def _conflict(row: ConflictOfInterest, code: str, on: dt.date) -> Row:
    ruling = ruling_on(row.rulings.all(), on)
    as_read = not row.rulings.all() and (
        row.decided_at is None or timezone.localdate(row.decided_at) <= on
    )
    stands = ruling or (row if as_read else None)
    decided = stands.decided if stands else ""
    dismissed = stands.dismissed if stands else False
    who = ruling.given_by if ruling else row.decided_by if stands else None
    day = ruling.holds_from if ruling else row.decided_at if stands else None
    return {
        "code": code,
        "name": row.person.name,
        "effort": row.effort.effort_id if row.effort else "whole round",
        "type": row.type.replace("_", " "),
        "declared": row.declared,
        "rule": row.rule.replace("_", " "),
        "strength": row.strength,
        "evidence": row.text,
        "found_on": timezone.localdate(row.found_at),
        "result": "dismissed" if dismissed else decided or "unresolved: blocked",
        "pinned": bool(stands and stands.pinned),
        "decided_by": who.name if who and decided else "",
        "decided_on": timezone.localdate(day) if day and decided else None,
        "reason": stands.reason if stands else "",
        "url": reverse("judgements:conflict", args=[row.round.slug, row.pk]),
    }


def ruling_on(rulings: Iterable[ConflictRuling], on: dt.date) -> ConflictRuling | None:
    """The ruling that held at the end of a day; none before the first.

    Args:
        rulings: Of one conflict.
        on: The day.
    """
    held = [
        each for each in rulings if each.holds_from and timezone.localdate(each.holds_from) <= on
    ]
    return max(held, key=lambda each: (each.holds_from, each.pk), default=None)


def _without_names(row: Row) -> Row:
    hidden = ("name", "evidence", "reason", "decided_by", "url")
    return {key: value for key, value in row.items() if key not in hidden}


def rulings_of(conflict: ConflictOfInterest) -> QuerySet[ConflictRuling]:
    """Every ruling on a conflict, oldest first; only behind a ruling that it is seen."""
    return ConflictRuling.objects.filter(conflict=conflict).select_related(
        "given_by", "confirmed_by", "conflict__person", "conflict__round"
    )


def ruling_that_waits(conflict: ConflictOfInterest) -> ConflictRuling | None:
    """The clearing that a second person has to confirm; none where nothing waits."""
    return rulings_of(conflict).filter(holds_from=None, turned_down_at=None).first()


def people_filed(round_: Round) -> dict[str, User]:
    """Everybody of a round by how `conflicts.csv` names them; only behind a ruling.

    Args:
        round_: The round.
    """
    members = PanelMember.objects.filter(round=round_).select_related("person")
    coded = {each.code: each.person for each in members}
    on_panel = {each.pk for each in coded.values()}
    return coded | {
        f"person-{each.pk}": each for each in _people(round_) if each.pk not in on_panel
    }


def conflicts_filed(reader: Reader, round_: Round) -> list[Conflict]:
    """The conflicts of a round as `conflicts.csv` holds them, for those who see the panel.

    Whose they are stands there as the code of the panel, or `person-` and a number.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    members = dict(PanelMember.objects.filter(round=round_).values_list("person_id", "code"))
    return [
        conflict_of(each, expert=members.get(each.person_id, f"person-{each.person_id}"))
        for each in conflicts_visible_to(reader, round_)
    ]
