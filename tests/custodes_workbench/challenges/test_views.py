import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from answers import bare
from cast import a_workbench_round
from challenges import a_challenge
from custodes_workbench.access import Stage
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.efforts.models import Revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    """The small round, at the challenges."""
    return a_workbench_round(cast, Stage.CHALLENGE)


def address(row, name, *parts):
    """Where a page of challenges is."""
    return reverse(f"challenges:{name}", args=[row.slug, *parts])


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        *((each, ["c1", "c2"]) for each in ("lena", "omar", "aud", "dina", "rhea", "ada")),
        ("grace", ["c1"]),
        ("alan", ["c1"]),
        ("carl", []),
    ],
)
def test_everybody_sees_the_challenges_that_are_theirs_to_see(cast, client, row, name, seen):
    a_challenge(cast, row)
    a_challenge(cast, row, effort="second")
    client.force_login(cast.people[name])

    answer = client.get(address(row, "challenges"))

    found = (
        [each["id"] for each in answer.context["listing"].rows]
        if answer.status_code == 200
        else []
    )
    assert found == seen


@pytest.mark.parametrize("name", ["anna", "adam", "mallory"])
def test_strangers_find_nothing(cast, client, row, name):
    a_challenge(cast, row)
    client.force_login(cast.people[name])

    there, nothing = (
        client.get(address(row, "challenge", challenge)) for challenge in ("c1", "c9")
    )

    assert (there.status_code, bare(there)) == (404, bare(nothing))


def test_a_marked_challenge_is_seen_by_those_alone_who_rule(cast, client, row):
    challenge = a_challenge(cast, row)
    Challenge.objects.filter(pk=challenge.pk).update(as_read={"handling": "restricted"})

    found = {}
    for name in ("omar", "rhea", "alan", "dina"):
        client.force_login(cast.people[name])
        found[name] = client.get(address(row, "challenge", "c1")).status_code

    assert found == {"omar": 200, "rhea": 404, "alan": 404, "dina": 404}


def test_a_challenge_with_a_number_is_raised_answered_and_ruled_on(cast, client, row):
    client.force_login(cast.rhea)
    number = {"quantity": "success", "p05": "1 %", "p50": "0.05", "p95": "1 in 5"}
    client.post(address(row, "raise", "first"), {"text": "Too hopeful.", **number})
    client.force_login(cast.alan)
    client.post(address(row, "answer", "c1"), {"answer": "It was measured.", "version": 1})
    client.force_login(cast.omar)

    answer = client.post(
        address(row, "rule", "c1"),
        {"status": "rejected", "reason": "well measured", "version": 2},
        follow=True,
    )

    made = Challenge.objects.get()
    assert (made.p05, made.p50, made.p95, made.status) == (0.01, 0.05, 0.2, "rejected")
    assert "well measured" in answer.content.decode()
    assert "Rhea" not in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"text": ""}, "This field is required"),
        ({"quantity": "success", "p05": "0.1"}, "write p05, p50 and p95"),
        ({"p50": "0.1"}, "a range is given"),
        ({"quantity": "success", "p05": "x", "p50": "1", "p95": "2"}, "p05"),
        ({"quantity": "success", "p05": ".5", "p50": ".4", "p95": ".6"}, "the range falls"),
    ],
)
def test_what_cannot_be_read_is_sent_back_with_what_was_typed(cast, client, row, sent, why):
    client.force_login(cast.rhea)

    answer = client.post(address(row, "raise", "first"), {"text": "Typed at length.", **sent})

    assert answer.status_code == 400
    assert why in answer.content.decode()
    assert sent.get("text") == "" or "Typed at length." in answer.content.decode()
    assert not Challenge.objects.exists()


def test_whoever_may_not_challenge_is_told_why(cast, client, row):
    client.force_login(cast.aud)

    answer = client.get(address(row, "raise", "first"))

    assert answer.status_code == 403
    assert "raise a challenge" in answer.content.decode()


