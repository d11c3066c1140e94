"""The result with a challenger's range: in place of the pool, and as one more expert."""

import pytest

from custodes.assessment import assess, with_challenges
from custodes.challenges import Challenge
from round_records import a_round, an_effort, answers

CUT = (0.1, 0.2, 0.3)


def the_round(*challenges, judgements):
    return a_round(
        an_effort("one"),
        an_effort("two"),
        judgements=judgements,
        challenges=challenges,
        settings={
            "choice": {"rules": [{"kind": "exclusion", "efforts": ["one", "two"], "reason": ""}]}
        },
    )


def a_challenge(cut, name="c1", status="open", **fields):
    low, middle, high = cut
    return Challenge(
        id=name,
        effort="one",
        by="red team",
        text="Too much.",
        quantity="accident_cut",
        p05=low,
        p50=middle,
        p95=high,
        status=status,
        **fields,
    )


JUDGED = (
    *answers("one", "a", accident_cut=CUT, success=(0.4, 0.5, 0.6)),
    *answers("one", "b", success=(0.7, 0.8, 0.9)),
    *answers("two", "a", success=0.5),
)


def test_the_range_that_everybody_gave_changes_nothing():
    judged = (*answers("one", "a", accident_cut=CUT), *answers("one", "b", accident_cut=CUT))

    (found,) = with_challenges(assess(the_round(a_challenge(CUT), judgements=judged)))

    assert (found.challenge, found.effort, found.worldview) == ("c1", "one", "central")
    assert found.instead == found.now
    assert found.p_raises_risk_instead == found.p_raises_risk_now


def test_the_result_instead_is_that_of_a_round_in_which_the_range_was_given():
    smaller = (0.01, 0.02, 0.03)
    (found,) = with_challenges(assess(the_round(a_challenge(smaller), judgements=JUDGED)))
    said = (
        *answers("one", "a", accident_cut=smaller, success=(0.4, 0.5, 0.6)),
        *answers("one", "b", accident_cut=smaller, success=(0.7, 0.8, 0.9)),
        *answers("two", "a", success=0.5),
    )
    given = {"one": assess(the_round(judgements=JUDGED)).effort("one").conditions}

    there = assess(the_round(judgements=said), conditions=given).effort("one")

    assert found.instead == there.worldview("central").after.net
    assert found.qualifies_instead == there.qualifies


def test_a_smaller_cut_is_less_safe_and_one_voice_more_lies_between():
    (found,) = with_challenges(assess(the_round(a_challenge((0.0, 0.0, 0.0)), judgements=JUDGED)))

    assert found.now.mean < found.among.mean < found.instead.mean


@pytest.mark.parametrize(
    "challenge",
    [
        a_challenge(CUT, status="withdrawn"),
        Challenge(id="c1", effort="one", by="x", text="y", status="open"),
    ],
)
def test_what_is_withdrawn_or_has_no_number_is_left_out(challenge):
    assert with_challenges(assess(the_round(challenge, judgements=JUDGED))) == ()


def test_an_effort_that_nobody_judged_can_be_challenged():
    (found,) = with_challenges(assess(the_round(a_challenge(CUT), judgements=())))

    assert found.instead == found.among
