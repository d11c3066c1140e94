import pytest
from django.urls import reverse

from cast import a_workbench_round, at_stage, stand
from custodes_workbench.access import Relation, Stage
from custodes_workbench.efforts.models import Effort, Revision
from custodes_workbench.efforts.services import add_efforts
from custodes_workbench.history.models import Entry
from custodes_workbench.rounds.models import Round
from round_records import an_effort

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    made = a_workbench_round(cast, Stage.SCREENING)
    Effort.objects.filter(round=made).update(state=Effort.State.SUBMITTED)
    return made


def screen(client, row, effort_id="second", **changes):
    effort = Effort.objects.get(round=row, effort_id=effort_id)
    told = {
        "version": effort.version,
        "kind": "evaluations",
        "hazards": ["sandbagging", "dishonesty"],
        "dual_use": "no",
        "outcome": "accepted",
        "reason": "",
    }
    return client.post(reverse("efforts:screen", args=[row.slug, effort_id]), told | changes)


def state(row, effort_id="second"):
    return Effort.objects.get(round=row, effort_id=effort_id).state


def test_an_accepted_application_goes_to_the_panel_as_it_was_confirmed(cast, client, row):
    client.force_login(cast.omar)

    answer = screen(client, row)

    revision = Revision.objects.filter(effort__effort_id="second").first()
    assert answer.url == reverse("efforts:screening", args=[row.slug])
    assert state(row) == Effort.State.ACCEPTED
    assert revision.n == 2
    assert revision.record["hazards"] == ["dishonesty", "sandbagging"]
    assert revision.record["kind_suggested"] is False


def test_nothing_new_makes_no_revision(cast, client, row):
    client.force_login(cast.omar)

    screen(client, row, hazards=[], dual_use="")

    assert Revision.objects.filter(effort__effort_id="second").count() == 1


@pytest.mark.parametrize("outcome", ["rejected", "more_asked"])
def test_whoever_does_not_accept_says_why(cast, client, row, outcome):
    client.force_login(cast.omar)

    silent = screen(client, row, outcome=outcome)
    said = screen(client, row, outcome=outcome, reason="Out of scope.")

    assert (silent.status_code, said.status_code) == (400, 302)
    assert state(row) == outcome
    entry = Entry.objects.get(action__in=("effort screened out", "more asked for"))
    assert "Out of scope." in entry.said.text


def test_two_officers_do_not_overwrite_each_other(cast, client, row):
    client.force_login(cast.omar)
    screen(client, row, outcome="rejected", reason="No.", version=1)

    late = screen(client, row, version=1, reason="I would take it.")

    assert late.status_code == 409
    assert b"I would take it." in late.content
    assert state(row) == Effort.State.REJECTED


@pytest.mark.parametrize("name", ["dina", "anna", "aud", "ada", "alan", "mallory", "adam"])
def test_screening_is_for_officers(cast, client, row, name):
    client.force_login(cast.people[name])

    pages = [
        client.get(reverse("efforts:screening", args=[row.slug])),
        client.get(reverse("efforts:screen", args=[row.slug, "second"])),
        screen(client, row),
    ]

    assert [each.status_code for each in pages] == [404, 404, 404]
    assert state(row) == Effort.State.SUBMITTED


def test_an_officer_with_a_conflict_neither_sees_nor_screens(cast, client, row):
    stand(Effort.objects.get(effort_id="second"), cast.omar, Relation.CONFLICTED)
    client.force_login(cast.omar)

    listed = client.get(reverse("efforts:screening", args=[row.slug])).content.decode()
    answer = screen(client, row)

    assert ">second<" not in listed
    assert ">first<" in listed
    assert answer.status_code == 404


@pytest.mark.parametrize("stage", [Stage.BLIND, Stage.ASSESSMENT, Stage.PUBLISHED])
def test_nothing_is_screened_once_the_panel_has_begun(cast, client, row, stage):
    at_stage(row, stage)
    client.force_login(cast.omar)

    answer = screen(client, row)

    assert answer.status_code == 404


def test_what_to_look_at_is_told(cast, client, row):
    twice = {
        "title": "Honest reporting by language models under pressure",
        "applicant": "The Reporting Laboratory",
        "cost": 123_457,
        "start": "2026-10-01",
        "start_precision": "day",
        "kind_suggested": True,
        "currency": "CHF",
        "dual_use": "yes",
    }
    add_efforts(
        round_=Round.objects.get(pk=row.pk),
        efforts=[an_effort(name).model_copy(update=_fields(twice)) for name in ("one", "two")],
        by=cast.now("lena"),
        source="a test",
    )
    client.force_login(cast.omar)

    page = client.get(reverse("efforts:screen", args=[row.slug, "one"])).content.decode()

    for found in (
        "was only suggested",
        "it does not explain why it reduces risk",
        "the round has no rate for CHF",
        "likely the same as",
        "the same applicant has",
        "could speed up dangerous capabilities",
    ):
        assert found in page


def _fields(told):
    cost = an_effort("x", cost=told["cost"]).cost
    return told | {"cost": cost}


def test_what_waits_is_told_to_officers_only(cast, client, row):
    pages = {}
    for name in ("omar", "dina", "mallory"):
        client.force_login(cast.people[name])
        pages[name] = client.get(reverse("people:start")).content.decode()

    assert "Screen 2 applications" in pages["omar"]
    assert "Screen" not in pages["dina"] + pages["mallory"]
