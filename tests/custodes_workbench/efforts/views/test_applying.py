import pytest
from django.urls import reverse

from applications import typed
from cast import a_workbench_round, at_stage
from custodes import catalogue
from custodes_workbench.access import Relation, Role, Stage
from custodes_workbench.efforts.models import Application, Effort, Revision, Standing
from custodes_workbench.history.models import Entry
from custodes_workbench.people.models import Membership
from custodes_workbench.people.services import first_person
from custodes_workbench.rounds.services import make_round
from round_records import a_round

pytestmark = pytest.mark.django_db


def begin(client, row):
    """Start an application; the draft."""
    client.post(reverse("efforts:applications", args=[row.slug]))
    return Application.objects.latest("saved_at")


def send(client, draft, do, **changes):
    draft.refresh_from_db()
    told = {"version": draft.version, "do": do} | typed(**changes)
    return client.post(draft.get_absolute_url(), told)


def sent():
    """The effort that the application became."""
    return Effort.objects.get(effort_id__startswith="tripwires-for-deception-")


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.CALL)


@pytest.fixture
def draft(cast, client, row):
    client.force_login(cast.mallory)
    return begin(client, row)


def test_anybody_with_an_account_applies_during_the_call(cast, draft, row):
    held = Membership.objects.get(person=cast.mallory)

    assert draft.person == cast.mallory
    assert (held.role, held.round) == (Role.APPLICANT, row.slug)


@pytest.mark.parametrize("name", ["lena", "omar", "dina", "ada", "aud"])
def test_whoever_runs_judges_or_decides_does_not_apply(cast, client, row, name):
    client.force_login(cast.people[name])

    answer = client.post(reverse("efforts:applications", args=[row.slug]))

    assert answer.status_code == 403
    assert not Application.objects.exists()


@pytest.mark.parametrize("stage", [Stage.SCREENING, Stage.BLIND, Stage.PUBLISHED])
def test_nobody_applies_after_the_call(cast, client, row, stage):
    at_stage(row, stage)
    client.force_login(cast.mallory)

    answer = client.post(reverse("efforts:applications", args=[row.slug]))

    assert answer.status_code == 403
    assert not Membership.objects.filter(person=cast.mallory).exists()


def test_a_call_before_its_time_is_not_there(cast, client, row):
    at_stage(row, Stage.SET_UP)
    client.force_login(cast.mallory)

    answer = client.get(reverse("efforts:applications", args=[row.slug]))

    assert answer.status_code == 404


def test_a_draft_keeps_what_was_typed(client, draft):
    answer = send(client, draft, "save", cost="about a lot")

    draft.refresh_from_db()
    assert answer.url == draft.get_absolute_url()
    assert draft.typed["cost"] == "about a lot"
    assert b"about a lot" in client.get(draft.get_absolute_url()).content


def test_a_draft_is_its_writers_alone(cast, client, draft):
    seen = {}
    for name in ("lena", "aud", "alan", "adam"):
        client.force_login(cast.people[name])
        seen[name] = [
            client.get(draft.get_absolute_url()).status_code,
            client.post(draft.get_absolute_url(), {"do": "save"}).status_code,
            client.get(reverse("efforts:preview", args=[draft.round.slug, draft.pk])).status_code,
        ]

    assert set(map(tuple, seen.values())) == {(404, 404, 404)}


def test_a_draft_has_no_entry_in_the_history(client, draft):
    before = Entry.objects.count()

    send(client, draft, "save")

    assert Entry.objects.count() == before


def test_two_tabs_lose_nobodys_words(client, draft):
    version = draft.version
    send(client, draft, "save", title="From one tab")

    told = typed(title="From the other tab") | {"version": version, "do": "save"}
    answer = client.post(draft.get_absolute_url(), told)

    assert answer.status_code == 409
    assert b"From one tab" in answer.content
    assert b"From the other tab" in answer.content
    draft.refresh_from_db()
    assert draft.typed["title"] == "From one tab"


def test_claims_are_added_and_removed_and_an_id_is_never_given_twice(client, draft):
    send(client, draft, "add")
    send(client, draft, "remove c2")
    answer = send(client, draft, "add")

    draft.refresh_from_db()
    assert draft.claims == ["c1", "c3"]
    assert answer.url.endswith("#claim-c3")


