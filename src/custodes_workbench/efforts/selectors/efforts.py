"""Reads of efforts: how a person stands to one, and which they see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db.models import Q, QuerySet
from django.utils import timezone

from custodes.disclosure import is_public
from custodes.efforts import Effort as EffortRecord
from custodes_workbench.access import Act, Facts, Purpose, Relation, Role, decide
from custodes_workbench.efforts.models import Effort, Revision, Standing
from custodes_workbench.efforts.records import record_of, without_applicant
from custodes_workbench.efforts.selectors.standing_in import is_in_place
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import statement_has_expired, substitute_roles
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import Reader, facts_of

STRICTEST = (Relation.CONFLICTED, Relation.OWN, Relation.ASSIGNED)
"""Where several hold, the first of these counts."""


def relations_in(reader: Reader, round_: Round) -> dict[int, Relation]:
    """How a reader stands to each effort of a round, by the effort's key; strangers left out.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    if not isinstance(reader, User):
        return {}
    now = timezone.now()
    rows = Standing.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now), person=reader, effort__round=round_
    )
    held: dict[int, Relation] = {}
    if reader.alone:
        # one person holds every role, so that the role acted in says how they stand
        rows = rows.filter(relation=Relation.CONFLICTED)
        if reader.acting_as in (Role.EXPERT, Role.APPLICANT):
            own = Relation.ASSIGNED if reader.acting_as == Role.EXPERT else Relation.OWN
            held = dict.fromkeys(round_.efforts.values_list("pk", flat=True), own)
    elif statement_has_expired(reader):
        # what is over is as unknown as what was never said, and unknown keeps out
        everything = round_.efforts.exclude(applicant=reader)
        held = dict.fromkeys(everything.values_list("pk", flat=True), Relation.CONFLICTED)
    for effort, relation in rows.values_list("effort_id", "relation"):
        stands = [held[effort]] if effort in held else []
        held[effort] = min([*stands, Relation(relation)], key=STRICTEST.index)
    return held


def facts_about(reader: Reader, effort: Effort, *, own_handed_in: bool = False) -> Facts:
    """What a ruling about an effort is made from.

    Args:
        reader: Signed in or not.
        effort: The effort.
        own_handed_in: Whether the reader has handed in an answer of their own about it.
    """
    relation = relations_in(reader, effort.round).get(effort.pk, Relation.STRANGER)
    facts = facts_of(reader, effort.round, relation=relation, own_handed_in=own_handed_in)
    return as_substitute(reader, effort.round, facts, [effort.pk])


def as_substitute(reader: Reader, round_: Round, facts: Facts, efforts: Iterable[int]) -> Facts:
    """The facts of somebody who may be a substitute: who acts where another has a conflict.

    Args:
        reader: Signed in or not.
        round_: The round.
        facts: Of the reader, but for this.
        efforts: Keys of the efforts that are acted on.
    """
    if not isinstance(reader, User) or reader.alone:
        return facts
    roles = substitute_roles(reader, round_.slug)
    if not roles:
        return facts
    keys = list(efforts)
    in_place = {role for role in roles if is_in_place(role, round_, keys)}
    return replace(facts, roles=facts.roles | in_place, standing_by=roles - in_place)


def efforts_visible_to(
    reader: Reader, round_: Round, purpose: Purpose = Purpose.PAGE
) -> QuerySet[Effort]:
    """The efforts of a round that a reader sees, in the order of the round.

    What has not gone to the panel is seen by those who run the round and by who applied. It does
    not become public, and neither does an effort with a handling mark.

    Args:
        reader: Signed in or not.
        round_: The round.
        purpose: What the reading is for.
    """
    everything = (
        Effort.objects.filter(round=round_).select_related("round").prefetch_related("revisions")
    )
    if purpose is Purpose.COMPUTE:
        return everything.none()
    relations = relations_in(reader, round_)
    facts = facts_of(reader, round_)
    seen = [
        effort.pk
        for effort in Effort.objects.filter(round=round_).prefetch_related("revisions")
        for relation in [relations.get(effort.pk, Relation.STRANGER)]
        if decide(_act_of_reading(effort), replace(facts, relation=relation))
    ]
    return everything.filter(pk__in=seen)


def _act_of_reading(effort: Effort) -> Act:
    if effort.state != Effort.State.ACCEPTED:
        return Act.SEE_APPLICATION
    open_ = is_public(effort.revision.record.get("handling", ""))
    return Act.SEE_EFFORT if open_ else Act.SEE_MARKED_EFFORT


def records_shown_to(reader: Reader, round_: Round) -> Iterator[tuple[Effort, EffortRecord]]:
    """Every effort of a round that a reader sees, with what it says now, applicants as allowed.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    relations = relations_in(reader, round_)
    for effort in efforts_visible_to(reader, round_, Purpose.LIST):
        relation = relations.get(effort.pk, Relation.STRANGER)
        named = decide(Act.SEE_APPLICANT, facts_of(reader, round_, relation=relation))
        record = record_of(effort.revision)
        yield effort, record if named else without_applicant(record)


def record_shown_to(reader: Reader, effort: Effort, revision: Revision) -> EffortRecord:
    """What a revision says, without the applicant for those who may not know.

    Args:
        reader: Signed in or not; sees the effort.
        effort: The effort.
        revision: One of its revisions.
    """
    record = record_of(revision)
    if decide(Act.SEE_APPLICANT, facts_about(reader, effort)):
        return record
    return without_applicant(record)


def efforts_computed(round_: Round) -> QuerySet[Effort]:
    """The efforts that enter an assessment: what went to the panel.

    Only for `round_of`; a page never shows these rows.
    """
    return Effort.objects.filter(round=round_, state=Effort.State.ACCEPTED).prefetch_related(
        "revisions"
    )
