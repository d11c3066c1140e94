"""Writes of conflicts of interest: finding them by rule, deciding them, and what follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes.judgements import potential_conflicts
from custodes_workbench.access import Act, Refused, Relation, decide, require
from custodes_workbench.efforts.models import Effort, Standing
from custodes_workbench.efforts.selectors import efforts_computed
from custodes_workbench.history.services import record_event
from custodes_workbench.judgements.models import Answer, Assignment, ConflictOfInterest
from custodes_workbench.judgements.records.known import known_effort, known_person
from custodes_workbench.judgements.selectors.panel import BECAUSE, facts_on_conflict, keeps_out
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round

FROM_FOLDER = "came with the folder"
"""How a standing says that it was read in."""
_STANDS = ("declared", "strength", "weight")
"""What a folder says of a conflict that a ruling here does not replace."""
KEPT_OUT = ("recuse", "block")
"""Rulings that keep somebody out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingGiven:
    """A ruling as it was given."""

    decided: str
    reason: str
    pinned: bool = False
    dismissed: bool = False


@transaction.atomic
def find_conflicts(
    *, round_: Round, person: User, by: User, ties: Iterable[str] = ()
) -> list[ConflictOfInterest]:
    """Look for conflicts of a person by rule, and keep what is new; nothing found is forgotten.

    Args:
        round_: The round.
        person: Who might judge, or does.
        by: Who asks for it; the person themselves when they state their interests.
        ties: Organisations and people that they say they have a tie with.

    Returns:
        What was not known before.
    """
    efforts = {each.effort_id: each for each in efforts_computed(round_)}
    seen = set(
        ConflictOfInterest.objects.filter(round=round_, person=person).values_list(
            "effort__effort_id", "rule", "text"
        )
    )
    known = known_person(person, ties=ties)
    found: list[tuple[Effort, str, str, str]] = [
        (efforts[each.effort], each.type, each.rule, each.evidence)
        for each in potential_conflicts(known, map(known_effort, efforts.values()))
    ]
    found += _by_application(person, efforts.values())
    new = [
        ConflictOfInterest.objects.create(
            round=round_,
            person=person,
            effort=effort,
            type=type_,
            declared=False,
            rule=rule,
            text=evidence,
        )
        for effort, type_, rule, evidence in dict.fromkeys(found)
        if (effort.effort_id, rule, evidence) not in seen
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


def _by_application(person: User, efforts: Iterable[Effort]) -> list[tuple[Effort, str, str, str]]:
    """Whoever applied in this round stands to their own effort, and competes with the others."""
    rows = list(efforts)
    own = [each for each in rows if each.applicant_id == person.pk]
    if not own:
        return []
    others = [each for each in rows if each not in own]
    told = ", ".join(each.effort_id for each in own)
    return [
        *((each, "professional", "applied for it", each.effort_id) for each in own),
        *((each, "competitor", "applied in this round", told) for each in others),
    ]


@transaction.atomic
def decide_conflict(
    *, conflict: ConflictOfInterest, given: RulingGiven, by: User, version: int
) -> None:
    """Decide what a conflict means; what was declared stays as it was declared.

    Args:
        conflict: Which.
        given: The ruling.
        by: Who decides.
        version: Of the conflict as the person saw it.

    Raises:
        Refused: They may not, or have a conflict of their own here.
        ChangedMeanwhileError: Somebody else has decided meanwhile.
    """
    require(decide(Act.DECIDE_CONFLICT, facts_on_conflict(by, conflict)))
    if conflict.person_id == by.pk and not by.alone:
        msg = "Nobody decides a conflict of their own; another officer has to."
        raise Refused(msg)
    changed = ConflictOfInterest.objects.filter(pk=conflict.pk, version=version).update(
        decided=given.decided,
        dismissed=given.dismissed,
        pinned=given.pinned,
        reason=given.reason,
        decided_by=by,
        decided_at=timezone.now(),
        as_read={name: conflict.as_read[name] for name in _STANDS if name in conflict.as_read},
        version=F("version") + 1,
    )
    if not changed:
        raise ChangedMeanwhileError
    follow_conflicts(round_=conflict.round, person=conflict.person)
    record_event(
        "conflict dismissed" if given.dismissed else "conflict decided",
        by=by,
        subject=f"conflict {conflict.pk} of {conflict.person.history_name}",
        round_=conflict.round.slug,
        reason=given.reason,
        by_one_person=by.alone and conflict.person_id == by.pk,
        told={"decided": given.decided, "pinned": given.pinned},
    )


def follow_conflicts(*, round_: Round, person: User) -> None:
    """Let every effect of a person's conflicts hold, from the next request on.

    An undecided one keeps out as a decided one does. Answers are set aside only by a decision,
    and count again when it is lifted.
    """
    rows = list(ConflictOfInterest.objects.filter(round=round_, person=person))
    efforts = set(Effort.objects.filter(round=round_).values_list("pk", flat=True))
    out = {
        effort
        for row in rows
        if keeps_out(row)
        for effort in (efforts if row.effort_id is None else {row.effort_id})
    }
    decided = {
        effort
        for row in rows
        if keeps_out(row) and row.decided in KEPT_OUT
        for effort in (efforts if row.effort_id is None else {row.effort_id})
    }
    _stand(round_, person, out=out)
    _set_aside(person, efforts=decided, before="", after=BECAUSE)
    _set_aside(person, efforts=efforts - decided, before=BECAUSE, after="")


def _stand(round_: Round, person: User, *, out: set[int]) -> None:
    standing = Standing.objects.filter(
        effort__round=round_, person=person, relation=Relation.CONFLICTED, until=None
    )
    held = set(standing.values_list("effort_id", flat=True))
    for effort in out - held:
        Standing.objects.create(
            effort_id=effort, person=person, relation=Relation.CONFLICTED, because=BECAUSE
        )
    ours = standing.filter(because__in=(BECAUSE, FROM_FOLDER))
    ours.exclude(effort__in=out).update(until=timezone.now())


def _set_aside(person: User, *, efforts: set[int], before: str, after: str) -> None:
    Answer.objects.filter(
        effort__in=efforts, member__person=person, set_aside_because=before
    ).update(set_aside_because=after)
    Assignment.objects.filter(
        effort__in=efforts, member__person=person, ended_because=before
    ).update(ended_because=after, version=F("version") + 1)
