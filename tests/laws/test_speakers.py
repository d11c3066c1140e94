"""One expert speaks in each draw: shares by weight, whatever the order, and beliefs together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custodes.assessment import assess, draw_effort, draw_round
from custodes.judgements import speakers
from custodes.quantities import Streams
from round_records import a_round, an_effort, answers, with_weights

laws = settings(max_examples=100, derandomize=True, deadline=None)
weights = st.lists(st.floats(0.01, 100), min_size=1, max_size=9)


def order(samples, seed=0):
    return Streams(seed=seed, samples=samples).uniforms("effort:x", "expert")


@given(weights, st.sampled_from([64, 256, 4096]))
@laws
def test_everybody_has_the_floor_of_their_share_or_one_more(weights, samples):
    counts = np.bincount(speakers(weights, order(samples)), minlength=len(weights))

    exact = samples * np.asarray(weights) / sum(weights)
    assert counts.sum() == samples
    assert (counts >= np.floor(exact)).all()
    assert (counts <= np.floor(exact) + 1).all()


@given(weights, st.sampled_from([64, 256]))
@laws
def test_what_is_left_goes_to_the_largest_remainders(weights, samples):
    counts = np.bincount(speakers(weights, order(samples)), minlength=len(weights))

    exact = samples * np.asarray(weights) / sum(weights)
    remainders = exact - np.floor(exact)
    has_one_more = counts > np.floor(exact)
    if has_one_more.any() and not has_one_more.all():
        assert remainders[has_one_more].min() >= remainders[~has_one_more].max()


def test_a_tie_goes_to_the_first():
    assert np.bincount(speakers([1, 1, 1], order(64))).tolist() == [22, 21, 21]


def test_speakers_are_shuffled_by_their_stream():
    here, there = (speakers([1, 1], order(256, seed=seed)) for seed in (0, 1))

    assert not np.array_equal(here, there)
    changes = np.count_nonzero(np.diff(here))
    assert 80 < changes < 176  # 127.5 on the mean, 8 standard deviations: never by chance


def values_of(judgements, experts=(), samples=4096, **rules):
    effort = an_effort("one")
    round_ = a_round(
        effort,
        judgements=judgements,
        experts=experts,
        samples=samples,
        settings={"judgement": rules},
    )
    return draw_effort(draw_round(round_), effort).values["central"]


def test_what_an_expert_believes_together_stays_together():
    """A says 1 and 1, B says 0 and 0: the difference is always 0, not only on the mean."""
    judged = answers("one", "a", adoption=1, success=1) + answers(
        "one", "b", adoption=0, success=0
    )

    values = values_of(judged)

    assert np.array_equal(values["adoption"], values["success"])
    assert values["adoption"].mean() == 0.5


def test_opposed_experts_stay_opposed():
    """A says 1 and 0, B 0 and 1: the first is below the second in half of the worlds, not .25."""
    judged = answers("one", "a", adoption=1, success=0) + answers(
        "one", "b", adoption=0, success=1
    )

    values = values_of(judged)

    assert (values["adoption"] - values["success"] < 0).mean() == 0.5


def test_who_did_not_answer_is_stood_in_for_by_those_who_did():
    judged = (
        answers("one", "a", success=0.1, adoption=0.1)
        + answers("one", "b", success=0.2, adoption=0.2)
        + answers("one", "c", adoption=0.3)
    )

    values = values_of(judged, with_weights(a=3, b=1, c=4))

    shares = {x: (values["success"] == x).mean() for x in (0.1, 0.2)}
    # the linear pool with weights renormalised over those who answered, to sampling error:
    # sd of the stood-in half is sqrt(.75 .25 / 2048) / 2 = .005
    assert shares[0.1] == pytest.approx(0.75, abs=0.025)
    assert shares[0.1] + shares[0.2] == 1
    spoke = values["adoption"] != 0.3
    assert np.array_equal(values["success"][spoke], values["adoption"][spoke])


def test_where_nobody_answered_the_reference_class_speaks():
    nobody = values_of(())
    elsewhere = values_of(answers("one", "a", success=0.1))

    assert np.array_equal(nobody["adoption"], elsewhere["adoption"])


def test_one_expert_with_all_the_weight_is_that_expert_alone():
    mine = answers("one", "a", accident_cut=(0.01, 0.02, 0.05), success=(0.2, 0.5, 0.6))
    other = answers("one", "b", accident_cut=(0.1, 0.2, 0.5), success=(0.8, 0.9, 0.95))
    alone = a_round(an_effort("one"), judgements=mine)
    both = a_round(an_effort("one"), judgements=mine + other, experts=with_weights(a=1, b=0))

    one, two = (assess(each).effort("one") for each in (alone, both))

    assert one == two


def test_identical_experts_do_not_disagree():
    """`between` is a mean of two halves of the same worlds: at most a few times within/n."""
    same = {"accident_cut": (0.01, 0.02, 0.05), "success": (0.2, 0.5, 0.6)}
    judged = answers("one", "a", **same) + answers("one", "b", **same)
    round_ = a_round(an_effort("one"), judgements=judged, samples=4096)

    found = assess(round_).effort("one").worldviews["central"].before.disagreement

    assert found.share_between < 16 / 4096  # four standard errors of a difference, squared


def test_between_and_within_add_up_to_the_variance():
    judged = answers("one", "a", accident_cut=(0.01, 0.02, 0.05)) + answers(
        "one", "b", accident_cut=(-0.3, -0.2, -0.1)
    )
    effort = an_effort("one")
    round_ = a_round(effort, judgements=judged, samples=1024)
    net = draw_effort(draw_round(round_), effort).outcome("central", frozenset()).net

    found = assess(round_).effort("one").worldviews["central"].before.disagreement

    assert found.between + found.within == pytest.approx(net.var(), rel=1e-12)
    assert found.share_between > 0.1  # they disagree about the sign


def test_identical_experts_draw_the_same_numbers_as_one():
    same = {"accident_cut": (0.01, 0.02, 0.05), "success": (0.2, 0.5, 0.6)}

    one = values_of(answers("one", "a", **same))
    two = values_of(answers("one", "a", **same) + answers("one", "b", **same))

    assert all(np.array_equal(one[name], two[name]) for name in one)


def test_quantities_that_are_pooled_apart_mix_what_two_people_believe():
    """A says 1 and 0, B says 0 and 1: 1 - 0, 0 - 1 and twice 0, each a quarter of the worlds."""
    judged = answers("one", "a", adoption=1, success=0) + answers(
        "one", "b", adoption=0, success=1
    )

    apart = values_of(judged, coherent=False)
    together = values_of(judged)

    assert np.mean(together["adoption"] < together["success"]) == 0.5
    # 4 standard deviations of 4096 independent draws: by chance once in 16,000 seeds
    share = np.mean(apart["adoption"] < apart["success"])
    assert share == pytest.approx(0.25, abs=4 * np.sqrt(0.25 * 0.75 / 4096))
    assert [each.mean() for each in (apart["adoption"], apart["success"])] == [0.5, 0.5]


def test_a_result_of_quantities_pooled_apart_says_so_and_tells_no_disagreement():
    judged = answers("one", "a", adoption=0.2) + answers("one", "b", adoption=0.8)
    efforts = (an_effort("one"),)

    apart = assess(
        a_round(*efforts, judgements=judged, settings={"judgement": {"coherent": False}})
    )
    together = assess(a_round(*efforts, judgements=judged))

    assert (apart.record.round.coherent, together.record.round.coherent) == (False, True)
    assert apart.effort("one").worldview("central").after.disagreement is None
    assert together.effort("one").worldview("central").after.disagreement is not None
    assert apart.record.inputs_sha256 != together.record.inputs_sha256
