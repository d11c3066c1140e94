import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from custodes_workbench.decisions.models import Publication
from custodes_workbench.history.models import Entry, EntryText
from custodes_workbench.operations.rows import row_of, tables
from custodes_workbench.people.models import Institution
from custodes_workbench.publication.models import Critique
from custodes_workbench.publication.services import answer_critique, withhold_critique
from custodes_workbench.rounds.models import Approach
from publication_helpers import criticise

pytestmark = pytest.mark.django_db
ADDRESS = "critic-canary@example.org"


@pytest.fixture(autouse=True)
def no_count_of_another_test():
    cache.clear()


def sent(client, **more):
    told = {"about": "approach", "text": "It counts papers.", "by": "", "mail": ADDRESS}
    return client.post(reverse("publication:file"), told | more)


def link_in(message):
    return re.search(r"http://testserver(\S+)", message.body)[1]


def test_a_stranger_writes_confirms_and_is_published(row, client):
    answer = sent(client)

    [message] = mail.outbox
    assert answer.url == reverse("publication:sent")
    assert message.to == [ADDRESS]
    assert "papers" not in f"{message.subject}{message.body}"
    assert "q1" not in client.get(reverse("publication:critiques")).content.decode()
    link = link_in(message)
    assert "Publish my critique" in client.get(link).content.decode()
    assert Critique.objects.get().confirmed_at is None
    published = client.post(link)
    page = client.get(published.url).content.decode()
    assert "It counts papers." in page
    assert "somebody who gave no name" in page
    assert client.get(link).url == published.url


def test_the_address_is_kept_nowhere(row, client):
    sent(client)
    client.post(link_in(mail.outbox[0]))

    kept = [str(row_of(each)) for table in tables() for each in table._default_manager.all()]
    assert not [each for each in kept if "critic-canary" in each]
    assert EntryText.objects.count() <= Entry.objects.count()


def test_without_an_address_the_form_says_so(row, client):
    answer = sent(client, mail="")

    assert answer.status_code == 400
    assert Critique.objects.count() == 0
    Institution.objects.update(anonymous_critique=True)
    answer = sent(client, mail="")
    assert answer.url == Critique.objects.get().get_absolute_url()


def test_a_few_in_an_hour_and_no_more(row, client):
    answers = [sent(client, mail=f"a{number}@example.org").status_code for number in range(6)]

    assert answers == [302] * 5 + [429]
    assert Critique.objects.count() == 5


def test_one_address_gets_few_mails(row, client):
    answers = [sent(client).status_code for _ in range(4)]

    assert answers == [302] * 3 + [429]
    assert len(mail.outbox) == 3


def test_a_page_that_is_not_public_cannot_be_criticised(row, client):
    answer = sent(client, about=f"{row.slug}/effort:third")

    assert answer.status_code == 400
    assert Critique.objects.count() == 0


def test_before_anything_is_public_there_is_no_form(row, client):
    Publication.objects.filter(round=row).update(released_at=None)
    Approach.objects.update(published_at=None)

    assert client.get(reverse("publication:file")).status_code == 404
    page = client.get(reverse("publication:critiques")).content.decode()
    assert "Nothing is published yet" in page


def test_a_link_that_does_not_hold_is_no_page(row, client):
    assert client.get(reverse("publication:confirm", args=["x"])).status_code == 404
    assert client.get(reverse("publication:critique", args=[1])).status_code == 404


def test_those_that_wait_stand_first(row, client, cast):
    first, second = criticise("approach", "The first."), criticise("approach", "The second.")
    answer_critique(
        critique=first, status="rejected", answer="No.", by=cast.now("omar"), version=1
    )

    page = client.get(reverse("publication:critiques")).content.decode()

    assert page.index("The second.") < page.index("The first.")
    assert "1 waits for an answer" in page
    assert second.status == "received"


def test_an_officer_answers_and_withholds_in_the_browser(critique, client, cast):
    client.force_login(cast.omar)
    address = critique.get_absolute_url()

    client.post(f"{address}answer/", {"version": 1, "status": "rejected", "answer": "Two."})
    stale = client.post(f"{address}answer/", {"version": 1, "status": "upheld", "answer": "x"})
    client.post(f"{address}withhold/", {"version": 2, "reason": "It names somebody."})

    assert stale.status_code == 400
    assert "This was changed meanwhile" in stale.content.decode()
    assert "It rests on one study." in client.get(address).content.decode()
    client.logout()
    page = client.get(address).content.decode()
    assert "It rests on one study." not in page
    for told in ("It names somebody.", "Two.", "rejected"):
        assert told in page


def test_the_public_sees_neither_forms_nor_who_answered(critique, client, cast):
    answer_critique(
        critique=critique, status="answered", answer="Two.", by=cast.now("omar"), version=1
    )

    page = client.get(critique.get_absolute_url()).content.decode()
    assert "Answer in public" not in page
    assert "Omar" not in page
    address = f"{critique.get_absolute_url()}answer/"
    assert client.post(address, {"version": 2}).status_code == 302
    client.force_login(cast.ada)
    assert client.post(address, {"version": 2}).status_code == 404


def test_a_withheld_text_is_in_no_file_of_the_list(critique, client, cast):
    withhold_critique(critique=critique, reason="It names one.", by=cast.now("omar"), version=1)

    page = reverse("publication:critiques")
    for query in ("", "?find=study", "?as=csv"):
        assert "It rests on one study." not in client.get(f"{page}{query}").content.decode()
