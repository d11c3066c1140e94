import numpy as np
import pytest
from scipy.stats import spearmanr

from custodes.assessment import assess
from custodes.assessment._drivers import drivers_of, ranks
from round_records import PRESETS, a_round, an_effort, answers


def test_a_driver_is_a_rank_correlation():
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(2, 512))
    net = x**3 - 0.5 * y

    found = drivers_of(ranks(net), {"leak": ranks(x), "coupling": ranks(y)})[:2]

    told = {each.quantity: each.rank_correlation for each in found}
    assert told["leak"] == pytest.approx(spearmanr(x, net).statistic)
    assert told["coupling"] == pytest.approx(spearmanr(y, net).statistic)
    assert [each.owner for each in found] == ["system", "world"]


def test_what_is_not_told_apart_from_noise_is_left_out():
    rng = np.random.default_rng(0)

    found = drivers_of(rng.normal(size=512), {"leak": ranks(rng.normal(size=512))})

    assert found == ()


def test_a_constant_drives_nothing():
    assert not ranks(np.ones(64)).any()


def test_the_strongest_come_first_and_at_most_eight():
    effort = an_effort("one", kind="broad_programme", cost=1e9)

    found = assess(a_round(effort, worldviews=PRESETS, samples=1024)).effort("one").drivers

    for view in PRESETS:
        sizes = [abs(each.rank_correlation) for each in found[view]]
        assert 1 < len(sizes) <= 8
        assert sizes == sorted(sizes, reverse=True)


def test_what_is_certain_is_no_driver():
    judged = answers("one", accident_cut=0.02, insight_months=0.0)

    found = assess(a_round(an_effort("one"), samples=1024, judgements=judged)).effort("one")

    named = {each.quantity for each in found.drivers["central"]}
    assert named
    assert named.isdisjoint({"accident_cut", "insight_months"})