def test_a_removed_claim_takes_its_text_with_it(client, draft):
    send(client, draft, "remove c1")

    draft.refresh_from_db()
    assert draft.claims == []
    assert not [name for name in draft.typed if name.startswith("c1-")]


def test_an_application_is_sent_in(cast, client, draft):
    answer = send(client, draft, "submit")

    effort = sent()
    record, explanation = effort.revision.record, effort.revision.explanation
    assert answer.url == effort.get_absolute_url()
    assert (effort.state, effort.applicant) == (Effort.State.SUBMITTED, cast.mallory)
    assert record["cost"]["p05"] == 200_000
    assert record["cost"]["p50"] == pytest.approx((200_000 * 300_000) ** 0.5)
    assert record["hazards"] == ["deceptive_alignment"]
    assert record["scales_to_future"] == "no"
    assert record["kind_suggested"] is True
    assert (record["start"], record["start_precision"]) == ("2027-Q1", "quarter")
    assert [claim["id"] for claim in explanation["claims"]] == ["c1"]
    assert Standing.objects.get(effort=effort).relation == Relation.OWN
    assert not Application.objects.exists()
    assert Entry.objects.filter(action="application submitted").count() == 1


def test_everything_that_is_missing_is_told_at_once_with_links(client, draft):
    draft.refresh_from_db()
    answer = client.post(draft.get_absolute_url(), {"version": draft.version, "do": "submit"})

    page = answer.content.decode()
    wanted = ["title", "c1-claim", "principal"]
    wanted += [f"raises_{each.name}" for each in catalogue.PROBLEMS]
    assert answer.status_code == 400
    assert [name for name in wanted if f'href="#id_{name}"' not in page] == []
    assert "I see no way, because" in page


@pytest.mark.parametrize("text", ["none", "I see no way", "I see no way, because"])
def test_no_way_needs_its_reason(client, draft, text):
    answer = send(client, draft, "submit", raises_other=text)

    assert answer.status_code == 400
    assert not Effort.objects.filter(effort_id__startswith="tripwires").exists()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("cost", "0"),
        ("cost", "5%"),
        ("cost", "3 to 1"),
        ("start", "soon"),
        ("c1-hazard", "boredom"),
        ("title", "word " * 31),
    ],
)
def test_what_the_record_refuses_is_told_beside_its_field(client, draft, field, text):
    answer = send(client, draft, "submit", **{field: text})

    assert answer.status_code == 400
    assert f'href="#id_{field}"' in answer.content.decode()


def test_sent_twice_it_is_one_application(client, draft):
    key = {"post_key": "6f1c4a52-0c9f-4a4e-9a57-3d9a5d1c0a11", "version": 1, "do": "submit"}
    told = typed() | key

    first = client.post(draft.get_absolute_url(), told)
    second = client.post(draft.get_absolute_url(), told)

    assert first.url == second.url
    assert Effort.objects.filter(effort_id__startswith="tripwires").count() == 1


def test_after_the_call_the_text_comes_back_unsent(client, draft, row):
    at_stage(row, Stage.BLIND)

    answer = send(client, draft, "submit", title="Written late")

    assert answer.status_code == 403
    assert b"Written late" in answer.content
    assert not Effort.objects.filter(effort_id__startswith="written").exists()


def test_a_draft_is_kept_while_it_is_typed(client, draft):
    where = reverse("efforts:keep", args=[draft.round.slug, draft.pk])

    first = client.post(where, typed(title="Half") | {"version": draft.version})
    stale = client.post(where, typed(title="Other") | {"version": draft.version})

    assert b'name="version" value="2"' in first.content
    assert b"Not saved" in stale.content
    draft.refresh_from_db()
    assert draft.typed["title"] == "Half"


