"""Mitigations: any order, the same bits; what is neutral or not adopted changes nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custodes.assessment import assess
from custodes.catalogue import QUANTITIES
from custodes.mitigations import NEUTRAL, changed, library
from model_values import IDLE
from round_records import a_round, amount, an_effort, answers
from wild_worlds import wild_worlds

laws = settings(max_examples=20, derandomize=True, deadline=None)
seeds = st.integers(0, 2**32 - 1)
CHANGEABLE = [name for name, each in QUANTITIES.items() if each.operation]


def strengths_of(name, rng, count=1000):
    top = 1.0 if QUANTITIES[name].operation == "lift" else 1.6
    return rng.uniform(0, top, count)


@pytest.mark.parametrize("name", CHANGEABLE)
@given(seed=seeds)
@laws
def test_the_result_stays_in_range(name, seed):
    rng = np.random.default_rng(seed)
    values = wild_worlds(seed)[name]

    after = changed(name, values, [strengths_of(name, rng) * 60, strengths_of(name, rng)])

    assert (after >= QUANTITIES[name].low).all()
    assert (after <= QUANTITIES[name].high).all()


@pytest.mark.parametrize("name", CHANGEABLE)
@given(seed=seeds)
@laws
def test_a_neutral_strength_changes_no_bit(name, seed):
    values = wild_worlds(seed)[name]
    neutral = np.full(1000, NEUTRAL[QUANTITIES[name].operation])

    assert np.array_equal(changed(name, values, []), values)
    assert np.array_equal(changed(name, values, [neutral, neutral]), values)


@pytest.mark.parametrize("name", CHANGEABLE)
@given(seed=seeds)
@laws
def test_two_commute_and_each_moves_its_own_way(name, seed):
    """The order in which they are named does not count: ids are sorted before. Here as numbers."""
    rng = np.random.default_rng(seed)
    values = wild_worlds(seed)[name]
    one, other = strengths_of(name, rng), strengths_of(name, rng)

    here, there = changed(name, values, [one, other]), changed(name, values, [other, one])

    assert here == pytest.approx(there, rel=1e-14, abs=1e-300)


@pytest.mark.parametrize(
    ("name", "before", "strength", "after"),
    [
        ("accident_cut", 0.2, 0.5, 0.1),
        ("accident_cut", -0.2, 0.5, -0.2),  # a harm is not made smaller by making efforts weaker
        ("accident_cut", 0.0, 0.5, 0.0),
        ("usefulness", -0.1, 0.5, -0.1),
        ("overstatement", 1.4, 0.5, 1.2),
        ("overstatement", 0.8, 0.5, 0.8),  # who understates goes on doing so
        ("deployers", 5.0, 0.25, 2.0),
        ("licence", 0.2, 0.5, 0.6),
        ("licence", 1.0, 0.5, 1.0),
        ("rollback", 0.0, 1.0, 1.0),
        ("benefit_captured", 0.9, 1.2, 1.0),  # clipped to the range, once
        ("windfall", 0.5, 1.0, 0.999),
    ],
)
def test_an_operation_does_what_it_says(name, before, strength, after):
    found = changed(name, np.array([before]), [np.array([strength])])

    assert found == pytest.approx([after])


def test_the_range_is_kept_once_at_the_end():
    """A factor beyond the range and one back: clipped between the two, .5 would be left."""
    twice = [np.array([4.0]), np.array([0.5])]

    assert changed("benefit_captured", np.array([0.4]), twice) == pytest.approx([0.8])


IDS = ("external-audit", "red-team-explanation", "restricted-sharing", "deployment-licence")


@given(st.permutations(IDS))
@settings(max_examples=8, derandomize=True, deadline=None)
def test_a_package_in_any_order_gives_the_same_bits(package):
    round_ = a_round(an_effort("one", kind="honest_ai"), samples=128)

    found = assess(round_, conditions={"one": package}).effort("one")

    assert found.worldviews == assess(round_, conditions={"one": IDS}).effort("one").worldviews
    assert found.conditions == tuple(package)


def test_the_order_of_the_library_changes_no_bit():
    effort = an_effort("one", kind="honest_ai")
    backwards = tuple(reversed(library().values()))

    here, there = (
        assess(a_round(effort, samples=128, mitigations=each))
        for each in (tuple(library().values()), backwards)
    )

    assert here.record.efforts == there.record.efforts


def test_the_empty_package_changes_nothing():
    found = assess(a_round(an_effort("one")), conditions={"one": ()}).effort("one")

    for view in found.worldviews.values():
        assert view.after == view.before


def test_what_is_never_adopted_changes_nothing_and_what_always_is_does():
    one = library()["external-audit"]

    def after(adopted):
        mitigation = one.model_copy(update={"adopted": amount(adopted)})
        round_ = a_round(an_effort("one"), mitigations=(mitigation,))
        found = assess(round_, conditions={"one": ["external-audit"]}).effort("one")
        return found.worldviews["central"]

    assert after(0.0).after == after(0.0).before
    assert after(1.0).after != after(1.0).before


def test_an_effort_that_does_nothing_does_nothing_after_any_package():
    """Second law: also in a world with every mitigation of the library."""
    round_ = a_round(an_effort("one"), judgements=answers("one", **IDLE))

    found = assess(round_, conditions={"one": tuple(library())}).effort("one")

    for result in (found.worldviews["central"].before, found.worldviews["central"].after):
        parts = [result.benefit.accident, result.benefit.misuse, *result.increase.values()]
        assert {(part.mean, part.p05, part.p95) for part in parts} == {(0.0, 0.0, 0.0)}
        assert result.net.mean == result.p_raises_risk == result.social_value.mean == 0


def test_who_is_not_in_the_package_does_not_act():
    """A licence that others may grant is in force only where a package names it."""
    certain = library()["deployment-licence"].model_copy(update={"adopted": amount(1.0)})
    without = a_round(an_effort("one"), mitigations=())
    beside = a_round(an_effort("one"), mitigations=(certain,))

    here, there = (
        assess(each, conditions={"one": ()}).effort("one").worldviews for each in (without, beside)
    )

    assert here == there
