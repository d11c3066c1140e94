"""Writes of a `conflicts.csv`: what it states and what it rules, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from custodes.errors import Fault, InputError
from custodes.judgements import Conflict
from custodes_workbench.access import Act, Refused, decide, require
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import efforts_visible_to
from custodes_workbench.history.services import record_event
from custodes_workbench.judgements.models import ConflictOfInterest
from custodes_workbench.judgements.selectors.panel import may_rule_on
from custodes_workbench.judgements.selectors.report import people_filed
from custodes_workbench.judgements.services.effects import follow_conflicts
from custodes_workbench.judgements.services.rulings import RulingGiven, decide_conflict
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of

FILE = "conflicts.csv"
"""How faults name the file."""


@dataclass(frozen=True, slots=True)
class ConflictsTaken:
    """What became of a file."""

    new: int
    """Conflicts that were not known."""
    ruled: int
    """Rulings that hold."""
    waiting: int
    """Rulings that clear a conflict, and wait for a second person."""


@transaction.atomic
def take_conflicts(
    *, round_: Round, conflicts: Sequence[Conflict], rows: Sequence[int], by: User
) -> ConflictsTaken:
    """Add the conflicts of a file that are not known, and rule as it says.

    What is in the file and known already is not added again; a ruling that stands so already is
    not given again. Who decided, and when, is who sends the file, now.

    Args:
        round_: The round.
        conflicts: As the library read them.
        rows: The row of each, as a spreadsheet counts.
        by: Who sends the file.

    Raises:
        Refused: They may not decide conflicts.
        InputError: Somebody or something in it is not of this round, a ruling has no reason, or
            is not theirs to give; nothing is kept then.
    """
    require(decide(Act.DECIDE_CONFLICT, facts_of(by, round_)))
    people = people_filed(round_)
    efforts = {each.effort_id: each for each in efforts_visible_to(by, round_)}
    placed = list(zip(rows, conflicts, strict=True))
    faults = [fault for row, each in placed for fault in _faults(row, each, people, efforts)]
    if faults:
        raise InputError(faults)
    new = ruled = waiting = 0
    for row, each in placed:
        person = people[each.expert]
        found, made = _known(round_, each, person, efforts.get(each.effort))
        new += made
        if not each.decided or _stands(found, each):
            continue
        if _rule(found, each, by=by, row=row):
            ruled += 1
        else:
            waiting += 1
    for person in {people[each.expert].pk: people[each.expert] for each in conflicts}.values():
        follow_conflicts(round_=round_, person=person)
    record_event(
        "conflicts read from a file",
        by=by,
        subject=f"round {round_.slug}",
        round_=round_.slug,
        told={"rows": len(conflicts), "new": new, "ruled": ruled, "waiting": waiting},
    )
    return ConflictsTaken(new, ruled, waiting)


def _faults(
    row: int, each: Conflict, people: Mapping[str, User], efforts: Mapping[str, Effort]
) -> Iterator[Fault]:
    def fault(message: str, cure: str, field: str) -> Fault:
        return Fault(message=message, cure=cure, file=FILE, row=row, field=field)

    if each.expert not in people:
        cure = "write a code of the panel, or person- and a number, as the file you take away does"
        yield fault(f"'{each.expert}' is nobody of this round", cure, "expert")
    if each.effort and each.effort not in efforts:
        cure = "write the id of an effort; empty is the whole round"
        yield fault(f"'{each.effort}' is no effort of this round", cure, "effort")
    if each.decided and not each.reason.strip():
        yield fault("a ruling has no reason", "say why", "reason")
    if each.dismissed == "yes" and each.decided != "none":
        yield fault("what is dismissed keeps nobody out", "decide none as well", "decided")


def _known(
    round_: Round, each: Conflict, person: User, effort: Effort | None
) -> tuple[ConflictOfInterest, bool]:
    same = {
        "round": round_,
        "person": person,
        "effort": effort,
        "type": each.type,
        "declared": each.declared == "yes",
        "rule": each.rule,
        "text": each.evidence,
    }
    rest = {"since": each.from_, "until": each.to, "strength": each.strength}
    return ConflictOfInterest.objects.get_or_create(**same, defaults=rest)


def _stands(found: ConflictOfInterest, each: Conflict) -> bool:
    there = (found.decided, found.dismissed, found.pinned, found.weight)
    wanted = (each.decided, each.dismissed == "yes", each.pinned == "yes", each.weight)
    return there == wanted or each.type == "none"


def _rule(found: ConflictOfInterest, each: Conflict, *, by: User, row: int) -> bool:
    current = ConflictOfInterest.objects.select_related("round", "person", "effort").get(
        pk=found.pk
    )
    if not may_rule_on(by, current):
        message = "is not yours to decide: it is your own conflict, or touches one"
        cure = "leave the column empty; another officer decides it"
        raise InputError([Fault(message=message, cure=cure, file=FILE, row=row, field="decided")])
    given = RulingGiven(
        decided=each.decided,
        reason=each.reason,
        pinned=each.pinned == "yes",
        dismissed=each.dismissed == "yes",
        weight=each.weight,
    )
    try:
        return decide_conflict(conflict=current, given=given, by=by, version=current.version)
    except Refused as refused:
        raise InputError(
            [Fault(message=str(refused), cure="leave it empty", file=FILE, row=row)]
        ) from refused
