"""What a challenge is, and when it stands in the way."""

import datetime as dt

import pytest
from pydantic import ValidationError

from custodes.challenges import Challenge, open_by_effort


def a_challenge(name="c1", **fields):
    return Challenge.model_validate(
        {"id": name, "effort": "a", "by": "red team", "text": "It sells itself.", "status": "open"}
        | fields
    )


@pytest.mark.parametrize("status", ["answered", "upheld", "rejected"])
def test_what_is_decided_needs_an_answer(status):
    with pytest.raises(ValidationError, match=f"is {status} needs an answer"):
        a_challenge(status=status)

    assert not a_challenge(status=status, answer="It does not.").is_open


@pytest.mark.parametrize("status", ["open", "withdrawn"])
def test_what_waits_or_is_withdrawn_needs_none(status):
    assert a_challenge(status=status).is_open == (status == "open")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"quantity": "success", "p05": 0.1}, "needs p05, p50 and p95"),
        ({"p05": 0.1, "p50": 0.2, "p95": 0.3}, "needs the quantity"),
        ({"quantity": "success", "p05": 0.3, "p50": 0.2, "p95": 0.4}, "must not fall"),
    ],
)
def test_a_range_is_whole_and_rises(fields, told):
    with pytest.raises(ValidationError, match=told):
        a_challenge(**fields)


def test_a_range_is_an_amount():
    challenge = a_challenge(quantity="success", p05=0.1, p50=0.2, p95=0.4)

    assert (challenge.amount.p05, challenge.amount.p50, challenge.amount.p95) == (0.1, 0.2, 0.4)
    assert a_challenge().amount is None


def test_open_challenges_are_named_by_effort():
    told = open_by_effort(
        (
            a_challenge("c2", effort="b"),
            a_challenge("c1", effort="b"),
            a_challenge("c3"),
            a_challenge("c4", effort="d", status="withdrawn"),
        )
    )

    assert told == {"a": "challenge c3 is open", "b": "challenges c1, c2 are open"}


@pytest.mark.parametrize(
    ("fields", "target"),
    [
        ({}, "effort"),
        ({"claim": "k2"}, "claim"),
        ({"quantity": "success", "claim": "k2"}, "number"),
        ({"quantity": "other_misuse"}, "missing mechanism"),
        ({"quantity": "other_accident"}, "missing mechanism"),
        ({"quantity": "other_accident", "claim": "k2"}, "number"),
    ],
)
def test_what_is_attacked_is_told_by_claim_and_quantity(fields, target):
    numbers = {"p05": 0.0, "p50": 0.01, "p95": 0.02} if "quantity" in fields else {}

    assert a_challenge(**fields, **numbers).target == target


def test_it_is_overdue_when_it_is_open_after_its_day():
    day = dt.date(2027, 2, 1)
    after = day + dt.timedelta(days=1)

    assert not a_challenge(due="2027-02-01").is_overdue(day)
    assert a_challenge(due="2027-02-01").is_overdue(after)
    assert a_challenge(due="2027-02-01T12:00:00+01:00").is_overdue(after)
    assert not a_challenge().is_overdue(after)
    assert not a_challenge(due="2027-02-01", status="answered", answer="x").is_overdue(after)


@pytest.mark.parametrize("field", ["raised_at", "due", "answered_at"])
def test_what_is_no_date_is_refused_with_a_cure(field):
    with pytest.raises(ValidationError, match="'soon' is not a date; write it as 2027-03-01"):
        a_challenge(**{field: "soon"})
