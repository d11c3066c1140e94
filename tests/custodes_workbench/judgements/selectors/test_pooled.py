import pytest

from cast import a_workbench_round
from custodes.judgements import pool
from custodes_workbench.access import Stage
from custodes_workbench.efforts.models import Effort
from custodes_workbench.judgements.selectors import for_reader_of_aggregates
from custodes_workbench.judgements.selectors.pooled import pooled_questions, spread_of
from panels import a_conflict, rule_on
from round_records import a_round, an_effort, answers
from workbench_runs import answered


def question(*, blind=5, revised=(), usable=True):
    first = [
        answers("a", f"e{n}", success=(0.1 + 0.01 * n, 0.3, 0.6 + 0.01 * n))[0]
        for n in range(blind)
    ]
    second = [
        answers("a", f"e{n}", success=(0.2, 0.5, 0.7))[0].model_copy(update={"round": 2})
        for n in revised
    ]
    assert usable
    (found,) = pool(a_round(an_effort("a"), judgements=(*first, *second))).questions
    return found


def test_aggregate_holds_no_single_expert_camp_spread_or_count():
    found = for_reader_of_aggregates(question())

    told = found.question
    assert not found.withheld
    assert (told.experts, told.camps, told.spread, told.notes) == ((), None, None, ())
    assert set(told.counts.model_dump().values()) == {0}


@pytest.mark.parametrize(
    ("revised", "both"), [((), True), ((0,), False), ((0, 1), False), ((0, 1, 2), True)]
)
def test_both_rounds_are_told_only_if_nobody_or_three_revised(revised, both):
    told = for_reader_of_aggregates(question(revised=revised)).question

    assert (told.blind is not None) is both


def test_newcomer_of_the_second_round_is_not_told_by_subtraction():
    told = for_reader_of_aggregates(question(blind=4, revised=(4,))).question

    assert told.pool is not None
    assert told.pool.experts == 5
    assert told.blind is None


@pytest.mark.parametrize("number", [1, 2])
def test_aggregate_of_fewer_than_three_is_withheld_whole(number):
    found = for_reader_of_aggregates(question(blind=number))

    assert found.withheld
    assert found.pools == ()
    assert (found.question.curve, found.question.methods) == ((), {})


def test_method_that_leaves_somebody_out_is_not_told():
    told = for_reader_of_aggregates(question(blind=6)).question

    assert all(each.experts == 6 for each in told.methods.values())


@pytest.mark.django_db
def test_an_answer_that_a_conflict_sets_aside_stands_beside_and_not_in_the_picture(cast):
    row = a_workbench_round(cast, Stage.ASSESSMENT)
    for person, share in ((cast.ada, 0.2), (cast.grace, 0.4), (cast.joan, 0.6)):
        answered(row, "first", person, success=(share / 2, share, (1 + share) / 2))
    rule_on(a_conflict(row, cast.ada), cast, "recuse")
    effort = Effort.objects.get(round=row, effort_id="first")

    (question,) = pooled_questions(effort)
    picture = spread_of(cast.now("omar"), effort, "success")

    assert (question.pool.experts, question.with_conflicted.experts) == (2, 3)
    assert question.counts.set_aside == 1
    assert "Expert C" not in str(picture)
