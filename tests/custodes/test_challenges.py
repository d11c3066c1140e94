"""What a challenge is, and when it stands in the way."""

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
