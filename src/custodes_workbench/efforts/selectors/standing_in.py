"""Reads of substitutes: who stands in for whom, and who is left to decide about an effort."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from custodes_workbench.access import Relation, Role
from custodes_workbench.efforts.models import Effort, Standing
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import (
    principals_of,
    statement_has_expired,
    substitutes_of,
)
from custodes_workbench.rounds.models import Round


def out_of(efforts: Iterable[int], people: Iterable[User]) -> dict[int, frozenset[int]]:
    """Who cannot act on an effort for a conflict, as keys of people by the effort's.

    Args:
        efforts: Their keys.
        people: Who might act.
    """
    now = timezone.now()
    wanted = list(people)
    expired = {each.pk for each in wanted if statement_has_expired(each)}
    found: dict[int, set[int]] = {effort: set(expired) for effort in efforts}
    rows = Standing.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now),
        effort__in=found,
        person__in=wanted,
        relation__in=(Relation.CONFLICTED, Relation.OWN),
    )
    for effort, person in rows.values_list("effort_id", "person_id"):
        found[effort].add(person)
    return {effort: frozenset(keys) for effort, keys in found.items()}


def is_in_place(role: Role, round_: Round, efforts: Iterable[int]) -> bool:
    """Whether a substitute acts: somebody they stand in for has a conflict, or there is nobody.

    Args:
        role: Such as a decision maker.
        round_: The round.
        efforts: Keys of the efforts that are acted on.
    """
    principals = principals_of(role, round_.slug)
    return not principals or any(out_of(efforts, principals).values())


def nobody_decides(round_: Round, efforts: Iterable[Effort]) -> list[Effort]:
    """The efforts about which every decision maker and every substitute has a conflict.

    Args:
        round_: The round.
        efforts: Of it.
    """
    people = [
        *principals_of(Role.DECISION_MAKER, round_.slug),
        *substitutes_of(Role.DECISION_MAKER, round_.slug),
    ]
    rows = list(efforts)
    out = out_of([each.pk for each in rows], people)
    keys = {each.pk for each in people}
    return [each for each in rows if keys and keys <= out[each.pk]]


def substitute_decides(effort: Effort) -> bool:
    """Whether a substitute decides about an effort, since a decision maker has a conflict."""
    principals = principals_of(Role.DECISION_MAKER, effort.round.slug)
    return bool(out_of([effort.pk], principals)[effort.pk])