def test_what_is_asked_for_is_answered_by_a_revision(client, draft, row):
    send(client, draft, "submit")
    effort = sent()
    Effort.objects.filter(pk=effort.pk).update(
        state=Effort.State.MORE_ASKED, state_reason="Which models?"
    )
    at_stage(row, Stage.SCREENING)

    opened = client.post(reverse("efforts:revise", args=[row.slug, effort.effort_id]))
    again = Application.objects.get(effort=effort)
    page = client.get(opened.url).content.decode()
    silent = send(client, again, "submit", title="Tripwires, better")
    send(client, again, "submit", title="Tripwires, better", what_changed="The models.")

    before = effort.effort_id
    effort.refresh_from_db()
    assert "Which models?" in page
    assert silent.status_code == 400
    assert 'href="#id_what_changed"' in silent.content.decode()
    assert effort.state == Effort.State.SUBMITTED
    assert effort.effort_id == before
    assert [each.n for each in Revision.objects.filter(effort=effort)] == [2, 1]
    assert effort.revisions.first().what_changed == "The models."


def test_a_revision_starts_from_what_was_sent(client, draft, row):
    send(client, draft, "submit")
    effort = sent()

    client.post(reverse("efforts:revise", args=[row.slug, effort.effort_id]))

    again = Application.objects.get(effort=effort)
    told = {name: text for name, text in typed().items() if text and name != "cost"}
    assert {name: again.typed[name] for name in told} == told


def test_an_id_does_not_tell_that_somebody_else_has_the_same_title(cast, client, draft, row):
    send(client, draft, "submit")
    client.force_login(cast.alan)
    send(client, begin(client, row), "submit")

    ids = Effort.objects.filter(effort_id__startswith="trip").values_list("effort_id", flat=True)

    assert len(ids) == 2
    assert {len(each) for each in ids} == {len("tripwires-for-deception-") + 6}


def test_nothing_is_revised_after_the_call_unless_asked(client, draft, row):
    send(client, draft, "submit")
    at_stage(row, Stage.SCREENING)

    answer = client.post(reverse("efforts:revise", args=[row.slug, sent().effort_id]))

    assert answer.status_code == 403


def test_somebody_elses_application_is_not_there(cast, client, draft, row):
    send(client, draft, "submit")
    client.force_login(cast.alan)
    where = [sent().effort_id]

    answers = [
        client.post(reverse(f"efforts:{name}", args=[row.slug, *where]))
        for name in ("revise", "withdraw")
    ]

    assert [each.status_code for each in answers] == [404, 404]


def test_an_application_is_withdrawn_with_a_reason(client, draft, row):
    send(client, draft, "submit")
    effort = sent()
    where = reverse("efforts:withdraw", args=[row.slug, effort.effort_id])

    silent = client.post(where, {"version": effort.version, "reason": ""})
    answer = client.post(where, {"version": effort.version, "reason": "We got other money."})

    effort.refresh_from_db()
    assert silent.status_code == 400
    assert answer.status_code == 302
    assert (effort.state, effort.state_reason) == ("withdrawn", "We got other money.")


def test_a_draft_is_thrown_away(client, draft):
    client.post(reverse("efforts:drop", args=[draft.round.slug, draft.pk]))

    assert not Application.objects.exists()


def test_pages_of_an_applicant_ask_to_sign_in(client, row):
    answer = client.get(reverse("efforts:applications", args=[row.slug]))

    assert answer.status_code == 302


def test_one_person_alone_applies_screens_and_judges_in_turn(client, db, settings):
    settings.ALONE = True
    person = first_person()
    person.alone, person.acting_as = True, Role.LEAD_OFFICER.value
    settings_of_round = {"title": "Alone", "institution": "Mine"}
    row = make_round(
        round_=a_round(samples=64, settings=settings_of_round), stage=Stage.CALL, by=person
    )
    client.force_login(person)

    act_as(client, Role.OFFICER)
    refused = client.post(reverse("efforts:applications", args=[row.slug]))
    act_as(client, Role.APPLICANT)
    send(client, begin(client, row), "submit")
    effort = sent()
    act_as(client, Role.OFFICER)
    told = {"version": 1, "kind": "evaluations", "outcome": "accepted"}
    client.post(reverse("efforts:screen", args=[row.slug, effort.effort_id]), told)
    at_stage(row, Stage.BLIND)
    act_as(client, Role.EXPERT)
    page = client.get(effort.get_absolute_url())

    assert refused.status_code == 403
    assert Effort.objects.get(pk=effort.pk).state == Effort.State.ACCEPTED
    assert page.status_code == 200
    assert "laboratory" not in page.content.decode()


def act_as(client, role):
    client.post(reverse("people:act_as"), {"role": role.value})
