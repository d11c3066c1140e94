import datetime as dt

import pytest
from pydantic import ValidationError

from custodes.decisions import Condition, Decision, Prediction, with_outcomes
from custodes.evidence import Claim
from round_records import a_round, amount, an_effort

FIRST = {
    "id": "p1",
    "about": "condition:tests/k1",
    "text": "the explanation comes before the first payment",
    "made_on": dt.date(2027, 3, 1),
    "resolves_by": dt.date(2027, 4, 15),
    "amount": amount(0.9),
}


def decided(state):
    condition = Condition(id="k1", text="Explain.", state=state, reason="late")
    return Decision(
        effort="tests",
        outcome="support",
        decided_on=dt.date(2027, 3, 1),
        reasons="Good.",
        condition=(condition,),
    )


@pytest.mark.parametrize(
    ("state", "outcome"), [("open", None), ("met", 1.0), ("not_met", 0.0), ("waived", None)]
)
def test_whether_a_condition_was_met_is_taken_from_its_decision(state, outcome):
    (found,) = with_outcomes([Prediction(**FIRST)], [decided(state)], a_round(an_effort("tests")))

    assert found.outcome == outcome


def test_whether_a_claim_was_kept_is_taken_from_the_claim():
    claim = Claim(id="c1", effort="tests", claimant="An institute", text="Safe.", kept="no")
    foretold = Prediction(**FIRST | {"about": "claim:c1"})

    (found,) = with_outcomes([foretold], [], a_round(an_effort("tests"), claims=(claim,)))

    assert found.outcome == 0.0


def test_what_is_written_into_the_prediction_stands():
    written = Prediction(**FIRST, outcome=0.0)

    (found,) = with_outcomes([written], [decided("met")], a_round(an_effort("tests")))

    assert found == written


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"resolves_by": dt.date(2027, 2, 1)}, "is before made_on"),
        ({"resolved_on": dt.date(2027, 2, 1)}, "afterwards is no prediction"),
        ({"outcome": 1.0, "is_unresolvable": True}, "contradict each other"),
        ({"outcome": 0.5}, "the outcome of an event is yes or no, not 0.5"),
        ({"amount": amount(1.2)}, "p05, p50 and p95 of an event are between 0 and 1"),
        ({"family": "positive", "amount": amount((-1, 1, 2))}, "are 0 or more"),
        ({"about": "nothing:x"}, "pattern"),
    ],
)
def test_what_cannot_be_foretold_is_refused(changed, told):
    with pytest.raises(ValidationError, match=told):
        Prediction(**FIRST | changed)


def test_a_prediction_is_overdue_the_day_after():
    open_ = Prediction(**FIRST)

    assert not open_.is_overdue(dt.date(2027, 4, 15))
    assert open_.is_overdue(dt.date(2027, 4, 16))
    assert not Prediction(**FIRST, outcome=1.0).is_overdue(dt.date(2028, 1, 1))