def test_an_answer_to_an_old_version_is_sent_back_with_what_was_typed(cast, client, row):
    a_challenge(cast, row)
    Challenge.objects.update(version=5, answer="It is so.", status="answered")
    client.force_login(cast.alan)

    answer = client.post(
        address(row, "answer", "c1"), {"answer": "Typed at length.", "version": 1}
    )

    assert answer.status_code == 400
    assert "Typed at length." in answer.content.decode()
    assert "It is so." in answer.content.decode()
    assert 'value="5"' in answer.content.decode()


def test_a_challenge_is_taken_back(cast, client, row):
    a_challenge(cast, row)
    client.force_login(cast.rhea)

    client.post(address(row, "withdraw", "c1"), {"reason": "mistaken", "version": 1})

    assert Challenge.objects.get().status == "withdrawn"


def test_signed_out_is_asked_to_sign_in(cast, client, row):
    a_challenge(cast, row)

    answer = client.get(address(row, "challenge", "c1"))

    assert answer.status_code == 302


def test_an_officer_sets_the_limits_and_the_page_tells_them(cast, client, row):
    a_challenge(cast, row)
    client.force_login(cast.omar)
    limits = {"owner": "the experts who judge it", "due": "2999-02-03", "words": 40}

    client.post(address(row, "assign", "c1"), {"version": 1, **limits})

    page = client.get(address(row, "challenge", "c1")).content.decode()
    assert "the experts who judge it" in page
    assert "in at most 40 words" in page
    assert "3 Feb 2999" in page
    assert "one reply to the answer is allowed" not in page


def test_a_long_answer_is_sent_back_with_what_was_typed(cast, client, row):
    a_challenge(cast, row)
    Challenge.objects.update(words=2)
    client.force_login(cast.alan)

    answer = client.post(address(row, "answer", "c1"), {"answer": "One two three", "version": 1})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "This has 3 words; it may have 2. Shorten it." in page
    assert "One two three" in page


def test_the_applicant_is_told_that_the_day_is_past(cast, client, row):
    a_challenge(cast, row)
    Challenge.objects.update(due=timezone.localdate() - dt.timedelta(days=1))
    client.force_login(cast.alan)

    page = client.get(address(row, "challenge", "c1")).content.decode()

    assert "Ask the programme officer for more time." in page
    assert 'name="answer"' not in page


def test_the_red_teamer_replies_on_the_page(cast, client, row):
    a_challenge(cast, row)
    client.force_login(cast.alan)
    client.post(address(row, "answer", "c1"), {"answer": "It was measured.", "version": 1})
    client.force_login(cast.rhea)

    client.post(address(row, "reply", "c1"), {"reply": "By whom?", "version": 2})

    client.force_login(cast.alan)
    page = client.get(address(row, "challenge", "c1")).content.decode()
    assert "By whom?" in page
    assert 'name="answer"' not in page


def test_looking_at_what_it_would_do_raises_nothing(cast, client, row):
    client.force_login(cast.rhea)
    number = {"quantity": "other_misuse", "p05": "0", "p50": "0.01", "p95": "0.05"}
    sent = {"text": "Typed at length.", "look": "1", **number}

    answer = client.post(address(row, "raise", "first"), sent)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert reverse("assessments:weighed", args=[row.slug, "first"]) in page
    assert "p50=0.01" in page
    assert "Typed at length." in page
    assert not Challenge.objects.exists()


def test_a_proposal_that_changed_since_is_marked_with_what_changed(cast, client, row):
    challenge = a_challenge(cast, row)
    first = challenge.revision
    Revision.objects.create(
        effort=challenge.effort,
        n=first.n + 1,
        record=first.record | {"title": "Quite another title"},
        explanation=first.explanation,
        by=cast.alan,
    )
    client.force_login(cast.rhea)

    page = client.get(address(row, "challenge", "c1")).content.decode()

    assert "the proposal has changed since" in page
    assert "Quite another" in page
