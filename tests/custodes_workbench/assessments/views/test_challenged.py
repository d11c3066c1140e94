import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from challenges import a_challenge
from custodes.judgements import Judgement
from custodes_workbench.access import Stage
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.judgements.models import Answer, Assignment
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

    page = client.get(effect(row)).content.decode()

    assert "It carries no number" in page
    assert "<table" not in page


def test_what_the_panel_answered_anew_since_is_named_without_a_number(cast, client, row):
    a_challenge(cast, row, **NUMBER)
    client.force_login(cast.rhea)
    assert "those that were challenged" in client.get(effect(row)).content.decode()
    day = dt.timedelta(days=1)
    Challenge.objects.update(raised_at=timezone.now() - day, answered_at=timezone.now() + day)
    assignment = Assignment.objects.get(effort__effort_id="first", member__person=cast.ada)
    Assignment.objects.filter(pk=assignment.pk).update(handed_in_at=timezone.now())
    Answer.objects.create(
        member=assignment.member,
        effort=assignment.effort,
        revision=assignment.effort.revision,
        subject="first",
        quantity="accident_cut",
        answer_round=1,
        record=Judgement(
            effort="first", expert="x", quantity="accident_cut", p05=0.1, p50=0.23456, p95=0.3
        ).model_dump(mode="json"),
    )

    page = client.get(effect(row)).content.decode()

    assert "has answered anew since this was raised:</strong> accident cut." in page
    assert "after the answer too" not in page
    assert "0.2345" not in page


def weighed(row, effort="first", **number):
    """Where it is told what a challenge would do that is not raised."""
    return reverse("assessments:weighed", args=[row.slug, effort], query=number or NUMBER)


def test_what_is_not_raised_yet_does_what_it_does_once_raised(cast, client, row):
    a_challenge(cast, row, **NUMBER)
    client.force_login(cast.rhea)

    before, after = client.get(weighed(row)), client.get(effect(row))

    told = [
        [(each.instead, each.among) for each in answer.context["changes"]]
        for answer in (before, after)
    ]
    assert told[0] == told[1]
    assert "It is not raised." in before.content.decode()
    assert Challenge.objects.count() == 1


def test_a_number_that_cannot_be_read_is_told_why(cast, client, row):
    client.force_login(cast.rhea)

    answer = client.get(weighed(row, quantity="success", p05="x", p50="0.1", p95="0.2"))

    assert answer.status_code == 400
    assert "p05" in answer.content.decode()


@pytest.mark.parametrize("name", ["alan", "dina", "aud", "mallory"])
def test_whoever_may_not_challenge_weighs_nothing(cast, client, row, name):
    client.force_login(cast.people[name])

    assert client.get(weighed(row)).status_code in (403, 404)
