"""Writes of what readers of aggregates are shown, so that no two pools tell of one answer."""

from __future__ import annotations

from django.db import transaction

from custodes_workbench.access import Act, decide, require
from custodes_workbench.efforts.models import Effort
from custodes_workbench.history.services import record_event
from custodes_workbench.judgements import selectors
from custodes_workbench.judgements.models import ReleasedPool
from custodes_workbench.people.models import User


@transaction.atomic
def release_pools(*, effort: Effort, by: User) -> None:
    """Release each pool of an effort that may be shown beside what was shown before.

    It may if at least three experts stand behind it, and if its answers equal those of an earlier
    release or differ from every earlier one in the answers of at least three experts.

    Args:
        effort: The effort.
        by: Who asks to see it.

    Raises:
        Refused: They may not see the pooled judgement.
    """
    require(decide(Act.SEE_POOLED, selectors.facts_of_judge(by, effort)))
    Effort.objects.select_for_update().get(pk=effort.pk)
    behind = selectors.answers_behind(effort)
    released = 0
    for question in selectors.pooled_questions(effort):
        told = selectors.for_reader_of_aggregates(question)
        answers = behind.get(question.quantity, {})
        before = selectors.released_pools(effort, question.quantity)
        if told.withheld or not all(_far_apart(answers, each.answers) for each in before):
            continue
        ReleasedPool.objects.create(
            effort=effort,
            quantity=question.quantity,
            answers=answers,
            record=told.question.model_dump(mode="json"),
        )
        released += 1
    if released:
        record_event(
            "pools released",
            by=by,
            subject=effort.history_name,
            round_=effort.round.slug,
            told={"questions": released},
        )


def _far_apart(one: dict[str, list[str]], other: dict[str, list[str]]) -> bool:
    """Whether at least three experts' answers differ between two pools."""
    letters = {*one, *other}
    return sum(one.get(each) != other.get(each) for each in letters) >= selectors.FEWEST
