import pytest
from django.urls import reverse

from cast import a_workbench_round, at_stage
from custodes.efforts import KINDS
from custodes_workbench.access import Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.CALL)


def call(client, row):
    return client.get(reverse("efforts:call", args=[row.slug]))


def test_a_call_is_read_by_everybody_without_an_account(client, row):
    answer = call(client, row)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert [kind for kind in KINDS if kind.replace("_", " ") not in page] == []
    assert "Sign in to apply" in page
    assert "USD 3,000,000" in page


def test_a_call_is_not_there_before_it_opens(cast, client, row):
    at_stage(row, Stage.SET_UP)
    stranger = call(client, row).status_code
    client.force_login(cast.omar)

    assert (stranger, call(client, row).status_code) == (404, 200)


def test_a_call_that_is_over_says_so(cast, client, row):
    at_stage(row, Stage.BLIND)
    client.force_login(cast.mallory)

    page = call(client, row).content.decode()

    assert "takes no applications now" in page
    assert ">Apply<" not in page


def test_a_call_tells_nothing_of_who_applied(client, row):
    page = call(client, row).content.decode()

    assert "laboratory" not in page


def write(client, row, **changes):
    told = {"version": 0, "sought": "Tests for honesty.", "published": "Titles."} | changes
    return client.post(reverse("efforts:write_call", args=[row.slug]), told)


def test_an_officer_says_what_is_sought(cast, client, row):
    client.force_login(cast.omar)
    write(client, row)
    client.logout()

    page = call(client, row).content.decode()

    assert "Tests for honesty." in page
    assert "Write what is sought" not in page


def test_two_officers_do_not_overwrite_each_others_call(cast, client, row):
    client.force_login(cast.omar)
    write(client, row)

    answer = write(client, row, sought="Tests for power.")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Tests for honesty." in page
    assert "Tests for power." in page
    assert "Tests for honesty." in call(client, row).content.decode()


@pytest.mark.parametrize("name", ["dina", "ada", "alan", "mallory", "aud"])
def test_a_call_is_written_by_officers(cast, client, row, name):
    client.force_login(cast.people[name])

    assert write(client, row).status_code == 404


def test_a_call_is_not_rewritten_once_the_panel_has_begun(cast, client, row):
    at_stage(row, Stage.BLIND)
    client.force_login(cast.omar)

    assert write(client, row).status_code == 404
