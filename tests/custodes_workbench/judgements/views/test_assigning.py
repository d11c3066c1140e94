import pytest
from django.urls import reverse

from cast import a_workbench_round
from custodes_workbench.access import Stage
from custodes_workbench.judgements.models import Assignment
from custodes_workbench.people.models import User
from panels import all_stated

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    """The small round, where everybody has stated their interests; no mail proves a tie."""
    made = a_workbench_round(cast, Stage.INVITING)
    User.objects.filter(pk=cast.alan.pk).update(email="alan@gmail.com")
    all_stated(made)
    return made


def test_a_suggestion_is_ticked_and_kept_only_when_it_is_sent(cast, client, row):
    client.force_login(cast.omar)
    page = reverse("judgements:assignments", args=[row.slug])
    before = Assignment.objects.count()

    answer = client.get(page, {"per_effort": 3})

    places = [place for _, each in answer.context["rows"] for place in each if place.ticked]
    assert len(places) == 1
    assert Assignment.objects.count() == before
    client.post(page, {"pair": [place.value for place in places]})
    assert Assignment.objects.count() == before + 1


def test_a_refused_assignment_keeps_the_ticks_and_says_why(cast, client, row):
    client.force_login(cast.omar)
    page = reverse("judgements:assignments", args=[row.slug])

    answer = client.post(page, {"pair": ["E-02 second", "E-02 first"]})

    assert answer.status_code == 400
    assert "judges first already" in answer.content.decode()
    ticked = [place.value for _, each in answer.context["rows"] for place in each if place.ticked]
    assert ticked == ["E-02 second"]


@pytest.mark.parametrize("pair", ["E-99 first", "E-02 nothing", "x"])
def test_what_is_not_on_the_page_cannot_be_assigned(cast, client, row, pair):
    client.force_login(cast.omar)

    answer = client.post(reverse("judgements:assignments", args=[row.slug]), {"pair": [pair]})

    assert answer.status_code == 400


def test_an_auditor_assigns_nothing(cast, client, row):
    client.force_login(cast.aud)

    answer = client.post(
        reverse("judgements:assignments", args=[row.slug]), {"pair": ["E-02 second"]}
    )

    assert answer.status_code == 403
