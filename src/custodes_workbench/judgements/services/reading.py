"""Writes of judging: the panel and answers that come with a folder."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from custodes.judgements import CalibrationAnswer, Conflict
from custodes.rounds import Round as LibraryRound
from custodes_workbench.access import Act, Relation, decide, require
from custodes_workbench.efforts.models import Effort, Standing
from custodes_workbench.history.services import record_event
from custodes_workbench.judgements.models import (
    Answer,
    Assignment,
    ConflictOfInterest,
    PanelMember,
    SeedAnswer,
)
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of

_COLUMNS = ("decided_by", "decided_at")
"""Columns of `conflicts.csv` that have no column of their own here."""


@transaction.atomic
def read_in_panel(*, row: Round, round_: LibraryRound, by: User) -> None:
    """Store the experts, answers, conflicts and seed answers of a round that was read in.

    Its experts become people without accounts; their letters are drawn by lot for each effort.

    Args:
        row: The round, with its efforts.
        round_: As the library read it.
        by: Who reads it in.

    Raises:
        Refused: They may not set the panel of this round.
    """
    require(decide(Act.SET_PANEL, facts_of(by, row)))
    members = _members(row, round_)
    efforts = {each.effort_id: each for each in row.efforts.prefetch_related("revisions")}
    _assign(round_, members, efforts)
    for answer in round_.judgements:
        if answer.effort.startswith("claim:"):  # kept with the claims
            continue
        effort = efforts.get(answer.effort)
        Answer.objects.create(
            member=members[answer.expert],
            effort=effort,
            revision=effort.revision if effort else None,
            subject=answer.effort,
            quantity=answer.quantity,
            answer_round=answer.round,
            record=answer.model_dump(mode="json"),
        )
    for conflict in round_.conflicts:
        _store_conflict(row, conflict, members, efforts)
    _store_seeds(round_.calibration, members)
    told = {"experts": len(members), "answers": len(round_.judgements)}
    record_event("panel read in", by=by, subject=f"round {row.slug}", round_=row.slug, told=told)


def _members(row: Round, round_: LibraryRound) -> dict[str, PanelMember]:
    known = {str(each.expert): each for each in round_.experts}
    names = dict.fromkeys(
        [
            *known,
            *(each.expert for each in round_.judgements),
            *(each.expert for each in round_.calibration),
            *(each.expert for each in round_.conflicts),
        ]
    )
    now = timezone.now()
    members = {}
    for name in names:
        expert = known.get(name)
        person = User(name=name)
        person.set_unusable_password()
        if expert is not None:
            person.expertise = "\n".join(expert.expertise)
            person.affiliations = "\n".join(expert.affiliations)
            person.interests = expert.interests
        person.save(force_insert=True)
        members[name] = PanelMember.objects.create(
            round=row,
            person=person,
            code=name,
            from_folder=True,
            state=PanelMember.State.ACCEPTED,
            weight=expert.weight if expert else 1.0,
            answered_at=now,
            statement_at=now if any(each.expert == name for each in round_.conflicts) else None,
        )
    return members


def _assign(
    round_: LibraryRound, members: dict[str, PanelMember], efforts: dict[str, Effort]
) -> None:
    judging: dict[str, list[str]] = {}
    for answer in round_.judgements:
        if answer.effort in efforts:
            experts = judging.setdefault(answer.effort, [])
            if answer.expert not in experts:
                experts.append(answer.expert)
    second = {(each.effort, each.expert) for each in round_.judgements if each.round > 1}
    now = timezone.now()
    for effort, experts in judging.items():
        secrets.SystemRandom().shuffle(experts)
        for letter, expert in zip(letters(len(experts)), experts, strict=True):
            Assignment.objects.create(
                member=members[expert],
                effort=efforts[effort],
                letter=letter,
                handed_in_at=now,
                revised_at=now if (effort, expert) in second else None,
            )
            Standing.objects.create(
                effort=efforts[effort],
                person=members[expert].person,
                relation=Relation.ASSIGNED,
                because="came with the folder",
            )


def letters(number: int) -> list[str]:
    """Letters for so many experts: A to Z, then AA, AB.

    >>> letters(3)
    ['A', 'B', 'C']
    """
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    single = list(alphabet[:number])
    return single + [
        f"{alphabet[each // 26]}{alphabet[each % 26]}" for each in range(max(0, number - 26))
    ]


def _store_conflict(
    row: Round,
    conflict: Conflict,
    members: dict[str, PanelMember],
    efforts: dict[str, Effort],
) -> None:
    told = conflict.model_dump(mode="json")
    ConflictOfInterest.objects.create(
        round=row,
        person=members[conflict.expert].person,
        effort=efforts.get(conflict.effort),
        type=conflict.type,
        declared=conflict.declared == "yes",
        decided=conflict.decided,
        reason=conflict.reason,
        rule=conflict.rule,
        text=conflict.evidence,
        dismissed=conflict.dismissed == "yes",
        pinned=conflict.pinned == "yes",
        strength=conflict.strength,
        weight=conflict.weight,
        since=conflict.from_,
        until=conflict.to,
        as_read={
            **{name: told[name] for name in _COLUMNS if told[name]},
            **{name: told[name] for name in ("declared", "dismissed", "pinned")},
        },
    )
    effort = efforts.get(conflict.effort)
    if conflict.keeps_out and effort is not None:
        Standing.objects.get_or_create(
            effort=effort,
            person=members[conflict.expert].person,
            relation=Relation.CONFLICTED,
            until=None,
            defaults={"because": "came with the folder"},
        )


def _store_seeds(seeds: Sequence[CalibrationAnswer], members: dict[str, PanelMember]) -> None:
    for seed in seeds:
        SeedAnswer.objects.create(member=members[seed.expert], record=seed.model_dump(mode="json"))
