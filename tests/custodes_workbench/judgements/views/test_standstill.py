import pytest
from django.utils import timezone

from cast import a_workbench_round
from custodes_workbench.access import Stage
from custodes_workbench.judgements.models import Answer
from custodes_workbench.rounds.models import Round
from workbench_answers import answered, handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.BLIND)


def page(row):
    return f"/rounds/{row.slug}/standstill/"


def sent(client, row, **fields):
    return client.post(page(row), {"version": 1, **fields}, follow=True)


def test_two_officers_stop_roll_back_and_go_on(cast, client, row):
    at = timezone.now()
    answered(cast, row, "ada")
    handed_in(cast, row, "ada")
    client.force_login(cast.omar)
    sent(client, row, freeze="yes", reason="A list of names got out.")
    seen = client.get(f"/rounds/{row.slug}/")
    assert "This round stands still." in seen.content.decode()

    tried = client.get(page(row), {"try": f"{at:%F %H:%M:%S}"})
    assert "1 answer of 1 expert about 1 effort set aside" in tried.content.decode()
    sent(client, row, rollback="yes", to=f"{at:%F %H:%M:%S}", back_because="Seen.")
    client.force_login(cast.lena)
    assert "This round stands still" in client.get("/").content.decode()
    sent(client, row, version=2, confirm_rollback="yes")
    assert Answer.objects.filter(set_aside_because="").count() == 0
    sent(client, row, version=3, thaw="yes", reason="It is mended.")
    client.force_login(cast.omar)
    last = sent(client, row, version=4, confirm_thaw="yes")

    assert "The round goes on." in last.content.decode()
    assert Round.objects.get(pk=row.pk).frozen_because == ""
    note = client.get(f"{page(row)}{row.standstills.get().pk}/")
    assert "## Notice to publish" in note.content.decode()


def test_a_time_that_is_none_is_told_and_the_text_is_kept(cast, client, row):
    client.force_login(cast.omar)
    sent(client, row, freeze="yes", reason="A leak.")

    tried = client.get(page(row), {"try": "yesterday"})
    answer = sent(client, row, rollback="yes", to="yesterday", back_because="Seen by somebody.")

    assert "is no time" in tried.content.decode()
    assert answer.status_code == 400
    assert "Seen by somebody." in answer.content.decode()


def test_what_changed_meanwhile_is_shown_and_not_overwritten(cast, client, row):
    client.force_login(cast.omar)
    sent(client, row, freeze="yes", reason="A leak.")
    sent(client, row, thaw="yes", reason="It is mended.")
    client.force_login(cast.lena)

    answer = sent(client, row, confirm_thaw="yes")

    assert answer.status_code == 409
    assert Round.objects.get(pk=row.pk).frozen_because == "A leak."


def test_an_expert_meets_the_reason_and_cannot_answer(cast, client, row):
    client.force_login(cast.omar)
    sent(client, row, freeze="yes", reason="A list of names got out.")
    client.force_login(cast.ada)

    seen = client.get(f"/rounds/{row.slug}/efforts/first/estimate/")

    assert "A list of names got out." in seen.content.decode()
    assert client.get(page(row)).status_code == 404
