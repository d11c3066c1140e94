import numpy as np
import pytest

from custodes.assessment import assess, draw_round
from custodes.catalogue import MECHANISMS
from custodes.choice import Option
from custodes.choice._portfolio import portfolio
from round_records import a_round, an_effort

SHARED = ("deceptive_alignment", "misuse_uplift")


def the_round(*hazards):
    efforts = [
        an_effort(name, kind="evaluations", hazards=each)
        for name, each in zip("abc", hazards, strict=True)
    ]
    return a_round(*efforts, worldviews=("central", "cautious"))


def together_of(round_, *options, overlap=0.5):
    return portfolio(round_, draw_round(round_), options, cost=1e7, overlap=overlap)


def test_one_effort_alone_is_what_was_assessed():
    round_ = the_round(SHARED, (), ())
    assessed = assess(round_).effort("a")

    found = together_of(round_, Option("a", assessed.conditions))

    for view in ("central", "cautious"):
        alone, result = assessed.worldview(view).after, found[view].result
        assert result.net.mean == pytest.approx(alone.net.mean, rel=1e-6)
        assert result.p_raises_risk == pytest.approx(alone.p_raises_risk)
        assert result.net_accident.mean == pytest.approx(alone.net_accident.mean, rel=1e-3)
        assert result.social_value.mean == pytest.approx(alone.social_value.mean, rel=1e-6)
        assert result.usefulness.mean == pytest.approx(alone.usefulness.mean, rel=1e-9)
        assert list(result.increase) == list(MECHANISMS)


def test_parts_add_up_to_net():
    found = together_of(the_round(SHARED, SHARED, ()), Option("a"), Option("b"), Option("c"))

    result = found["central"].result
    parts = sum(each.mean for each in result.increase.values())
    parts -= result.benefit.accident.mean + result.benefit.misuse.mean
    assert parts == pytest.approx(result.net.mean, rel=1e-9)
    assert result.net_accident.mean + result.net_misuse.mean == pytest.approx(result.net.mean)


def test_benefits_overlap_only_where_one_hazard_is_named():
    options = (Option("a"), Option("b"))
    shared = together_of(the_round(SHARED, SHARED, ()), *options)["central"].net_by_overlap
    apart = together_of(the_round(SHARED, (), ()), *options)["central"].net_by_overlap
    in_part = together_of(the_round(SHARED, SHARED[:1], ()), *options)["central"].net_by_overlap

    assert shared[0.0] < shared[0.5] < shared[1.0]
    assert apart[0.0] == pytest.approx(apart[1.0], abs=1e-15)
    assert shared[0.0] == pytest.approx(apart[0.0])
    assert in_part[0.0] < in_part[1.0] < shared[1.0]


def test_nothing_chosen_changes_nothing():
    found = together_of(the_round((), (), ()))

    result = found["central"].result
    assert result.net.mean == 0.0
    assert result.p_raises_risk == 0.0
    assert result.ratio is None
    assert np.isfinite(result.net_per_million)


def test_the_order_of_efforts_changes_nothing():
    round_ = the_round(SHARED, SHARED, ())

    one = together_of(round_, Option("a"), Option("b"), Option("c"))
    two = together_of(round_, Option("c"), Option("b"), Option("a"))

    assert one["cautious"].result.net.mean == pytest.approx(two["cautious"].result.net.mean)
