import pytest
from django.urls import reverse

from custodes_workbench.operations.models import Mail
from custodes_workbench.operations.services import register_mail

pytestmark = pytest.mark.django_db
LINK = "https://example.org/join/key/"


@pytest.fixture
def waiting(cast):
    register_mail("test", lambda _mail: True)
    return Mail.objects.create(
        to=cast.ada,
        kind="test",
        subject="1",
        template="people/mail/invitation.txt",
        about="An institute",
        link=LINK,
        queued_by=cast.lena,
    )


def test_the_outbox_shows_each_mail_as_it_will_be_read_but_not_its_link(cast, client, waiting):
    client.force_login(cast.omar)

    page = client.get(reverse("operations:outbox")).content.decode()

    assert "You are invited by An institute" in page
    assert "Send 1 mail" in page
    assert LINK not in page


def test_a_person_sends_what_they_saw(cast, client, waiting):
    client.force_login(cast.omar)

    answer = client.post(reverse("operations:outbox"), {"count": "1"})

    waiting.refresh_from_db()
    assert (answer.status_code, waiting.state) == (302, "sent")


@pytest.mark.parametrize("who", ["dina", "anna", "aud", "ada", "mallory"])
def test_others_find_no_outbox(cast, client, who, waiting):
    client.force_login(cast.people[who])

    answers = (
        client.get(reverse("operations:outbox")),
        client.post(reverse("operations:outbox"), {"count": "1"}),
        client.post(reverse("operations:again", args=[waiting.pk])),
    )

    assert [each.status_code for each in answers] == [404, 404, 404]
    waiting.refresh_from_db()
    assert waiting.state == "queued"
