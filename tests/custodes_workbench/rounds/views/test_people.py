import pytest
from django.urls import reverse

from cast import a_workbench_round
from custodes_workbench.access import Stage
from custodes_workbench.people.models import Membership
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import missing_at_rounds

pytestmark = pytest.mark.django_db
ASKED = "Say who decides where decision makers and substitutes all have a conflict."


def page_of(row):
    """Where roles in a round are given."""
    return reverse("rounds:people", args=[row.slug])


def test_the_round_says_who_decides_instead_before_it_opens(cast, client):
    row = a_workbench_round(cast, Stage.SET_UP)
    before = [each.text for each in missing_at_rounds(row)]
    client.force_login(cast.lena)

    client.post(page_of(row), {"decides_instead": "the trustees", "version": row.version})

    row = Round.objects.get(pk=row.pk)
    assert row.decides_instead == "the trustees"
    assert "the trustees" in client.get(page_of(row)).content.decode()
    assert ASKED in before
    assert ASKED not in [each.text for each in missing_at_rounds(row)]


def test_who_decides_instead_is_not_written_over_what_was_not_seen(cast, client):
    row = a_workbench_round(cast, Stage.SET_UP)
    client.force_login(cast.lena)

    client.post(page_of(row), {"decides_instead": "the trustees", "version": 999})

    assert Round.objects.get(pk=row.pk).decides_instead == ""


@pytest.mark.parametrize(
    ("role", "status"), [("decision_maker", 302), ("lead_officer", 302), ("red_teamer", 400)]
)
def test_decision_makers_and_the_lead_officer_have_substitutes(cast, client, role, status):
    row = a_workbench_round(cast)
    client.force_login(cast.lena)

    answer = client.post(
        page_of(row), {"person": cast.mallory.pk, "role": role, "substitute": "on"}
    )

    assert answer.status_code == status
    assert Membership.objects.filter(person=cast.mallory, substitute=True).exists() is (
        status == 302
    )
