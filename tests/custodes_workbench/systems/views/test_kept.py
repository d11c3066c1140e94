import pytest
from django.urls import reverse

from cast import a_workbench_round, at_stage
from custodes_workbench.access import Stage
from custodes_workbench.systems.models import KeptScenario

pytestmark = pytest.mark.django_db
KEEP = f"{reverse('systems:keep', args=['valley'])}?harm=250"


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.SET_UP)


def keep(client, row, **more):
    typed = {"round": row.slug, "name": "A dearer failure", "reason": "Insurers say so."}
    return client.post(KEEP, typed | more)


def test_a_case_is_kept_with_its_result_and_shown(row, cast, client):
    client.force_login(cast.anna)
    printed = client.get(reverse("systems:scenario_json", args=["valley"]), {"harm": "250"})

    answer = keep(client, row)

    page = client.get(answer.url).content.decode()
    file = client.get(reverse("systems:kept_json", args=[row.slug, 1])).content
    assert "Insurers say so." in page
    assert "<svg" in page
    assert "?harm=250" in page
    assert file == printed.content


def test_a_name_is_given_once_and_what_was_typed_is_kept(row, cast, client):
    client.force_login(cast.anna)
    keep(client, row)

    again = keep(client, row, name="a dearer FAILURE", reason="Mine.")

    assert again.status_code == 400
    assert "the round has a case of this name" in again.content.decode()
    assert "Mine." in again.content.decode()
    assert KeptScenario.objects.count() == 1


def test_the_list_says_what_was_changed_and_goes_out_as_a_file(row, cast, client):
    client.force_login(cast.anna)
    keep(client, row)
    url = reverse("systems:kept", args=[row.slug])

    assert "harm 250" in client.get(url).content.decode()
    assert "A dearer failure" in client.get(url, {"as": "csv"}).content.decode()


def test_a_regulator_sees_what_was_kept_once_the_round_is_published(row, cast, client):
    client.force_login(cast.anna)
    keep(client, row)
    client.force_login(cast.reg)
    urls = [
        reverse("systems:kept", args=[row.slug]),
        reverse("systems:kept_one", args=[row.slug, 1]),
        reverse("systems:kept_json", args=[row.slug, 1]),
    ]

    before = [client.get(url).status_code for url in urls]
    at_stage(row, Stage.PUBLISHED)
    after = [client.get(url).status_code for url in urls]

    assert (before, after) == ([404] * 3, [200] * 3)


def test_who_has_no_round_to_keep_it_in_is_not_offered_it(row, cast, client):
    client.force_login(cast.reg)

    page = client.get(reverse("systems:scenario", args=["valley"])).content.decode()

    assert "keep it in a round" not in page
    assert client.get(KEEP).status_code == 404
    assert keep(client, row).status_code == 404


def test_a_case_that_cannot_be_computed_is_not_kept(row, cast, client):
    client.force_login(cast.anna)

    assert client.get(f"{reverse('systems:keep', args=['valley'])}?harm=x").status_code == 404
