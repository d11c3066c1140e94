from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custodes.errors import InputError
from custodes.evidence import (
    at_face_value,
    detection_of,
    effective_number,
    effective_number_of,
    effective_sample_size,
    floor,
    floor_of_p_all_pass,
    p_all_pass,
    p_evidence,
    p_harm,
    p_seen_if_bad,
    posterior,
    resampled,
    split_of_gap,
    upper_bound_of_clean,
    value_of_test,
)

TIGHT = {"rel": 1e-12, "abs": 1e-12}
EQUAL = {"sensitivity": 0.7, "gaming": 0.1, "common_cause": 0.1}
SHARES = st.floats(0, 1, allow_subnormal=False)


@st.composite
def strengths(draw, number):
    """Strengths of several tests, each at least as likely to find a bad system as a good one."""
    listed = st.lists(SHARES, min_size=number, max_size=number)
    s, d = draw(listed), draw(listed)
    t = [
        1 - draw(st.floats(0, 0.99)) * (1 - gaming) * found
        for found, gaming in zip(s, d, strict=True)
    ]
    return {
        "sensitivity": s,
        "gaming": d,
        "specificity": t,
        "common_cause": draw(SHARES),
        "reach": draw(listed),
    }


def likelihood(found, given_):
    return float(p_seen_if_bad(detection_of(found=found, **given_))[0])


