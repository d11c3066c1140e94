import pytest
from django.core import mail as sent
from django.core.mail.backends.locmem import EmailBackend

from custodes_workbench.access import Refused
from custodes_workbench.operations.models import Mail
from custodes_workbench.operations.services import (
    drop_mail,
    queue_mail,
    register_mail,
    send_queued,
)
from custodes_workbench.operations.services.mail import try_again

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def wanted():
    answers = {}
    register_mail("test", lambda mail: answers.get(mail.subject, True))
    return answers


def queued(cast, to="nora", *, subject="1"):
    return queue_mail(
        to=cast.people[to],
        kind="test",
        subject=subject,
        template="people/mail/invitation.txt",
        about="An institute",
        link="https://example.org/join/key/",
        by=cast.lena,
    )


def test_a_mail_goes_to_one_person_and_its_link_is_forgotten(cast):
    queued(cast, "ada")

    told = send_queued(by=cast.now("omar"), count=1)

    (mail,) = sent.outbox
    assert told == (1, 0, 0)
    assert (mail.to, mail.cc, mail.bcc) == (["ada@example.org"], [], [])
    assert mail.subject == "You are invited by An institute"
    assert "https://example.org/join/key/" in mail.body
    assert Mail.objects.get().link == ""


def test_what_was_sent_is_not_sent_again(cast):
    queued(cast, "ada")
    send_queued(by=cast.now("omar"), count=1)

    assert send_queued(by=cast.now("omar"), count=0) == (0, 0, 0)
    assert len(sent.outbox) == 1


def test_who_saw_another_number_is_told(cast):
    queued(cast, "ada")

    with pytest.raises(Refused, match="1 mails wait now, not 2"):
        send_queued(by=cast.now("omar"), count=2)


def test_a_recipient_who_lost_access_meanwhile_gets_nothing(cast, wanted):
    queued(cast, "ada", subject="gone")
    wanted["gone"] = False

    assert send_queued(by=cast.now("omar"), count=1) == (0, 0, 1)
    assert sent.outbox == []


def test_what_was_taken_back_is_not_sent(cast):
    queued(cast, "ada", subject="7")

    drop_mail(kind="test", subject="7")

    assert send_queued(by=cast.now("omar"), count=0) == (0, 0, 0)
    assert (Mail.objects.get().state, Mail.objects.get().link) == ("dropped", "")


def test_a_failed_mail_is_kept_and_can_be_tried_again(cast, monkeypatch):
    def refuse(self, messages):
        raise ConnectionRefusedError

    queued(cast, "ada")
    with monkeypatch.context() as broken:
        broken.setattr(EmailBackend, "send_messages", refuse)
        told = send_queued(by=cast.now("omar"), count=1)
    failed = Mail.objects.get()
    try_again(mail=failed, by=cast.now("omar"))

    assert told == (0, 1, 0)
    assert failed.note.startswith("the mail server refused")
    assert send_queued(by=cast.now("omar"), count=1) == (1, 0, 0)


@pytest.mark.parametrize("address", [None, "you@this-machine.invalid"])
def test_nobody_without_an_address_gets_a_mail(cast, address):
    cast.ada.email = address

    assert queued(cast, "ada") is None
    assert not Mail.objects.exists()


@pytest.mark.parametrize("who", ["dina", "anna", "aud", "ada", "mallory"])
def test_others_send_nothing(cast, who):
    with pytest.raises(Refused):
        send_queued(by=cast.now(who), count=0)
