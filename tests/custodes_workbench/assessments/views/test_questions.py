import pytest
from django.urls import reverse

from cast import a_workbench_round
from custodes_workbench.access import Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.records import questions_of
from custodes_workbench.rounds.models import Round
from workbench_runs import a_done_run, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.ASSESSMENT, samples=128)


@pytest.fixture
def get(cast, client):
    def got(name, row):
        client.force_login(cast.people[name])
        return client.get(reverse("assessments:questions", args=[row.slug]))

    return got


def test_before_it_was_asked_the_page_offers_it(row, get):
    text = get("anna", row).content.decode()

    assert "Nothing has been worked out yet" in text
    assert "Work it out" in text


def test_questions_come_with_their_value_and_error(cast, row, get):
    run = a_done_run(cast, row, Run.Kind.ASK)

    page = get("anna", row)

    worth = [each for each in questions_of(run).questions if each.distinguishable]
    assert [each for each, _, _ in page.context["worth"]] == worth
    assert "Differences below the standard error are not differences" in page.content.decode()


def test_what_cannot_be_told_apart_shows_no_number(cast, row, get):
    run = a_done_run(cast, row, Run.Kind.ASK)
    unclear = [each for each in questions_of(run).questions if not each.distinguishable]

    page = get("anna", row)

    assert [each for each, _ in page.context["unclear"]] == unclear
    assert f"{len(unclear)} questions whose value is not told apart" in page.content.decode()


def test_a_round_that_changed_since_is_said(cast, row, get):
    a_done_run(cast, row, Run.Kind.ASK)
    Round.objects.filter(pk=row.pk).update(settings={**row.settings, "seed": 7})

    assert "The round has changed since" in get("anna", row).content.decode()


def test_a_run_of_it_is_the_same_page(cast, row, client):
    run = a_done_run(cast, row, Run.Kind.ASK)
    client.force_login(cast.omar)

    assert client.get(run.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("name", ["ada", "rhea", "alan", "adam", "mallory"])
def test_questions_are_not_for(cast, row, get, name):
    a_done_run(cast, row, Run.Kind.ASK)

    assert get(name, row).status_code == 404


def test_a_red_teamer_sees_no_run_of_questions(cast, row, client):
    run = a_done_run(cast, row, Run.Kind.ASK)
    moved(row, Stage.CHALLENGE)
    client.force_login(cast.rhea)

    assert client.get(run.get_absolute_url()).status_code == 404


def test_an_auditor_reads_and_does_not_ask(cast, row, client, get):
    start = reverse("assessments:start", args=[row.slug, "ask"])
    client.force_login(cast.aud)

    refused = client.post(start)
    page = get("aud", row)

    assert refused.status_code == 403
    assert (page.status_code, "Work it out" in page.content.decode()) == (200, False)
