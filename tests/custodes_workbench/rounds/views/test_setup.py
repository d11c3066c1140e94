import pytest
from django.urls import reverse

from cast import a_workbench_round
from custodes_workbench.access import Stage
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import settings_of

pytestmark = pytest.mark.django_db
NEW = {
    "title": "Round two",
    "institution": "An institute",
    "budget": "1000000",
    "currency": "USD",
    "horizon": "2050",
    "verdict": "risk",
    "p_raises_risk": "0.25",
    "conditions_cost_share": "0.15",
    "published_answers": "pseudonym",
    "samples": "4096",
    "seed": "0",
    "worldviews": ["central", "cautious"],
}


def test_an_officer_starts_a_blank_round(cast, client):
    client.force_login(cast.omar)

    answer = client.post(reverse("rounds:new"), NEW)

    row = Round.objects.get()
    assert (answer.status_code, answer.url) == (302, row.get_absolute_url())
    assert settings_of(row).worldviews == ("central", "cautious")
    assert row.stage_name is Stage.SET_UP


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"samples": "1000"}, "1000 is not a power of two"),
        ({"currency": "GBP"}, "give it, with its day and source"),
        ({"budget": "-1"}, "Budget"),
        ({"p_raises_risk": "3"}, "at most this share"),
    ],
)
def test_what_the_library_refuses_is_told_beside_the_field(cast, client, change, told):
    client.force_login(cast.omar)

    answer = client.post(reverse("rounds:new"), NEW | change)

    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert "Round two" in answer.content.decode()
    assert not Round.objects.exists()


@pytest.mark.parametrize("who", ["dina", "ada", "mallory", "aud"])
def test_others_start_none(cast, client, who):
    client.force_login(cast.people[who])

    assert client.post(reverse("rounds:new"), NEW).status_code == 404


def test_the_settings_are_a_file_that_reads_back(cast, client, tmp_path):
    row = a_workbench_round(cast, Stage.SET_UP)
    client.force_login(cast.omar)

    answer = client.get(reverse("rounds:settings", args=[row.slug]) + "?as=toml")

    assert b'title = "A round"' in answer.content
    assert answer["Content-Disposition"] == 'attachment; filename="round.toml"'
    del tmp_path


def test_dates_are_set_and_faults_are_told_at_their_stage(cast, client):
    row = a_workbench_round(cast, Stage.SET_UP)
    client.force_login(cast.omar)
    url = reverse("rounds:stages", args=[row.slug])
    wrong = {"blind-opens_at": "2027-03-02 09:00", "blind-closes_at": "2027-03-01 09:00"}

    bad = client.post(url, {"dates": "yes", "version": row.version, **wrong})
    good = client.post(
        url, {"dates": "yes", "version": row.version, "blind-closes_at": "2027-03-01 09:00"}
    )

    assert (bad.status_code, good.status_code) == (400, 302)
    assert "it closes before it opens" in bad.content.decode()
    assert row.stages.get(name="blind").closes_at.isoformat() == "2027-03-01T09:00:00+00:00"
