import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custodes.assessment import Alone, together

BEFORE = np.array(0.02)


def alone(benefit, increase=0.0, group=None):
    """One effort that takes away accident risk and adds some by insight."""
    return Alone(
        net=np.array(increase - benefit),
        benefit_accident=np.array(benefit),
        benefit_misuse=np.array(0.0),
        increase={"relative_progress.insight": np.array(increase)},
        hazard_group=group,
    )


amounts = st.floats(0, 0.015)
effects = st.lists(
    st.tuples(amounts, amounts, st.sampled_from([None, "a", "b"])), min_size=1, max_size=5
)


def test_no_effort_is_no_change():
    assert together([], risk_before=BEFORE, overlap=0.5).net == 0


@given(amounts, amounts, st.floats(0, 1))
@settings(derandomize=True, deadline=None)
def test_one_effort_gives_its_own_net(benefit, increase, overlap):
    found = together([alone(benefit, increase, "a")], risk_before=BEFORE, overlap=overlap)

    assert found.net == pytest.approx(increase - benefit, abs=1e-12)


@given(effects, st.floats(0, 1), st.randoms(use_true_random=False))
@settings(derandomize=True, deadline=None)
def test_the_order_does_not_matter_and_parts_add_up(stated, overlap, random):
    efforts = [alone(*each) for each in stated]
    mixed = list(efforts)
    random.shuffle(mixed)

    one = together(efforts, risk_before=BEFORE, overlap=overlap)
    other = together(mixed, risk_before=BEFORE, overlap=overlap)

    assert one.net == pytest.approx(other.net, abs=1e-15)
    parts = sum(one.increase.values()) - one.benefit_accident - one.benefit_misuse
    assert parts == pytest.approx(one.net, abs=1e-12)
    assert -1e-12 <= BEFORE + one.net <= 1 + 1e-12


def test_efforts_multiply_the_hazard_where_nothing_overlaps():
    """Each halves the hazard of the world: together a quarter is left."""
    hazard = -np.log(0.98)
    halved = 1 - np.exp(-hazard / 2)
    effort = alone(0.02 - halved)

    found = together([effort, effort], risk_before=BEFORE, overlap=0.5)

    assert BEFORE + found.net == pytest.approx(1 - np.exp(-hazard / 4), rel=1e-12)


def test_with_full_overlap_only_the_best_counts():
    small, large = alone(0.002, group="a"), alone(0.005, group="a")

    found = together([small, large], risk_before=BEFORE, overlap=1.0)

    assert found.net == pytest.approx(-0.005, rel=1e-12)


def test_harm_does_not_overlap():
    """Two efforts that raise accident risk raise it twice, whatever the group."""
    harm = alone(-0.002, group="a")

    together_, apart = (
        together([harm, harm], risk_before=BEFORE, overlap=each).net for each in (1.0, 0.0)
    )

    assert together_ == apart
    assert together_ > 0.004


def test_more_overlap_never_lowers_risk_further():
    efforts = [alone(0.002, group="a"), alone(0.004, group="a"), alone(0.003, group="b")]

    nets = [together(efforts, risk_before=BEFORE, overlap=each).net for each in (0, 0.5, 1)]

    assert np.all(np.diff(nets) > 0)
