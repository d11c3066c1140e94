import math

import pytest

from custodes.catalogue import QUANTITIES, quantities_of
from custodes.efforts import reference_classes
from custodes_workbench.judgements.records import (
    ASKED,
    MAIN,
    groups,
    order_of_questions,
    reference_cost,
    reference_range,
    slider_of,
)
from round_records import an_effort


def test_every_quantity_of_an_effort_is_asked_once_in_one_group():
    names = [each.name for each in quantities_of("effort")]

    assert sorted(order_of_questions()) == sorted(names)
    assert set(ASKED) == set(names)


def test_one_sitting_holds_at_most_twelve_questions():
    assert len(MAIN) == 12
    assert groups()[0].quantities == tuple(QUANTITIES[name] for name in MAIN)


def test_question_at_the_reference_cost_names_it():
    effort = an_effort("a", kind="evaluations")
    own = an_effort("b", reference_cost=5e6)

    cost = reference_classes()["evaluations"].reference_cost
    assert reference_cost(effort, QUANTITIES["accident_cut"]) == cost
    assert reference_cost(own, QUANTITIES["washing"]) == 5e6
    assert reference_cost(effort, QUANTITIES["success"]) is None


def test_reference_range_is_that_of_the_kind():
    found = reference_range(an_effort("a", kind="control"), QUANTITIES["success"])

    assert found == reference_classes()["control"].quantities["success"]


@pytest.mark.parametrize("name", ASKED)
def test_handle_runs_from_end_to_end_of_the_range(name):
    slider = slider_of(QUANTITIES[name])

    assert slider.low < slider.high
    assert slider.step <= (slider.high - slider.low) / 200
    assert math.isfinite(slider.low)


def test_handle_of_a_share_is_on_log_odds_from_a_thousand_millionth():
    slider = slider_of(QUANTITIES["success"])

    assert slider.scale == "logit"
    assert slider.low == pytest.approx(math.log(1e-9), abs=1e-6)
