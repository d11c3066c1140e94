import uuid
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.urls import reverse

from cast import a_workbench_round
from custodes_workbench.access import Stage
from custodes_workbench.history.models import Entry
from custodes_workbench.history.selectors import verify_chain
from custodes_workbench.judgements.models import Answer, Draft
from custodes_workbench.operations.models import Post

TYPED = {"p05": "0.1", "p50": "0.2", "p95": "0.3", "reason": "A long <b>reason</b>."}


@pytest.fixture
def read_only():
    """A time in which the database takes nothing."""

    @contextmanager
    def made():
        sqlite = connection.vendor == "sqlite"
        on = "PRAGMA query_only = 1" if sqlite else "SET LOCAL transaction_read_only = on"
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(on)
            yield
            if sqlite:
                cursor.execute("PRAGMA query_only = 0")
            transaction.set_rollback(True)

    return made


@pytest.mark.django_db
@pytest.mark.parametrize("keyed", [True, False])
def test_what_could_not_be_saved_comes_back_and_can_be_sent_again(cast, client, read_only, keyed):
    row = a_workbench_round(cast, Stage.BLIND)
    client.force_login(cast.ada)
    url = reverse("judgements:estimate", args=[row.slug, "first", "accident_cut"])
    data = {**TYPED, "version": "0", "act": "answer", "password": "a secret"}
    data |= {"post_key": str(uuid.uuid4())} if keyed else {}
    entries = Entry.objects.count()

    with read_only():
        refused = client.post(url, data)
        page = client.get(url)

    text = refused.content.decode()
    assert refused.status_code == 503
    assert "Not saved, your text is kept here" in text
    assert "A long &lt;b&gt;reason&lt;/b&gt;." in text
    assert "a secret" not in text
    assert page.status_code == 200  # what is stored can be read
    kept = (Answer.objects.count(), Draft.objects.count(), Post.objects.count())
    assert (*kept, Entry.objects.count()) == (0, 0, 0, entries)
    assert verify_chain().broken_at is None
    assert client.post(url, data).status_code == 302
    assert Answer.objects.count() == 1
