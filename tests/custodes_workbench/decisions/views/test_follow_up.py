"""Pages of conditions, of the follow-up and of the replay."""

import pytest
from django.urls import reverse
from django.utils.html import escape

from custodes.mitigations import library
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.decisions.selectors import assessed as found_of
from custodes_workbench.decisions.services import ConditionGiven, DecisionGiven, record_decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(effort):
    return reverse("decisions:decision", args=[effort.round.slug, effort.effort_id])


def test_the_package_is_taken_with_one_button_and_worded_one_by_one(url, effort, client, cast):
    given = DecisionGiven(outcome="support", reasons="Good.")
    record_decision(effort=effort, given=given, by=cast.now("dina"), version=0)
    client.force_login(cast.dina)
    assert "Take the recommended package" in client.get(url).content.decode()

    taken = client.post(f"{url}package/", {"version": 1}, follow=True).content.decode()
    worded = client.post(
        f"{url}conditions/1/",
        {"version": 2, "text": "As we say it.", "evidence": "a page", "due": "2999-01-02"},
        follow=True,
    ).content.decode()

    assert "Word condition 1" in taken
    assert "As we say it." in worded
    assert "To be shown: a page." in worded
    assert "2 Jan 2999" in worded


def test_what_it_would_be_without_each_condition_is_on_page_and_memo(url, effort, client, cast):
    client.force_login(cast.dina)
    (titles,) = [
        [library()[id_].title for id_ in effort_result.conditions]
        for effort_result in [found_of(effort)[1]]
    ]
    assert titles

    part = client.get(f"{url}without/", headers={"HX-Request": "true"}).content.decode()
    record_decision(
        effort=effort,
        given=DecisionGiven(outcome="reject", reasons="No."),
        by=cast.now("dina"),
        version=0,
    )
    after = client.get(f"{url}without/").content.decode()

    assert "<html" not in part
    assert all(escape(title) in part for title in titles)
    assert "There is nothing to tell" in after


def test_a_form_offers_the_challenges_and_says_what_they_ask(url, effort, client, cast):
    Challenge.objects.create(
        effort=effort,
        revision=effort.revision,
        challenge_id="c1",
        by="Rhea",
        text="Why?",
        status="answered",
        answer="So.",
    )
    client.force_login(cast.dina)

    page = client.get(url).content.decode()

    assert 'name="challenges"' in page
    assert 'name="own_1_challenge"' in page
    assert "Challenge c1 was answered, and the decision does not mention it" in page


def test_a_decision_is_computed_again_on_its_page(url, supported, client, cast):
    client.force_login(cast.dina)
    inside = client.get(f"{url}replay/").content.decode()
    client.force_login(cast.mallory)
    outside = client.get(f"{url}replay/").content.decode()

    assert "the same, bit for bit" in inside
    assert "the inputs are what they were" in inside
    assert "the same, bit for bit" in outside
    assert "From today" not in outside


def test_the_follow_up_is_written_on_its_page(url, supported, client, cast):
    client.force_login(cast.omar)
    settled = client.post(
        f"{url}follow-up/conditions/1/",
        {"version": 1, "state": "waived", "reason": "It is law now."},
        follow=True,
    ).content.decode()
    client.force_login(cast.alan)
    reported = client.post(
        f"{url}follow-up/report/", {"condition": "2", "text": "We met in May."}, follow=True
    ).content.decode()
    client.force_login(cast.lena)
    ended = client.post(
        f"{url}follow-up/turn/", {"turn": "end", "reason": "It is done."}, follow=True
    ).content.decode()

    assert "It is law now." in settled
    assert "We met in May." in reported
    assert "What became of condition" not in reported
    assert "It is done." in ended
    assert 'name="turn"' not in ended


def test_what_was_typed_comes_back_from_the_follow_up(url, supported, client, cast):
    client.force_login(cast.omar)

    answer = client.post(
        f"{url}follow-up/conditions/1/", {"version": 9, "state": "met", "reason": "Typed."}
    )

    assert answer.status_code == 409
    assert "Typed." in answer.content.decode()


@pytest.mark.parametrize("who", ["anna", "ada", "rhea", "mallory"])
def test_the_follow_up_is_for_those_who_follow(url, supported, client, cast, who):
    client.force_login(cast.people[who])

    assert client.get(f"{url}follow-up/").status_code == 404


def test_a_wording_over_anothers_is_sent_back_with_what_was_typed(url, effort, client, cast):
    given = DecisionGiven(
        outcome="support", reasons="Good.", conditions=(ConditionGiven(text="Meet us."),)
    )
    record_decision(effort=effort, given=given, by=cast.now("dina"), version=0)
    client.force_login(cast.dina)

    answer = client.post(f"{url}conditions/1/", {"version": 9, "text": "Typed at length."})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Meet us." in page
    assert "Typed at length." in page
    late = client.post(f"{url}package/", {"version": 9}, follow=True)
    assert "changed the decision meanwhile" in late.content.decode()
