import datetime as dt

import pytest
from django.utils import timezone

from cast import a_workbench_round
from challenges import a_challenge, an_objection, effort_of
from custodes_workbench.access import Refused, Stage
from custodes_workbench.challenges.models import Challenge
from custodes_workbench.challenges.selectors import challenges_computed, open_challenges
from custodes_workbench.challenges.services import (
    ChangedMeanwhileError,
    answer_challenge,
    assign_challenge,
    raise_challenge,
    read_in_challenges,
    reply_to_answer,
    rule_on_challenge,
    withdraw_challenge,
)
from custodes_workbench.history.models import Entry
from custodes_workbench.rounds.models import Round
from workbench_runs import moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    """The small round, at the challenges."""
    return a_workbench_round(cast, Stage.CHALLENGE)


def answered(cast, challenge, by="alan"):
    """The challenge, after an answer."""
    answer_challenge(
        challenge=challenge, answer="It was measured.", by=cast.now(by), version=challenge.version
    )
    challenge.refresh_from_db()
    return challenge


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("rhea", "a red-teamer"),
        ("omar", "a programme officer"),
        ("lena", "the lead officer"),
        ("ada", "an expert"),
    ],
)
def test_a_challenge_stands_in_the_way_and_names_nobody(cast, row, name, told):
    challenge = a_challenge(cast, row, by=name)

    assert (challenge.challenge_id, challenge.by, challenge.status) == ("c1", told, "open")
    assert open_challenges(effort_of(row)) == [challenge]
    newest = Entry.objects.order_by("-n").first()
    assert (newest.action, newest.object) == (
        "challenge raised",
        f"challenge c1 to effort {row.slug}/first",
    )


def test_ids_are_used_once_in_a_round(cast, row):
    first = a_challenge(cast, row)
    second = a_challenge(cast, row, effort="second")

    assert [first.challenge_id, second.challenge_id] == ["c1", "c2"]


@pytest.mark.parametrize("name", ["alan", "dina", "anna", "aud", "adam", "mallory"])
def test_others_raise_no_challenge(cast, row, name):
    with pytest.raises(Refused):
        a_challenge(cast, row, by=name)


@pytest.mark.parametrize(("name", "effort"), [("grace", "second"), ("carl", "second")])
def test_an_expert_challenges_only_what_is_theirs_to_judge(cast, row, name, effort):
    with pytest.raises(Refused):
        a_challenge(cast, row, by=name, effort=effort)


@pytest.mark.parametrize("stage", [Stage.BLIND, Stage.ASSESSMENT, Stage.CHOICE])
def test_challenges_are_raised_at_their_stage_alone(cast, row, stage):
    with pytest.raises(Refused, match="the round is at"):
        a_challenge(cast, moved(row, stage))


@pytest.mark.parametrize("name", ["alan", "ada", "omar"])
def test_an_answer_clears_the_way(cast, row, name):
    challenge = answered(cast, a_challenge(cast, row), by=name)

    assert (challenge.status, challenge.answer) == ("answered", "It was measured.")
    assert open_challenges(effort_of(row)) == []


@pytest.mark.parametrize("name", ["rhea", "dina", "anna", "aud", "mallory"])
def test_others_answer_no_challenge(cast, row, name):
    challenge = a_challenge(cast, row)

    with pytest.raises(Refused):
        answered(cast, challenge, by=name)


def test_an_applicant_answers_for_their_own_effort_alone(cast, row):
    challenge = a_challenge(cast, row, effort="second")

    with pytest.raises(Refused):
        answered(cast, challenge, by="alan")


@pytest.mark.parametrize("status", ["upheld", "rejected"])
def test_an_answered_challenge_is_ruled_on_with_a_reason(cast, row, status):
    challenge = answered(cast, a_challenge(cast, row))

    rule_on_challenge(
        challenge=challenge, status=status, reason="seen", by=cast.now("omar"), version=2
    )

    challenge.refresh_from_db()
    assert (challenge.status, challenge.ruling) == (status, "seen")


def test_what_is_ruled_stands(cast, row):
    challenge = answered(cast, a_challenge(cast, row))
    rule_on_challenge(
        challenge=challenge, status="rejected", reason="x", by=cast.now("omar"), version=2
    )
    challenge.refresh_from_db()

    with pytest.raises(Refused, match="that stands"):
        answered(cast, challenge)


def test_nothing_is_ruled_on_before_it_is_answered(cast, row):
    challenge = a_challenge(cast, row)

    with pytest.raises(Refused, match="once it is answered"):
        rule_on_challenge(
            challenge=challenge, status="rejected", reason="x", by=cast.now("omar"), version=1
        )


def test_nobody_rules_on_a_challenge_of_their_own(cast, row):
    challenge = answered(cast, a_challenge(cast, row, by="omar"))

    with pytest.raises(Refused, match="of their own"):
        rule_on_challenge(
            challenge=challenge, status="rejected", reason="x", by=cast.now("omar"), version=2
        )


@pytest.mark.parametrize("name", ["rhea", "alan", "ada", "dina", "aud", "mallory"])
def test_others_rule_on_nothing(cast, row, name):
    challenge = answered(cast, a_challenge(cast, row))

    with pytest.raises(Refused):
        rule_on_challenge(
            challenge=challenge, status="rejected", reason="x", by=cast.now(name), version=2
        )


def test_an_answer_to_what_was_seen_before_is_not_written_over(cast, row):
    challenge = answered(cast, a_challenge(cast, row))

    with pytest.raises(ChangedMeanwhileError):
        answer_challenge(challenge=challenge, answer="late", by=cast.now("alan"), version=1)

    assert Challenge.objects.get(pk=challenge.pk).answer == "It was measured."


