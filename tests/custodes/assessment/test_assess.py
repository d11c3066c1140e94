import pytest

from custodes.assessment import assess
from custodes.errors import InputError
from round_records import a_round, an_effort


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"samples": 1000}, "1000 is not a power of two; write 1024"),
        ({"samples": 16}, "16 is below 64; write 64 or more"),
        ({"seed": -1}, "-1 is below 0; write 0 or more"),
        ({"worldviews": ["centrl"]}, "did you mean 'central'?"),
        ({"conditions": {"nobody": []}}, "'nobody', which is no effort"),
        ({"conditions": {"a": ["scaling-statment"]}}, "did you mean 'scaling-statement'?"),
    ],
)
def test_what_cannot_be_is_a_sentence(given, told):
    with pytest.raises(InputError) as caught:
        assess(a_round(an_effort("a")), **given)

    assert told in str(caught.value)


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(InputError) as caught:
        assess(
            a_round(an_effort("a")), worldviews=["centrl"], samples=7, conditions={"nobody": []}
        )

    assert len(caught.value.faults) == 3


def test_a_round_without_efforts_is_refused():
    with pytest.raises(InputError, match="no effort yet"):
        assess(a_round())


def test_progress_is_told_from_none_to_all():
    seen = []

    assess(
        a_round(*(an_effort(f"e{n}") for n in range(3)), samples=64),
        progress=lambda done, everything: seen.append((done, everything)),
    )

    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_worldviews_of_a_call_replace_those_of_the_round():
    found = assess(a_round(an_effort("a"), samples=64), worldviews=["cautious", "sanguine"])

    assert found.record.round.worldviews == ("cautious", "sanguine")
    assert list(found.effort("a").worldviews) == ["cautious", "sanguine"]