@settings(deadline=None, max_examples=60)
@given(data=st.data(), number=st.integers(1, 4))
def test_the_probabilities_of_all_outcomes_sum_to_one(data, number):
    given_ = data.draw(strengths(number))

    total = sum(likelihood(found, given_) for found in product([False, True], repeat=number))

    assert total == pytest.approx(1, abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(data=st.data(), number=st.integers(2, 4))
def test_the_order_of_tests_does_not_matter(data, number):
    given_ = data.draw(strengths(number))
    found = tuple(data.draw(st.lists(st.booleans(), min_size=number, max_size=number)))
    order = data.draw(st.permutations(range(number)))
    shuffled = {
        name: value if name == "common_cause" else [value[each] for each in order]
        for name, value in given_.items()
    }

    assert likelihood(found, given_) == pytest.approx(
        likelihood(tuple(found[each] for each in order), shuffled), abs=1e-9
    )


@settings(deadline=None, max_examples=60)
@given(data=st.data(), number=st.integers(1, 4), less=SHARES, prior=st.floats(0.01, 0.99))
@pytest.mark.parametrize(
    ("name", "sign"), [("gaming", 1), ("common_cause", 1), ("sensitivity", -1), ("reach", -1)]
)
def test_clean_evidence_says_less_when_gamed_and_more_when_strong(
    data, number, less, prior, name, sign
):
    """With no false alarms; sign 1: the posterior rises as the strength rises."""
    given_ = {**data.draw(strengths(number)), "specificity": 1.0}
    clean = (False,) * number
    lower = {**given_, name: np.asarray(given_[name]) * less}

    high = float(posterior(prior, detection_of(found=clean, **given_))[0])
    low = float(posterior(prior, detection_of(found=clean, **lower))[0])

    assert sign * (high - low) >= -1e-9


def test_draws_agree_with_the_exact_likelihood():
    """2,000,000 draws of the story itself; six standard errors, so by chance once in 5e8."""
    rng = np.random.default_rng(20261124)
    number = 2_000_000
    s, d, beta, t, kappa = (
        (0.9, 0.5, 0.3),
        (0.4, 0.1, 0.05),
        0.2,
        (0.98, 0.95, 0.9),
        (0.9, 0.6, 0.3),
    )
    gamed_until, informative_until, shared = rng.random((3, number))
    is_common = rng.random(number) < beta
    finds = np.empty((3, number), dtype=bool)
    for test in range(3):
        luck = np.where(is_common, shared, rng.random(number))
        on_bad = (luck < s[test]) & (gamed_until >= d[test])
        on_good = rng.random(number) >= t[test]
        finds[test] = np.where(informative_until < kappa[test], on_bad, on_good)

    for found in ((False, False, False), (False, True, False), (True, False, True)):
        seen = np.all(finds == np.array(found)[:, None], axis=0).mean()
        exact = likelihood(
            found,
            {
                "sensitivity": s,
                "gaming": d,
                "common_cause": beta,
                "specificity": t,
                "reach": kappa,
            },
        )
        assert seen == pytest.approx(exact, abs=6 * (exact * (1 - exact) / number) ** 0.5)


def test_equal_tests_have_the_closed_form_and_its_floor():
    for number in (1, 3, 5, 10):
        given_ = {**EQUAL, "specificity": 1.0, "reach": 1.0}
        assert likelihood((False,) * number, given_) == pytest.approx(
            p_all_pass(number, **EQUAL), **TIGHT
        )
    assert floor_of_p_all_pass(**EQUAL) == pytest.approx(0.127, **TIGHT)
    assert p_all_pass(5000, **EQUAL) == pytest.approx(0.127, **TIGHT)


def test_the_floor_is_what_ever_more_tests_leave():
    one = detection_of(found=(False,), **EQUAL, specificity=1.0, reach=0.6)
    many = detection_of(found=(False,) * 60, **EQUAL, specificity=1.0, reach=0.6)

    assert floor(0.2, one) == pytest.approx(posterior(0.2, many), rel=1e-9)
    # the table of the design: kappa 1
    ideal = detection_of(found=(False,), **EQUAL, specificity=1.0, reach=1.0)
    assert float(floor(0.2, ideal)[0]) == pytest.approx(0.03077295856554398, **TIGHT)


@pytest.mark.parametrize(
    ("number", "worth"),
    [
        (1, 0.8258095779003208),
        (3, 1.581997392507166),
        (5, 1.701191782649468),
        (10, 1.7139345047040189),
    ],
)
def test_the_effective_number_of_tests_is_the_known_one(number, worth):
    assert effective_number(number, **EQUAL) == pytest.approx(worth, **TIGHT)


def test_the_effective_number_at_its_ends():
    honest = {"gaming": 0.0, "common_cause": 0.0}

    assert effective_number(4, sensitivity=0.5, **honest) == pytest.approx(4, **TIGHT)
    assert effective_number(0, **EQUAL) == 0
    assert effective_number(3, sensitivity=0, **honest) == 0
    assert effective_number(3, sensitivity=1, **honest) == 3
    assert effective_number(3, sensitivity=1, gaming=0.1, common_cause=0) == 0


def test_a_next_test_has_the_known_value():
    found = value_of_test(0.2, benefit=1, loss=8, sensitivity=0.7, gaming=0.1, specificity=0.95)

    assert found.p_pass == pytest.approx(0.834, **TIGHT)
    assert found.after_pass == pytest.approx(0.08872901678657075, **TIGHT)
    assert found.value == pytest.approx(0.242, **TIGHT)


def test_a_test_that_cannot_change_the_decision_is_worth_nothing():
    found = value_of_test(0.2, benefit=1, loss=1, sensitivity=0.1, gaming=0, specificity=1)

    assert found.value == pytest.approx(0, abs=1e-12)


def test_clean_items_have_the_exact_upper_bound():
    assert upper_bound_of_clean(60) == pytest.approx(0.04870291331009746, **TIGHT)
    assert upper_bound_of_clean(300) == pytest.approx(0.00993608194445772, **TIGHT)


def test_uncertain_strength_is_weighted_by_what_was_seen():
    """Sensitivity .3 or .9 with equal chance: the right mean is 1 in 11, not the plain mean."""
    tests = detection_of(
        found=(False,),
        sensitivity=np.tile([0.3, 0.9], 2048)[None, :],
        specificity=1.0,
        gaming=0.0,
        common_cause=0.0,
        reach=1.0,
    )
    prior = np.full(4096, 0.2)
    weights = p_evidence(prior, tests)
    after = posterior(prior, tests)

    order = np.random.default_rng(7).random(4096)
    chosen = resampled(weights, order=order, offset=0.5)

    assert after[:2] == pytest.approx([0.14893617021276598, 0.024390243902439025], **TIGHT)
    assert float(np.mean(after)) == pytest.approx(0.0866632070576025, **TIGHT)
    exact = float(np.sum(weights * after) / np.sum(weights))
    assert exact == pytest.approx(0.09090909090909091, **TIGHT)
    # copies of each draw are its share of 4,096, rounded; shares of a random order: 1e-3
    assert float(np.mean(after[chosen])) == pytest.approx(exact, abs=1e-3)
    assert resampled(np.ones(4096), order=order, offset=0.5).tolist() == list(range(4096))
    # (sum of weights)^2 / sum of squares: (3 + 1)^2 / (9 + 1)
    assert effective_sample_size(np.array([3.0, 1.0])) == pytest.approx(1.6, **TIGHT)
    assert effective_sample_size(np.array([1.0, 1.0, 0.0])) == pytest.approx(2, **TIGHT)
    assert effective_sample_size(np.ones(7)) == pytest.approx(7, **TIGHT)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"sensitivity": 1.2}, "sensitivity"),
        ({"gaming": -0.1}, "gaming"),
        ({"specificity": 0.0}, "specificity"),
        ({"common_cause": float("nan")}, "common_cause"),
        ({"reach": 2}, "reach"),
        ({"specificity": 0.3}, "specificity"),
    ],
)
def test_a_strength_that_cannot_be_is_refused_with_its_name(wrong, field):
    given_ = {**EQUAL, "specificity": 1.0, "reach": 1.0, **wrong}

    with pytest.raises(InputError) as caught:
        detection_of(found=(False,), **given_)

    assert [fault.field for fault in caught.value.faults] == [field]


