"""An effort of a kept result, computed again."""

import pytest

from custodes.assessment import assess, recomputed
from custodes.challenges import Challenge
from custodes.judgements import Conflict
from round_records import a_round, an_effort, answers


@pytest.fixture(scope="module")
def round_():
    return a_round(
        an_effort("one", kind="interpretability"),
        an_effort("two", kind="evaluations"),
        worldviews=("central", "cautious"),
        judgements=(
            *answers("one", "a", accident_cut=(0.05, 0.1, 0.2)),
            *answers("one", "b", accident_cut=(0.2, 0.3, 0.4)),
            *answers("two", "a", success=0.5),
        ),
        conflicts=(Conflict(expert="b", effort="two", type="employer", decided="recuse"),),
        challenges=(Challenge(id="c1", effort="two", by="x", text="y", status="open"),),
        settings={
            "choice": {"rules": [{"kind": "exclusion", "efforts": ["one", "two"], "reason": ""}]}
        },
    )


@pytest.mark.parametrize("conditions", [None, {"one": ("scaling-statement",)}])
def test_from_the_same_round_it_is_the_same_in_every_bit(round_, conditions):
    record = assess(round_, conditions=conditions).record

    for kept in record.efforts:
        assert recomputed(record, round_, kept.id) == kept


def test_from_another_round_it_is_what_that_round_gives(round_):
    record = assess(round_, worldviews=["cautious"], seed=5).record
    later = round_.model_copy(update={"judgements": answers("one", "a", accident_cut=0.01)})

    found = recomputed(record, later, "one")

    assert found == assess(later, worldviews=["cautious"], seed=5).effort("one")
    assert found != record.efforts[0]


def test_an_effort_that_was_not_assessed_cannot_be(round_):
    with pytest.raises(KeyError):
        recomputed(assess(round_).record, round_, "three")
