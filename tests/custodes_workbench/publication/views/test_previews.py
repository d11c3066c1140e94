import pytest
from django.urls import reverse

from custodes_workbench.publication.rules import AUDIENCES

pytestmark = pytest.mark.django_db


def shown(client, row, audience):
    return client.get(reverse("publication:preview", args=[row.slug, audience]))


@pytest.mark.parametrize("audience", [each.name for each in AUDIENCES])
def test_an_officer_sees_what_each_audience_gets_and_what_is_withheld(row, client, cast, audience):
    client.force_login(cast.omar)

    page = shown(client, row, audience).content.decode()

    assert "Withheld, and why" in page
    assert "Nothing." in page
    assert "publication 1 as it will stand" in page
    assert ("their own alone" in page) == (audience == "applicant")
    assert "each under a letter, without a name" in page


def test_nobody_else_sees_it_and_no_other_audience_is_there(row, client, cast):
    client.force_login(cast.ada)
    assert shown(client, row, "public").status_code == 404
    client.force_login(cast.omar)
    assert shown(client, row, "nobody").status_code == 404


def test_before_a_site_is_ready_it_says_so(row, client, cast):
    row.publications.update(site_sha256="", released_at=None)
    client.force_login(cast.omar)

    assert "No site is ready." in shown(client, row, "public").content.decode()