def test_evidence_that_cannot_be_is_refused():
    found = detection_of(found=(True,), **EQUAL, specificity=1.0, reach=1.0)

    with pytest.raises(InputError, match="contradicts the certainty of the prior"):
        posterior(0.0, found)
    with pytest.raises(InputError, match=r"1\.5 is not a share"):
        posterior(1.5, found)
    assert float(posterior(1.0, found)[0]) == 1.0


def test_no_tests_leave_the_prior():
    none = detection_of(
        found=(), sensitivity=[], specificity=[], gaming=[], common_cause=0.1, reach=[]
    )

    assert posterior(0.3, none).tolist() == [0.3]
    assert floor(0.3, none).tolist() == [0.3]


def test_a_trusted_pass_moves_more_than_an_untrusted_one():
    clean = {"found": (False,), **EQUAL, "specificity": 1.0}

    trusted = posterior(0.2, detection_of(**clean, reach=0.9))
    untrusted = posterior(0.2, detection_of(**clean, reach=0.2))
    face = posterior(0.2, at_face_value(detection_of(**clean, reach=0.2)))

    assert face < trusted < untrusted < 0.2


def test_the_gap_splits_into_the_known_parts():
    tests = detection_of(found=(False,) * 5, **EQUAL, specificity=1.0, reach=0.6 * 0.9 * 0.8)
    one = np.ones((1, 1))

    parts = split_of_gap(
        np.array([[0.2]]),
        np.array([[0.05]]),
        (tests,),
        coverage=(0.6 * one,),
        transfer=(0.9 * one,),
        integrity=(0.8 * one,),
    )

    seen = [
        float(each[0]) for each in (parts.safety_washing, parts.partial_coverage, parts.system)
    ]
    assert seen == pytest.approx(
        [0.0008983234916260769, 0.003283934826408455, 0.0025321174359127395], **TIGHT
    )
    assert sum(seen) == pytest.approx(0.006714375753947272, **TIGHT)
    assert float(p_harm(posterior(0.2, tests)[None, :], np.array([[0.05]]))[0]) == pytest.approx(
        0.006744732312338049, **TIGHT
    )


def test_unequal_tests_are_worth_what_equal_ones_would_be():
    equal = effective_number_of(sensitivity=[0.7] * 5, gaming=[0.1] * 5, common_cause=0.1)

    assert equal == pytest.approx(1.701191782649468, **TIGHT)
    honest = effective_number_of(sensitivity=[0.2, 0.6], gaming=[0, 0], common_cause=0)
    assert honest == pytest.approx(2, **TIGHT)
    assert effective_number_of(sensitivity=[], gaming=[], common_cause=0.1) == 0
    assert effective_number_of(sensitivity=[0, 0], gaming=[0, 0], common_cause=0) == 0
