import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from cast import a_workbench_round
from custodes_workbench.access import Stage
from custodes_workbench.history.models import Entry
from custodes_workbench.operations.models import Mail
from custodes_workbench.people.models import Institution, Invitation, Membership, User
from custodes_workbench.people.selectors import HOLDS, is_alone
from custodes_workbench.people.services import first_person

pytestmark = pytest.mark.django_db
INVITED = {"name": "Nora", "mail": "nora@example.org", "role": "analyst"}
PASSWORD = "a password of some length"


def invited(client):
    page = client.post(reverse("people:people"), INVITED).content.decode()
    return "/join/" + page.split("/join/")[1].split("<")[0]


def test_an_invited_person_opens_an_account_with_their_role(cast, client):
    client.force_login(cast.adam)
    link = invited(client)

    shown = Client().get(link).content.decode()
    answer = Client().post(link, {"password": PASSWORD})
    signed_in = Client()
    signed_in.post(reverse("account_login"), {"login": "nora@example.org", "password": PASSWORD})

    assert "as an analyst" in shown
    assert answer.status_code == 302
    assert signed_in.get("/").status_code == 200
    assert Membership.objects.get(person__name="Nora").role == "analyst"


def test_an_invitation_works_once(cast, client):
    client.force_login(cast.adam)
    link = invited(client)
    Client().post(link, {"password": PASSWORD})

    assert Client().get(link).status_code == 404


def test_an_invitation_grows_old(cast, client, monkeypatch):
    client.force_login(cast.adam)
    link = invited(client)

    monkeypatch.setattr("custodes_workbench.people.selectors.HOLDS", -HOLDS)

    assert Client().get(link).status_code == 404


def test_an_invitation_can_be_taken_back(cast, client):
    client.force_login(cast.adam)
    link = invited(client)
    waiting = Invitation.objects.get()

    client.post(reverse("people:withdraw", args=[waiting.pk]))

    assert Client().get(link).status_code == 404
    assert [each.state for each in Mail.objects.all()] == ["dropped"]


def test_an_accepted_invitation_stays_used_when_the_role_is_taken_away(cast, client):
    client.force_login(cast.adam)
    link = invited(client)
    Client().post(link, {"password": PASSWORD})
    held = Membership.objects.get(person__name="Nora")

    client.post(reverse("people:take", args=[held.person_id, held.pk]))

    assert Client().post(link).status_code == 404
    assert held.person.memberships.filter(until=None).count() == 0


def test_an_invitation_dies_with_the_right_of_whoever_made_it(cast, client):
    client.force_login(cast.adam)
    link = invited(client)

    Membership.objects.filter(person=cast.adam).delete()

    assert Client().get(link).status_code == 404


def test_the_token_of_an_invitation_is_kept_nowhere_but_in_the_mail_that_waits(cast, client):
    client.force_login(cast.adam)
    token = invited(client).removeprefix("/join/").removesuffix("/")
    client.post(reverse("operations:outbox"), {"count": "1"})

    assert token in mail.outbox[0].body
    assert Mail.objects.get().link == ""
    assert token not in str(Invitation.objects.values())


@pytest.mark.parametrize("who", ["omar", "dina", "anna", "aud", "ada", "mallory"])
def test_others_do_not_see_people_and_invite_nobody(cast, client, who):
    client.force_login(cast.people[who])

    answer = client.post(reverse("people:people"), INVITED)

    assert answer.status_code == 404
    assert not User.objects.filter(name="Nora").exists()


def test_a_role_that_is_taken_away_is_gone_at_the_next_request(cast):
    lena, omar = Client(), Client()
    lena.force_login(cast.lena)
    omar.force_login(cast.omar)
    before = omar.get(reverse("rounds:new")).status_code
    held = Membership.objects.get(person=cast.omar)

    lena.post(reverse("people:take", args=[cast.omar.pk, held.pk]))

    assert (before, omar.get(reverse("rounds:new")).status_code) == (200, 404)


def test_the_last_who_gives_roles_keeps_that_role(cast, client):
    client.force_login(cast.lena)
    adam = Membership.objects.get(person=cast.adam)
    lena = Membership.objects.get(person=cast.lena)
    client.post(reverse("people:take", args=[cast.adam.pk, adam.pk]))

    answer = client.post(reverse("people:take", args=[cast.lena.pk, lena.pk]))

    assert answer.status_code == 403
    assert "Nobody would be left" in answer.content.decode()


def test_a_role_in_one_round_counts_there_alone(cast, client):
    here, there = (a_workbench_round(cast, Stage.CHALLENGE, title=name) for name in ("A", "B"))
    client.force_login(cast.lena)

    client.post(
        reverse("rounds:people", args=[here.slug]),
        {"person": cast.mallory.pk, "role": "red_teamer"},
    )

    mallory = Client()
    mallory.force_login(cast.mallory)
    seen = [mallory.get(each.get_absolute_url()).status_code for each in (here, there)]
    assert seen == [200, 404]


