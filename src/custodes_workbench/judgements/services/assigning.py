"""Writes of assignments: by hand, as a balanced suggestion, and their end."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes.judgements import BalancedPanel, assign_balanced, fit_of
from custodes_workbench.access import Act, Refused, Relation, decide, require
from custodes_workbench.efforts.models import Effort, Standing
from custodes_workbench.efforts.selectors import facts_about
from custodes_workbench.history.services import record_event
from custodes_workbench.judgements.models import Answer, Assignment, PanelMember
from custodes_workbench.judgements.records.known import topics_of
from custodes_workbench.judgements.selectors.panel import Openings
from custodes_workbench.judgements.services.conflicts import find_conflicts
from custodes_workbench.judgements.services.reading import letters
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of

SPARE_LETTERS = 3
"""Letters beyond the number of judges, so that who comes last does not tell by their letter."""


def suggest_panel(*, round_: Round, per_effort: int, by: User) -> BalancedPanel:
    """Who would judge what beside those who do, by fit and load; nothing is written.

    Args:
        round_: The round.
        per_effort: How many experts an effort needs.
        by: Who asks.

    Raises:
        Refused: They may not set the panel now.
    """
    require(decide(Act.SET_PANEL, facts_of(by, round_)))
    openings = Openings(by, round_)
    efforts = {each.effort_id: each for each in openings.efforts}
    members = {each.code: each for each in openings.members}
    pairs = [(member, effort) for member in members for effort in efforts]
    hidden = {
        key: openings.loads.get(each.pk, 0)
        - sum(openings.is_assigned(each, effort) for effort in efforts.values())
        for key, each in members.items()
    }
    return assign_balanced(
        efforts=list(efforts),
        most={key: max(0, each.most_efforts - hidden[key]) for key, each in members.items()},
        per_effort=per_effort,
        fit={
            (member, effort): fit_of(
                members[member].person.expertise.splitlines(), topics_of(efforts[effort])
            )
            for member, effort in pairs
        },
        barred={
            (member, effort)
            for member, effort in pairs
            if not openings.is_assigned(members[member], efforts[effort])
            and openings.why_not(members[member], efforts[effort])
        },
        kept={
            (member, effort)
            for member, effort in pairs
            if openings.is_assigned(members[member], efforts[effort])
        },
    )


def assign_efforts(*, round_: Round, pairs: Iterable[tuple[PanelMember, Effort]], by: User) -> int:
    """Give efforts to panel members; letters are drawn by lot. All of it or nothing.

    Conflicts are looked for first, and what is found stays found if nothing is assigned.

    Args:
        round_: The round.
        pairs: Who gets what.
        by: Who assigns.

    Returns:
        How many were assigned.

    Raises:
        Refused: They may not, or somebody cannot be given an effort: conflict, no statement of
            interests, as many efforts as they take.
    """
    require(decide(Act.SET_PANEL, facts_of(by, round_)))
    wanted = list(dict.fromkeys(pairs))
    for person in dict.fromkeys(member.person for member, _ in wanted):
        find_conflicts(round_=round_, person=person, by=by)
    secrets.SystemRandom().shuffle(wanted)
    _assign_all(round_, wanted, by)
    return len(wanted)


@transaction.atomic
def _assign_all(round_: Round, wanted: list[tuple[PanelMember, Effort]], by: User) -> None:
    Round.objects.select_for_update().get(pk=round_.pk)  # one letter each
    openings = Openings(by, round_)
    for member, effort in wanted:
        if why := openings.why_not(member, effort):
            raise Refused(why)
        openings.loads[member.pk] = openings.loads.get(member.pk, 0) + 1
    for member, effort in wanted:
        _assign(member, effort)
    record_event(
        "efforts assigned",
        by=by,
        subject=f"round {round_.slug}",
        round_=round_.slug,
        told={"pairs": sorted(f"{member.code} {effort.effort_id}" for member, effort in wanted)},
    )


def _assign(member: PanelMember, effort: Effort) -> None:
    row = Assignment.objects.filter(member=member, effort=effort).first()
    if row is None:
        Assignment.objects.create(member=member, effort=effort, letter=_free_letter(effort))
    else:
        Assignment.objects.filter(pk=row.pk).update(
            ended_because="", handed_in_at=None, revised_at=None, version=F("version") + 1
        )
    Standing.objects.get_or_create(
        effort=effort,
        person=member.person,
        relation=Relation.ASSIGNED,
        until=None,
        defaults={"because": "assigned"},
    )


def _free_letter(effort: Effort) -> str:
    taken = set(Assignment.objects.filter(effort=effort).values_list("letter", flat=True))
    free = [each for each in letters(len(taken) + 1 + SPARE_LETTERS) if each not in taken]
    return secrets.choice(free)


@transaction.atomic
def end_assignment(*, assignment: Assignment, by: User, reason: str) -> None:
    """Take an effort from a panel member; their answers to it stay, set aside.

    Args:
        assignment: Which.
        by: Who ends it.
        reason: Why.

    Raises:
        Refused: They may not, or it has ended.
    """
    effort = assignment.effort
    require(decide(Act.SET_PANEL, facts_about(by, effort)))
    told = reason.strip()
    changed = Assignment.objects.filter(pk=assignment.pk, ended_because="").update(
        ended_because=told, version=F("version") + 1
    )
    if not told or not changed:
        msg = "It has ended meanwhile." if told else "Say why it ends."
        raise Refused(msg)
    person = assignment.member.person
    aside = Answer.objects.filter(
        effort=effort, member=assignment.member, set_aside_because=""
    ).update(set_aside_because=told)
    Standing.objects.filter(
        effort=effort, person=person, relation=Relation.ASSIGNED, until=None
    ).update(until=timezone.now())
    record_event(
        "assignment ended",
        by=by,
        subject=f"{person.history_name} on {effort.history_name}",
        round_=effort.round.slug,
        reason=told,
        told={"answers set aside": aside},
    )
