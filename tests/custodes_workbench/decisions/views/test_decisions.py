import pytest
from django.urls import reverse

from custodes_workbench.decisions.models import Decision
from custodes_workbench.decisions.services import DecisionGiven, record_decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(effort):
    return reverse("decisions:decision", args=[effort.round.slug, effort.effort_id])


def test_a_decision_maker_decides_on_the_page(url, client, cast):
    client.force_login(cast.dina)

    answer = client.post(url, {"version": 0, "outcome": "reject", "reasons": "Not now."})

    assert answer.status_code == 302
    assert Decision.objects.get().reasons == "Not now."


def test_what_was_typed_comes_back_when_something_is_missing(url, client, cast):
    client.force_login(cast.dina)

    answer = client.post(url, {"version": 0, "outcome": "reject", "dissent": "I object."})

    assert answer.status_code == 400
    assert "I object." in answer.content.decode()
    assert not Decision.objects.exists()


def test_two_at_once_see_both_texts(url, effort, client, cast):
    record_decision(
        effort=effort,
        given=DecisionGiven(outcome="defer", reasons="Sven says wait."),
        by=cast.now("sven"),
        version=0,
    )
    client.force_login(cast.dina)

    answer = client.post(url, {"version": 0, "outcome": "reject", "reasons": "Dina says no."})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Sven says wait." in page
    assert "Dina says no." in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("lena", 200), ("aud", 200), ("anna", 404), ("ada", 404), ("alan", 404), ("mallory", 404)],
)
def test_the_page_is_for_those_who_may_see_the_decision(url, client, cast, who, status):
    client.force_login(cast.people[who])

    assert client.get(url).status_code == status


def test_the_memo_is_a_pdf(effort, client, cast):
    pytest.importorskip("weasyprint", reason="pip install -e '.[pdf]'", exc_type=ImportError)
    given = DecisionGiven(outcome="reject", reasons="Not now.")
    record_decision(effort=effort, given=given, by=cast.now("dina"), version=0)
    client.force_login(cast.dina)

    answer = client.get(reverse("decisions:memo", args=[effort.round.slug, "first"]) + "?as=pdf")

    assert answer.content.startswith(b"%PDF-")
