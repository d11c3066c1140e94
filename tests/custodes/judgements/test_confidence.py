import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custodes.catalogue import QUANTITIES
from custodes.judgements import WANTED, at_wanted_confidence
from shared_files import shared

OF_SCALE = {"logit": "success", "id": "safety_logit", "log": "capability_spend"}


def test_published_cases():
    cases = json.loads(shared("data", "known_answers", "judgement.json").read_text("utf-8"))
    rescaled = [case for case in cases["cases"] if case["id"].startswith("rescale.")]

    assert len(rescaled) > 2
    for case in rescaled:
        given_ = case["input"]
        answer = at_wanted_confidence(
            (given_["lower"], given_["best"], given_["upper"]),
            confidence=given_["confidence"],
            quantity=QUANTITIES[OF_SCALE[given_["scale"]]],
        )
        assert answer == pytest.approx(case["expected"], rel=1e-9), case["id"]


@given(
    st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted),
    st.floats(1e-6, 1, exclude_max=True),
)
def test_a_share_stays_a_share_and_the_best_stays(three, confidence):
    low, best, high = at_wanted_confidence(
        tuple(three), confidence=confidence, quantity=QUANTITIES["success"]
    )

    assert 0 <= low <= best <= high <= 1
    assert best == three[1]


@given(
    st.lists(st.floats(1e-300, 1e300), min_size=3, max_size=3).map(sorted), st.floats(1e-9, 0.99)
)
def test_no_range_becomes_infinite(three, confidence):
    numbers = at_wanted_confidence(
        tuple(three), confidence=confidence, quantity=QUANTITIES["capability_spend"]
    )

    assert all(abs(number) < float("inf") for number in numbers)


def test_the_wanted_confidence_changes_nothing():
    three = (0.1, 0.2, 0.7)

    answer = at_wanted_confidence(three, confidence=WANTED, quantity=QUANTITIES["success"])

    assert answer == pytest.approx(three, rel=1e-14)
