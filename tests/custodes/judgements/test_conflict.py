"""A conflict that lets answers count for less: on its effort, everywhere, and by how much."""

import pytest
from pydantic import ValidationError

from custodes.assessment import assess
from custodes.judgements import Conflict, pool, weighed
from round_records import a_round, an_effort, answers, with_weights

JUDGED = (
    *answers("one", "a", accident_cut=(0.01, 0.02, 0.03)),
    *answers("one", "b", accident_cut=(0.2, 0.3, 0.4)),
)


def a_weight(expert, weight, effort="one", **fields):
    given = {"type": "close", "decided": "note", **fields}
    return Conflict(expert=expert, effort=effort, weight=weight, **given)


@pytest.mark.parametrize(
    ("conflicts", "weights"),
    [
        ((), {"a": 2.0}),
        ((a_weight("a", 0.5),), {"a": 1.0}),
        ((a_weight("b", 0.5, effort=""),), {"a": 2.0, "b": 0.5}),
        ((a_weight("a", 0.5), a_weight("a", 0.5, effort="", decided="publish")), {"a": 0.5}),
        ((a_weight("a", 0.5, effort="two"),), {"a": 2.0}),
        ((a_weight("a", 0.5, dismissed="yes"),), {"a": 2.0}),
        ((a_weight("a", None, decided="recuse"),), {"a": 2.0}),
    ],
)
def test_weights_of_conflicts_multiply_where_they_hold(conflicts, weights):
    experts = weighed("one", with_weights(a=2.0), conflicts)

    assert {str(each.expert): each.weight for each in experts} == weights


@pytest.mark.parametrize("decided", ["", "none", "recuse", "block"])
def test_a_weight_without_a_ruling_that_counts_is_no_conflict(decided):
    with pytest.raises(ValidationError, match="a weight needs a decision"):
        a_weight("a", 0.5, decided=decided)


def test_pool_and_assessment_are_those_of_an_expert_of_that_weight():
    effort = an_effort("one", kind="evaluations")

    less = a_round(effort, judgements=JUDGED, conflicts=(a_weight("b", 0.25),))
    same = a_round(effort, judgements=JUDGED, experts=with_weights(b=0.25))

    assert pool(less).questions[0].pool == pool(same).questions[0].pool
    weighed_less, has_weight = assess(less).effort("one"), assess(same).effort("one")
    assert weighed_less.model_copy(update={"other_panels": ()}) == has_weight
    assert [each.heard for each in weighed_less.other_panels] == ["nobody weighed less"]
