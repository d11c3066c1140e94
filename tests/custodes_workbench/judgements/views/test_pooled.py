import pytest

from answers import bare
from custodes_workbench.access import Stage
from custodes_workbench.judgements.models import Assignment
from custodes_workbench.rounds.models import Round
from workbench_answers import a_judged_round, address, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    return a_judged_round(
        cast, Stage.DISCUSSION, numbers=dict.fromkeys(["ada", "grace", "joan"], (0.1, 0.3, 0.6))
    )


@pytest.fixture
def page(row):
    return address(row, "judgement")


def pooled_only(row):
    Round.objects.filter(pk=row.pk).update(
        settings={**row.settings, "judgement": {"published_answers": "pooled"}}
    )


def test_pool_of_equal_answers_is_that_answer(cast, client, page):
    client.force_login(cast.ada)

    ((found, name),) = client.get(page).context["questions"]

    pool = found.question.pool
    assert name == "Success"
    assert (pool.p05, pool.p50, pool.p95) == pytest.approx((0.1, 0.3, 0.6), rel=1e-6)
    assert pool.experts == 3


def test_page_shows_methods_disagreement_rounds_and_basis(cast, client, page):
    client.force_login(cast.omar)

    text = client.get(page).content.decode()

    for told in ("vincent:", "Disagreement:", "blind answers", "Basis: <strong>mixed", "3 usable"):
        assert told in text


@pytest.mark.parametrize("name", ["carl", "mallory", "alan", "rhea", "dina"])
def test_pool_is_not_there_for_who_may_not_see_it(cast, client, row, page, name):
    client.force_login(cast.people[name])

    answer = client.get(page)

    assert answer.status_code == 404
    assert bare(answer) == bare(client.get(address(row, "judgement", effort="none")))


@pytest.mark.parametrize("name", ["ada", "lena", "omar", "aud", "dina"])
def test_nobody_sees_a_pool_before_the_close(cast, client, row, page, name):
    moved(row, Stage.BLIND)
    client.force_login(cast.people[name])

    assert client.get(page).status_code == 404


def test_reader_of_aggregates_gets_none_of_fewer_than_three(cast, client, row, page):
    Assignment.objects.filter(member__person=cast.joan).update(handed_in_at=None)
    pooled_only(moved(row, Stage.PUBLISHED))
    client.force_login(cast.mallory)

    text = client.get(page).content.decode()

    assert "withheld: fewer than 3 experts" in text
    assert not any(number in text for number in ("0.3<", "0.1<", "2 usable"))


def test_reader_of_aggregates_gets_the_pool_of_three_and_no_counts(cast, client, row, page):
    pooled_only(moved(row, Stage.PUBLISHED))
    client.force_login(cast.mallory)

    text = client.get(page).content.decode()

    assert "withheld" not in text
    assert "0.3<" in text
    assert "usable" not in text
    assert "Answers by letter" not in text