def test_whoever_raised_it_takes_it_back(cast, row):
    challenge = a_challenge(cast, row)

    withdraw_challenge(challenge=challenge, reason="mistaken", by=cast.now("rhea"), version=1)

    challenge.refresh_from_db()
    assert challenge.status == "withdrawn"
    assert open_challenges(effort_of(row)) == []


def test_nobody_takes_back_what_another_raised(cast, row):
    challenge = a_challenge(cast, row)

    with pytest.raises(Refused, match="whoever raised it"):
        withdraw_challenge(challenge=challenge, reason="x", by=cast.now("omar"), version=1)


def test_a_challenge_keeps_what_the_proposal_said(cast, row):
    effort = effort_of(row)

    challenge = raise_challenge(effort=effort, given=an_objection(), by=cast.now("rhea"))

    assert challenge.revision == effort.revision


LIMITS = {"owner": "a programme officer", "due": None, "words": 3, "may_reply": False}


def test_it_is_the_applicant_who_must_answer_unless_nobody_applied(cast, row):
    first, second = a_challenge(cast, row), a_challenge(cast, row, effort="second")

    assert (first.owner, second.owner) == ("the applicant", "a programme officer")


@pytest.mark.parametrize("name", ["omar", "lena"])
def test_an_officer_says_who_answers_and_within_what(cast, row, name):
    challenge = a_challenge(cast, row)

    assign_challenge(challenge=challenge, by=cast.now(name), version=1, **LIMITS)

    challenge.refresh_from_db()
    assert {key: getattr(challenge, key) for key in LIMITS} == LIMITS
    assert Entry.objects.order_by("-n").first().action == "challenge assigned"


@pytest.mark.parametrize("name", ["rhea", "alan", "ada", "dina", "aud", "mallory"])
def test_others_assign_nothing(cast, row, name):
    with pytest.raises(Refused):
        assign_challenge(challenge=a_challenge(cast, row), by=cast.now(name), version=1, **LIMITS)


def test_what_is_answered_is_assigned_to_nobody(cast, row):
    challenge = answered(cast, a_challenge(cast, row))

    with pytest.raises(Refused, match="nobody has to answer"):
        assign_challenge(challenge=challenge, by=cast.now("omar"), version=2, **LIMITS)


def test_an_answer_keeps_to_the_words(cast, row):
    challenge = a_challenge(cast, row)
    Challenge.objects.update(words=2)
    challenge.refresh_from_db()

    with pytest.raises(Refused, match="has 3 words; it may have 2"):
        answered(cast, challenge)


def test_after_the_day_the_applicant_is_refused_and_an_officer_is_not(cast, row):
    challenge = a_challenge(cast, row)
    Challenge.objects.update(due=timezone.localdate() - dt.timedelta(days=1))
    challenge.refresh_from_db()

    with pytest.raises(Refused, match="Ask the programme officer for more time"):
        answered(cast, challenge)
    answered(cast, challenge, by="omar")

    assert challenge.answered_as == "a programme officer"


def test_whoever_raised_it_replies_once_and_then_the_answer_stands(cast, row):
    challenge = answered(cast, a_challenge(cast, row))
    assert challenge.answered_as == "the applicant"
    assert challenge.answered_revision == challenge.revision

    reply_to_answer(challenge=challenge, reply="By whom?", by=cast.now("rhea"), version=2)

    challenge.refresh_from_db()
    assert (challenge.reply, challenge.status) == ("By whom?", "answered")
    with pytest.raises(Refused, match="One reply"):
        reply_to_answer(challenge=challenge, reply="Again.", by=cast.now("rhea"), version=3)
    with pytest.raises(Refused, match="the answer stands"):
        answered(cast, challenge)


@pytest.mark.parametrize(
    ("values", "name", "why"),
    [
        ({}, "omar", "whoever raised"),
        ({"may_reply": False}, "rhea", "allows no reply"),
        ({"status": "open"}, "rhea", "is open"),
        ({"words": 1}, "rhea", "has 2 words"),
    ],
)
def test_other_replies_are_refused(cast, row, values, name, why):
    challenge = answered(cast, a_challenge(cast, row))
    Challenge.objects.update(**values)
    challenge.refresh_from_db()

    with pytest.raises(Refused, match=why):
        reply_to_answer(challenge=challenge, reply="By whom?", by=cast.now(name), version=2)


def test_a_challenge_goes_into_its_file_and_comes_back(cast, row):
    challenge = a_challenge(cast, row, claim="", quantity="success", p05=0.1, p50=0.2, p95=0.3)
    Challenge.objects.update(due=dt.date(2999, 1, 2))
    challenge.refresh_from_db()
    answered(cast, challenge)
    reply_to_answer(challenge=challenge, reply="By whom?", by=cast.now("rhea"), version=2)
    challenge.refresh_from_db()
    rule_on_challenge(
        challenge=challenge, status="upheld", reason="not shown", by=cast.now("omar"), version=3
    )
    (told,) = challenges_computed(row)

    assert told.owner == "the applicant"
    assert told.due == "2999-01-02"
    assert (told.answered_by, told.ruled_by) == ("the applicant", "a programme officer")
    assert told.raised_at == told.answered_at == challenge.raised_at.date().isoformat()
    assert (told.reply, told.ruling) == ("By whom?", "not shown")

    Challenge.objects.all().delete()
    moved(row, Stage.SCREENING)
    read_in_challenges(row=Round.objects.get(pk=row.pk), challenges=[told], by=cast.now("lena"))

    assert challenges_computed(row) == (told,)