def test_the_first_account_of_an_institution_is_opened_by_the_printed_address(db, settings):
    settings.START_TOKEN = "11111111-1111-1111-1111-111111111111"
    url = reverse("people:sign_in_here", args=[settings.START_TOKEN])
    told = {"name": "Ida", "mail": "ida@example.org", "password": PASSWORD}
    first = Client()

    opened = first.post(url, told)
    again = Client().post(url, told | {"mail": "eve@example.org"})

    assert (opened.status_code, again.status_code) == (302, 404)
    assert first.get(reverse("people:people")).status_code == 200
    assert {each.role for each in Membership.objects.all()} == {"administrator", "lead_officer"}


def test_alone_ends_for_good_when_a_second_person_joins(db, settings):
    settings.ALONE = True
    settings.START_TOKEN = "11111111-1111-1111-1111-111111111111"
    client = Client()
    client.get(reverse("people:sign_in_here", args=[settings.START_TOKEN]))
    own = {"name": "Ida", "mail": "ida@example.org", "password": PASSWORD}

    refused = client.post(reverse("people:people"), INVITED)
    client.post(reverse("people:own_account"), own)
    link = invited(client)
    before = is_alone()
    Client().post(link, {"password": PASSWORD})

    assert refused.status_code == 403
    assert (before, is_alone()) == (True, False)
    assert client.get("/").status_code == 302
    assert (
        client.get(reverse("people:sign_in_here", args=[settings.START_TOKEN])).status_code == 404
    )


def test_the_address_of_a_laptop_signs_in_once(db, settings):
    settings.ALONE = True
    settings.START_TOKEN = "11111111-1111-1111-1111-111111111111"
    url = reverse("people:sign_in_here", args=[settings.START_TOKEN])

    assert [Client().get(url).status_code for _ in range(2)] == [302, 410]
    assert first_person().name == "You"


INSTITUTION = {
    "name": "An institute",
    "currency": "EUR",
    "verdict": "social-value",
    "contact": "mail us",
    "organisations": "UCL = University College London = ucl.ac.uk",
    "because": "We moved.",
    "version": 1,
}


def test_two_who_change_the_institution_lose_nothing(cast, client):
    client.force_login(cast.lena)
    url = reverse("people:institution")

    saved = client.post(url, INSTITUTION)
    late = client.post(url, INSTITUTION | {"contact": "call us"})

    assert (saved.status_code, late.status_code) == (302, 409)
    assert "call us" in late.content.decode()
    assert Institution.objects.get().proposed["contact"] == "mail us"


def test_a_change_of_the_institution_takes_two_people(cast, client):
    client.force_login(cast.lena)
    client.post(reverse("people:institution"), INSTITUTION)
    confirm = reverse("people:confirm_institution")

    own = client.post(confirm, {"version": 2})
    before = Institution.objects.get().currency
    client.force_login(cast.adam)
    waits = client.get("/").content.decode()
    shown = client.get(reverse("people:institution")).content.decode()
    client.post(confirm, {"version": 2})

    assert (own.status_code, before) == (403, "GBP")
    assert "Confirm a change of the institution" in waits
    assert "becomes <strong>EUR" in shown
    found = Institution.objects.get()
    assert (found.currency, found.proposed, found.proposed_by) == ("EUR", {}, None)
    entry = Entry.objects.order_by("-n").first()
    assert (entry.action, entry.by_one_person) == ("institution changed", False)


@pytest.mark.parametrize("name", ["lena", "adam"])
def test_a_proposed_change_is_dropped_by_either_and_changes_nothing(cast, client, name):
    client.force_login(cast.lena)
    client.post(reverse("people:institution"), INSTITUTION)
    client.force_login(cast.people[name])

    client.post(reverse("people:confirm_institution"), {"version": 2, "does": "drop"})

    found = Institution.objects.get()
    assert (found.currency, found.proposed) == ("GBP", {})


def test_what_was_confirmed_before_something_else_was_proposed_changes_nothing(cast, client):
    client.force_login(cast.lena)
    client.post(reverse("people:institution"), INSTITUTION)
    client.post(reverse("people:institution"), INSTITUTION | {"version": 2, "currency": "USD"})
    client.force_login(cast.adam)

    client.post(reverse("people:confirm_institution"), {"version": 2})

    assert Institution.objects.get().currency == "GBP"


@pytest.mark.parametrize("name", ["omar", "dina", "aud"])
def test_others_confirm_no_change_of_the_institution(cast, client, name):
    client.force_login(cast.lena)
    client.post(reverse("people:institution"), INSTITUTION)
    client.force_login(cast.people[name])

    answer = client.post(reverse("people:confirm_institution"), {"version": 2})

    assert answer.status_code == 404


def test_an_organisation_with_one_name_is_sent_back(cast, client):
    client.force_login(cast.lena)

    answer = client.post(
        reverse("people:institution"), INSTITUTION | {"organisations": "alone in its line"}
    )

    assert answer.status_code == 400
    assert "has one name" in answer.content.decode()
