import pytest

from custodes_workbench.access import Refused, Stage
from custodes_workbench.history.models import Entry
from custodes_workbench.judgements import selectors, services
from custodes_workbench.judgements.models import Answer, ReleasedPool
from custodes_workbench.rounds.models import Round
from workbench_answers import a_judged_round, moved, the_effort

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    row = moved(a_judged_round(cast, Stage.DISCUSSION), Stage.PUBLISHED)
    Round.objects.filter(pk=row.pk).update(
        settings={**row.settings, "judgement": {"published_answers": "pooled"}}
    )
    return row


def shown(cast, row):
    effort, reader = the_effort(row), cast.now("mallory")
    services.release_pools(effort=effort, by=reader)
    (found,) = selectors.pooled_visible_to(reader, effort)
    return found


def test_pool_is_released_once_for_the_same_answers(cast, row):
    first, again = shown(cast, row), shown(cast, row)

    assert first.question == again.question
    assert first.as_of is None
    assert ReleasedPool.objects.count() == 1
    assert Entry.objects.filter(action="pools released").count() == 1


def test_answer_set_aside_later_is_not_told_by_subtraction(cast, row):
    before = shown(cast, row)
    Answer.objects.filter(member__person=cast.joan).update(set_aside_because="conflict")

    after = shown(cast, row)

    assert after.question == before.question
    assert after.as_of is not None
    assert ReleasedPool.objects.count() == 1


def test_pool_of_wholly_other_answers_is_released(cast, row):
    before = shown(cast, row)
    for place, answer in enumerate(Answer.objects.all()):
        Answer.objects.filter(pk=answer.pk).update(set_aside_because="typed wrongly")
        Answer.objects.create(
            member=answer.member,
            effort=answer.effort,
            revision=answer.revision,
            subject=answer.subject,
            quantity=answer.quantity,
            answer_round=1,
            record={**answer.record, "p05": 0.01 + 0.001 * place},
        )

    after = shown(cast, row)

    assert after.question.pool.p05 < before.question.pool.p05
    assert after.as_of is None
    assert ReleasedPool.objects.count() == 2


def test_nothing_is_released_of_fewer_than_three(cast, row):
    Answer.objects.filter(member__person=cast.joan).update(set_aside_because="conflict")

    found = shown(cast, row)

    assert found.withheld
    assert not ReleasedPool.objects.exists()


def test_release_is_not_for_who_may_not_see_the_pool(cast, row):
    row = moved(row, Stage.ASSESSMENT)

    with pytest.raises(Refused):
        services.release_pools(effort=the_effort(row), by=cast.now("mallory"))
