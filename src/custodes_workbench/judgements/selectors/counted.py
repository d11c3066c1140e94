"""Which answers count: handed in, in time, the newest of each question, and not of an open stage.

Whatever shows or computes with answers of others reads them here, so that one rule holds for all.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from custodes_workbench.access import Stage
from custodes_workbench.judgements.models import Answer, Assignment
from custodes_workbench.judgements.selectors.panel import BECAUSE
from custodes_workbench.rounds.models import Round, RoundStage

_STAGE_OF = {1: Stage.BLIND, 2: Stage.REVISION}
"""In which stage an answer of a round is given."""


def counted_answers(round_: Round, *, effort: int | None = None) -> list[Answer]:
    """The answers that count now, oldest first.

    An answer counts when it was handed in, is not set aside, is the newest of its author to its
    question in its answer round, and when its stage is no longer open. One that was late counts
    from the next close of a judging stage that opened after it was given.

    Args:
        round_: The round.
        effort: The key of one effort; none for all, and for answers about anything else.
    """
    return _counted(round_, effort, aside=("",))


def answers_computed(round_: Round) -> list[Answer]:
    """The answers that count, and those that would but for a conflict, oldest first.

    Only for what is computed: the conflicts that go with them keep them out there, so that the
    result with them can be told beside the one without.

    Args:
        round_: The round.
    """
    return _counted(round_, None, aside=("", BECAUSE))


def _counted(round_: Round, effort: int | None, *, aside: Sequence[str]) -> list[Answer]:
    stages = {Stage(each.name): each for each in round_.stages.all()}
    handed_in = _handed_in(round_)
    newest: dict[tuple[int, str, str, int], Answer] = {}
    for row in _standing(round_, effort, aside):
        about = (row.member_id, row.effort_id)
        if row.effort_id is not None and (*about, row.answer_round) not in handed_in:
            continue
        if stages[_STAGE_OF[row.answer_round]].is_active:
            continue
        if row.is_late and not _entered(row, stages):
            continue
        newest[row.member_id, row.subject, row.quantity, row.answer_round] = row
    return sorted(newest.values(), key=lambda row: (row.at, str(row.pk)))


def _standing(round_: Round, effort: int | None, aside: Sequence[str]) -> QuerySet[Answer]:
    rows = Answer.objects.filter(member__round=round_, set_aside_because__in=aside)
    if effort is not None:
        rows = rows.filter(effort_id=effort)
    return rows.select_related("member").order_by("at", "pk")


def _handed_in(round_: Round) -> set[tuple[int, int, int]]:
    """Member, effort and answer round of what was handed in."""
    found = set()
    for each in Assignment.objects.filter(member__round=round_):
        if each.handed_in_at:
            found.add((each.member_id, each.effort_id, 1))
        if each.revised_at:
            found.add((each.member_id, each.effort_id, 2))
    return found


def _entered(row: Answer, stages: dict[Stage, RoundStage]) -> bool:
    """Whether a judging stage opened after a late answer, and has closed."""
    return any(
        stage.opened_at is not None and stage.opened_at > row.at and stage.closed_at is not None
        for name, stage in stages.items()
        if name in _STAGE_OF.values()
    )
