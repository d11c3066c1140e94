import pytest
from django.urls import reverse

from challenges import a_challenge
from custodes_workbench.access import Stage
from workbench_runs import a_done_run, moved

pytestmark = pytest.mark.django_db
NUMBER = {"quantity": "success", "p05": 0.0001, "p50": 0.0002, "p95": 0.0003}


@pytest.fixture
def row(cast):
    """The small round, assessed, at the challenges."""
    return moved(a_done_run(cast).round, Stage.CHALLENGE)


def effect(row, challenge="c1"):
    """Where the effect of a challenge is."""
    return reverse("assessments:challenged", args=[row.slug, challenge])


@pytest.mark.parametrize("name", ["omar", "dina", "rhea"])
def test_a_hardly_successful_effort_takes_away_hardly_any_risk(cast, client, row, name):
    a_challenge(cast, row, **NUMBER)
    client.force_login(cast.people[name])

    answer = client.get(effect(row))

    assert answer.status_code == 200
    for each in answer.context["changes"]:
        assert abs(each.instead.mean) < abs(each.now.mean)


def test_the_part_for_the_page_has_no_page_around_it(cast, client, row):
    a_challenge(cast, row, **NUMBER)
    client.force_login(cast.rhea)

    part = client.get(effect(row), headers={"HX-Request": "true"}).content.decode()

    assert "<table" in part
    assert "<html" not in part


@pytest.mark.parametrize("name", ["alan", "mallory", "carl"])
def test_who_sees_no_result_sees_no_effect(cast, client, row, name):
    a_challenge(cast, row, effort="second", **NUMBER)
    client.force_login(cast.people[name])

    assert client.get(effect(row)).status_code == 404


def test_a_challenge_without_a_number_has_no_effect(cast, client, row):
    a_challenge(cast, row)
    client.force_login(cast.omar)

    assert client.get(effect(row)).status_code == 404
