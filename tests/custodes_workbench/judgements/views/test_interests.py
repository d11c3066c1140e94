import pytest
from django.urls import reverse
from django.utils import timezone

from cast import a_workbench_round
from custodes_workbench.judgements.models import ConflictOfInterest, Interest
from custodes_workbench.people.models import User

pytestmark = pytest.mark.django_db
PAGE = "/interests/"
TIE = {"does": "add", "type": "employer", "with_whom": "Engine Lab", "since": "2020-01-01"}


def test_somebody_declares_takes_back_and_renews(cast, client):
    client.force_login(cast.dina)

    client.post(PAGE, TIE)
    tie = Interest.objects.get()
    shown = client.get(PAGE).content.decode()
    client.post(PAGE, {"does": "take back", "interest": tie.pk})
    client.post(PAGE, {"does": "renew", "complete": "on", "aliases": "D. D."})

    tie.refresh_from_db()
    dina = User.objects.get(pk=cast.dina.pk)
    assert "Employer: Engine Lab" in shown
    assert tie.taken_back_at is not None
    assert (dina.interests_stated_on, dina.aliases) == (timezone.localdate(), "D. D.")


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        (TIE | {"until": "2019-01-01"}, "before it began"),
        (TIE | {"with_whom": ""}, "required"),
        ({"does": "renew"}, "say that it is complete"),
    ],
)
def test_what_does_not_fit_is_sent_back(cast, client, told, wrong):
    client.force_login(cast.dina)

    answer = client.post(PAGE, told)

    assert answer.status_code == 400
    assert wrong in answer.content.decode()


def test_nobody_sees_or_takes_back_what_others_declared(cast, client):
    client.force_login(cast.dina)
    client.post(PAGE, TIE)
    client.force_login(cast.omar)

    shown = client.get(PAGE).content.decode()
    answer = client.post(PAGE, {"does": "take back", "interest": Interest.objects.get().pk})

    assert "Engine Lab" not in shown
    assert answer.status_code == 404


def test_a_tie_with_an_effort_is_declared_in_its_round(cast, client):
    row = a_workbench_round(cast)
    client.force_login(cast.dina)
    page = reverse("judgements:own_in_round", args=[row.slug])

    before = client.get(page).content.decode()
    client.post(page, {"effort": "first", "type": "close", "text": "my sister"})
    after = client.get(page).content.decode()

    made = ConflictOfInterest.objects.get()
    assert (made.person, made.declared, made.effort.effort_id) == (cast.dina, True, "first")
    assert 'value="first"' in before
    assert 'value="first"' not in after
    assert "my sister" in after


@pytest.mark.parametrize("name", ["mallory", "alan", "adam"])
def test_the_page_of_ties_is_not_there_for_who_has_nothing_to_declare(cast, client, name):
    row = a_workbench_round(cast)
    client.force_login(cast.people[name])

    answer = client.get(reverse("judgements:own_in_round", args=[row.slug]))

    assert answer.status_code == 404
