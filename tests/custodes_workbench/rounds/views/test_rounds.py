import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from answers import bare
from cast import a_workbench_round
from custodes_workbench.access import Role, Stage
from custodes_workbench.people.services import first_person
from custodes_workbench.rounds.services import make_round
from round_records import a_round
from workbench_answers import moved

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


@pytest.mark.parametrize(
    ("stage", "name", "page", "told"),
    [
        (Stage.CALL, "alan", "/apply/{}/", "No application is begun or changed any more."),
        (Stage.CALL, "mallory", "/calls/{}/", "No application is begun or changed any more."),
        (Stage.BLIND, "ada", "/my/", "An answer now is kept and marked as late"),
        (Stage.BLIND, "omar", "/rounds/{}/progress/", "An answer now is kept and marked as late"),
        (Stage.REVISION, "ada", "/rounds/{}/efforts/first/estimate/", "marked as late"),
        (Stage.CHALLENGE, "rhea", "/rounds/{}/challenges/", "No challenge is raised any more"),
        (Stage.CHOICE, "dina", "/rounds/{}/", "Decisions can still be written down and released."),
        (Stage.INVITING, "omar", "/rounds/{}/", "The lead officer opens the next stage."),
    ],
)
def test_pages_say_what_still_happens_after_the_end_and_nothing_before(
    cast, client, stage, name, page, told
):
    row = a_workbench_round(cast, stage)
    client.force_login(cast.people[name])
    hour = dt.timedelta(hours=1)

    moved(row, stage, closes_at=timezone.now() + hour)
    before = client.get(page.format(row.slug)).content.decode()
    moved(row, stage, closes_at=timezone.now() - hour)
    after = client.get(page.format(row.slug)).content.decode()

    assert told not in before
    assert told in after


@pytest.fixture
def alone(client, db, settings):
    """One person, signed in, with a round of their own at the call."""
    settings.ALONE = True
    person = first_person()
    person.alone, person.acting_as = True, Role.LEAD_OFFICER.value
    row = make_round(
        round_=a_round(samples=64, settings={"title": "Alone"}), stage=Stage.BLIND, by=person
    )
    client.force_login(person)
    return row


@pytest.mark.parametrize(
    ("role", "page", "end"),
    [
        (Role.EXPERT, "/rounds/{}/progress/", "/rounds/{}/"),
        (Role.ADMINISTRATOR, "/rounds/{}/progress/", "/"),
        (Role.ADMINISTRATOR, "/rounds/{}/", "/"),
        (Role.EXPERT, "/institution/", "/"),
    ],
)
def test_a_change_of_role_leads_to_the_nearest_page_that_the_role_sees(
    client, alone, role, page, end
):
    page = page.format(alone.slug)
    client.get(page)

    answer = client.post(reverse("people:act_as"), {"role": role.value, "next": page}, follow=True)

    assert answer.redirect_chain[-1][0] == end.format(alone.slug)
    assert answer.status_code == 200
    told = "In this role you do not see the page that you were on."
    assert answer.content.decode().count(told) == 1
    assert client.get(page).status_code == 404
