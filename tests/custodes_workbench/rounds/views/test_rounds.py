import pytest
from django.urls import reverse

from answers import bare
from cast import a_workbench_round
from custodes_workbench.access import Stage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("name", "status"), [("lena", 200), ("ada", 200), ("mallory", 404)])
def test_round_is_there_for_those_who_have_a_role(cast, client, name, status):
    row = a_workbench_round(cast, Stage.BLIND)
    client.force_login(cast.people[name])

    answer = client.get(reverse("rounds:round", args=[row.slug]))

    assert answer.status_code == status


def test_round_looks_to_a_stranger_like_one_that_does_not_exist(cast, client):
    row = a_workbench_round(cast, Stage.BLIND)
    client.force_login(cast.mallory)

    not_theirs, nothing = (
        client.get(reverse("rounds:round", args=[slug])) for slug in (row.slug, "no-such-round")
    )

    assert (not_theirs.status_code, bare(not_theirs)) == (404, bare(nothing))


def test_round_asks_to_sign_in_first(cast, client):
    row = a_workbench_round(cast)

    answer = client.get(reverse("rounds:round", args=[row.slug]))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
