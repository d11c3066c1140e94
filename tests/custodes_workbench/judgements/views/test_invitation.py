import pytest
from django.urls import reverse

from answers import bare
from cast import a_workbench_round
from custodes_workbench.access import Stage
from custodes_workbench.efforts.models import Effort, Revision
from custodes_workbench.judgements.models import ConflictOfInterest
from panels import an_invited

pytestmark = pytest.mark.django_db
PASSWORD = "a long and quiet password"


@pytest.fixture
def invited(cast):
    """Somebody invited, and the page of their invitation."""
    member, token = an_invited(cast, a_workbench_round(cast, Stage.INVITING))
    return member, reverse("judgements:invitation", args=[token])


def test_the_page_needs_no_account_and_shows_no_title_before_the_statement(client, invited):
    _, page = invited
    for each in Revision.objects.all():
        each.record["title"] = "Honeycomb"
        each.save()

    before = client.get(page)
    client.post(page, {"does": "state", "complete": "on"})
    after = client.get(page)

    assert before.status_code == after.status_code == 200
    assert "First: your interests" in before.content.decode()
    assert "Honeycomb" not in before.content.decode()
    assert "Honeycomb" in after.content.decode()


def test_a_statement_that_is_not_complete_keeps_what_was_typed(client, invited):
    _, page = invited

    answer = client.post(page, {"does": "state", "ties": "A tie typed at length"})

    assert answer.status_code == 400
    assert "A tie typed at length" in answer.content.decode()


def test_accepting_with_a_declared_tie_and_a_password_then_signing_in(client, invited):
    member, page = invited
    client.post(page, {"does": "state", "complete": "on"})
    effort = Effort.objects.get(effort_id="second")

    answer = client.post(
        page,
        {
            "does": "accept",
            "read": "on",
            "password": PASSWORD,
            f"type_{effort.pk}": "funder",
            f"text_{effort.pk}": "a grant",
        },
    )

    assert answer.url == reverse("judgements:answered", args=["accepted"])
    assert ConflictOfInterest.objects.filter(
        person=member.person, effort=effort, type="funder", text="a grant"
    ).exists()
    assert client.login(username=member.person.email, password=PASSWORD)
    assert client.get(page).status_code == 404


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"password": PASSWORD}, "read the list and say so"),
        ({"read": "on", "password": "short"}, "at least 12 characters"),
        ({"read": "on"}, "This field is required"),
    ],
)
def test_accepting_what_is_not_complete_is_sent_back(client, invited, sent, why):
    member, page = invited
    client.post(page, {"does": "state", "complete": "on"})

    answer = client.post(page, {"does": "accept", **sent})

    assert answer.status_code == 400
    assert why in answer.content.decode()
    member.refresh_from_db()
    assert member.state == "invited"


def test_a_tie_in_words_needs_its_sort(client, invited):
    _, page = invited
    client.post(page, {"does": "state", "complete": "on"})
    effort = Effort.objects.get(effort_id="second")

    answer = client.post(
        page,
        {"does": "accept", "read": "on", "password": PASSWORD, f"text_{effort.pk}": "a paper"},
    )

    assert answer.status_code == 400
    assert "choose which sort of tie" in answer.content.decode()


def test_declining_needs_no_statement_but_a_reason(client, invited):
    member, page = invited

    nothing = client.post(page, {"does": "decline"})
    answer = client.post(page, {"does": "decline", "because": "not_my_field"})

    assert nothing.status_code == 400
    assert answer.url == reverse("judgements:answered", args=["declined"])
    member.refresh_from_db()
    assert member.declined_because == "not_my_field"


def test_a_dead_address_looks_like_one_that_never_was(client, invited):
    member, page = invited
    type(member).objects.filter(pk=member.pk).update(state="withdrawn")

    dead = client.get(page)
    nothing = client.get(reverse("judgements:invitation", args=["nothing"]))

    assert (dead.status_code, bare(dead)) == (404, bare(nothing))
