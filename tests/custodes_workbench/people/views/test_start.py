import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from cast import a_workbench_round
from custodes_workbench.access import Stage
from custodes_workbench.judgements.services.panel import invite_member, propose_member
from panels import a_proposal
from workbench_answers import moved

pytestmark = pytest.mark.django_db


def test_an_officer_sees_what_is_late_and_what_is_to_be_sent(cast, client):
    row = a_workbench_round(cast, Stage.INVITING)
    member = propose_member(round_=row, given=a_proposal(), by=cast.now("omar"))
    invite_member(
        member=member,
        by=cast.now("omar"),
        version=member.version,
        address=lambda token: f"https://example.org/{token}",
    )
    moved(row, Stage.BLIND, closes_at=timezone.now() - dt.timedelta(days=1))

    def page(name):
        client.force_login(cast.people[name])
        return client.get(reverse("people:start")).content.decode()

    assert "Send 1 mail from the outbox" in page("omar")
    assert "Open the stage after blind estimates" not in page("omar")
    assert "Open the stage after blind estimates" in page("lena")
    assert ">late<" in page("lena")
    assert "outbox" not in page("ada")
