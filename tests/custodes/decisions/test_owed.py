"""What challenges ask of a decision to support."""

import datetime as dt

import pytest

from custodes.challenges import Challenge
from custodes.decisions import Condition, Decision, FollowUp, challenges_owed
from custodes.judgements import Judgement
from round_records import a_round, an_effort

DAY = dt.date(2027, 3, 1)


def the_round(*challenges, reasons=()):
    return a_round(
        an_effort("a"),
        an_effort("b"),
        challenges=challenges,
        judgements=tuple(
            Judgement(
                effort="a",
                expert="e1",
                quantity=quantity,
                p05=0.1,
                p50=0.2,
                p95=0.3,
                reason=reason,
            )
            for quantity, reason in reasons
        ),
    )


def a_challenge(status, **fields):
    told = {"id": "c1", "effort": "a", "by": "red team", "text": "No.", "status": status}
    answer = {} if status in ("open", "withdrawn") else {"answer": "Yes."}
    return Challenge.model_validate(told | answer | fields)


def a_decision(**fields):
    told = {"effort": "a", "outcome": "support", "decided_on": DAY, "reasons": "Good."}
    return Decision.model_validate(told | fields)


def told(round_, decision=None):
    return [str(each) for each in challenges_owed("a", round_, decision)]


CONDITIONED = a_decision(condition=(Condition(id="k1", challenge="c1", text="Mend it."),))
MENTIONED = a_decision(challenges=("c1",))


@pytest.mark.parametrize(
    ("status", "decision", "owed"),
    [
        ("open", None, True),
        ("open", MENTIONED, True),
        ("open", CONDITIONED, False),
        ("answered", None, True),
        ("answered", a_decision(), True),
        ("answered", MENTIONED, False),
        ("answered", CONDITIONED, False),
        ("upheld", MENTIONED, True),
        ("upheld", CONDITIONED, False),
        ("rejected", a_decision(), False),
        ("withdrawn", None, False),
    ],
)
def test_the_rule_of_each_state(status, decision, owed):
    assert bool(told(the_round(a_challenge(status)), decision)) == owed


@pytest.mark.parametrize(
    ("quantity", "reason", "enough"),
    [
        ("success", "Lower, since c1 is right.", True),
        ("success", "Challenge c1.", True),
        ("success", "Lower, since c12 is right.", False),
        ("success", "Lower, since c1.2 is right.", False),
        ("adoption", "Lower, since c1 is right.", False),
    ],
)
def test_an_answer_that_names_an_upheld_challenge_is_enough(quantity, reason, enough):
    challenge = a_challenge("upheld", quantity="success", p05=0, p50=0.1, p95=0.2)

    owed = told(the_round(challenge, reasons=[(quantity, reason)]))

    assert owed == ([] if enough else [each for each in owed if "c1 was upheld" in each])
    assert bool(owed) != enough


def test_challenges_to_others_ask_nothing():
    assert told(the_round(a_challenge("open", effort="b"))) == []


def test_each_is_told_with_its_cure():
    round_ = the_round(a_challenge("open"), a_challenge("answered", id="c2"))

    assert told(round_) == [
        "challenge c1 is open: answer it, or name it in a condition",
        (
            "challenge c2 was answered, and the decision does not mention it: weigh it and name "
            "it in the decision"
        ),
    ]


def test_a_condition_is_overdue_while_it_is_open_and_its_day_is_past():
    condition = Condition(id="k1", text="Mend it.", due=DAY)

    assert not condition.is_overdue(DAY)
    assert condition.is_overdue(DAY + dt.timedelta(days=1))
    met = condition.model_copy(update={"state": "met"})
    assert not met.is_overdue(DAY + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("kinds", "stands"),
    [
        ([], "running"),
        (["report"], "running"),
        (["suspend", "report"], "suspended"),
        (["suspend", "extend"], "running"),
        (["suspend", "end"], "ended"),
    ],
)
def test_the_last_turn_of_support_counts(kinds, stands):
    steps = [
        FollowUp(on=DAY + dt.timedelta(days=number), kind=kind, text="x")
        for number, kind in enumerate(kinds)
    ]

    assert a_decision(follow_up=tuple(reversed(steps))).support_is == stands
    assert a_decision(outcome="reject").support_is == "none"
