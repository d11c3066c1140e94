"""Reads of judging: what is computed with, under pseudonyms."""

from __future__ import annotations

from custodes.judgements import CalibrationAnswer, Conflict, Expert, Judgement
from custodes_workbench.efforts.models import Effort
from custodes_workbench.judgements.models import (
    Assignment,
    ConflictOfInterest,
    PanelMember,
    SeedAnswer,
)
from custodes_workbench.judgements.records import conflict_of, expert_of, judgement_of, seed_of
from custodes_workbench.judgements.selectors.counted import answers_computed
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import Reader


def judgements_computed(round_: Round) -> tuple[Judgement, ...]:
    """Every answer that counts or is set aside for a conflict, under its pseudonym.

    Only for `round_of`; a page never shows these.
    """
    names = _names(round_)
    rows = answers_computed(round_)
    return tuple(
        judgement_of(row, expert=names.get((row.member_id, row.effort_id), row.member.code))
        for row in rows
    )


def experts_computed(round_: Round) -> tuple[Expert, ...]:
    """Who was asked, under the pseudonyms of their answers."""
    members = PanelMember.objects.filter(round=round_).select_related("person")
    names = _names(round_)
    own: dict[int, list[str]] = {}
    for (member, _), name in names.items():
        own.setdefault(member, []).append(name)
    return tuple(
        expert_of(member, expert=name)
        for member in members
        for name in dict.fromkeys(
            [member.code] if member.from_folder else sorted(own.get(member.pk, []))
        )
    )


def conflicts_computed(round_: Round) -> tuple[Conflict, ...]:
    """Every conflict of a panel member, under the pseudonyms of their answers."""
    members = {each.person_id: each for each in PanelMember.objects.filter(round=round_)}
    names = _names(round_)
    found: list[Conflict] = []
    for row in ConflictOfInterest.objects.filter(round=round_).select_related("effort"):
        member = members.get(row.person_id)
        if member is None:
            continue
        if member.from_folder:
            found.append(conflict_of(row, expert=member.code))
            continue
        found += [
            conflict_of(row, expert=name)
            for (key, effort), name in names.items()
            if key == member.pk and row.effort_id in (None, effort)
        ]
    return tuple(found)


def seeds_computed(round_: Round) -> tuple[CalibrationAnswer, ...]:
    """Every answer to a seed question; of those who came with a folder."""
    rows = SeedAnswer.objects.filter(member__round=round_).select_related("member")
    return tuple(seed_of(row, expert=row.member.code) for row in rows.order_by("pk"))


def efforts_handed_in_by(reader: Reader, round_: Round) -> frozenset[int]:
    """The keys of the efforts about which a reader has handed in answers of their own.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    if not isinstance(reader, User):
        return frozenset()
    rows = Assignment.objects.filter(member__person=reader, member__round=round_).exclude(
        handed_in_at=None, revised_at=None
    )
    return frozenset(rows.values_list("effort_id", flat=True))


def letters_computed(effort: Effort) -> dict[str, str]:
    """The letter of each expert of an effort, by the pseudonym that is computed with.

    Args:
        effort: The effort.
    """
    rows = Assignment.objects.filter(effort=effort).select_related("member", "effort")
    return {row.computed_as: row.letter for row in rows}


def _names(round_: Round) -> dict[tuple[int, int | None], str]:
    """The pseudonym by member and effort."""
    rows = Assignment.objects.filter(effort__round=round_).select_related("member", "effort")
    return {(row.member_id, row.effort_id): row.computed_as for row in rows}
