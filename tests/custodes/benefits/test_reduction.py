import numpy as np
import pytest

from custodes.benefits import cut_reached, cut_with_open_weights, log_hazard, reduction


def reached(cut, *, reach=1.0, factor=1.0):
    return float(
        cut_reached(
            cut=np.array(cut), reach_of_money=np.array(reach), cost_factor=np.array(factor)
        )
    )


def test_at_the_reference_cost_and_full_reach_it_is_the_cut():
    assert reached(0.3) == pytest.approx(0.3)
    assert reached(-0.3) == pytest.approx(-0.3)


def test_twice_the_effect_is_two_cuts_one_after_the_other():
    assert reached(0.3, factor=2) == pytest.approx(1 - 0.7 * 0.7)


def test_it_scales_with_the_reach_of_the_money():
    assert reached(0.3, reach=0.5) == pytest.approx(0.15)


def test_it_has_ends():
    assert reached(0.9999) == pytest.approx(0.99)
    assert reached(0.99, factor=50) == 0.99
    assert reached(-3, factor=50) == -9


@pytest.mark.parametrize("reach", [0.0, 1e-300, 1.0])
def test_a_harm_at_a_huge_cost_is_a_number(reach):
    found = reached(-3, reach=reach, factor=1e6)

    assert found == (0 if reach == 0 else -9 if reach == 1 else pytest.approx(-9))


def test_open_weights_take_away_what_is_removed_where_they_leak():
    kept = cut_with_open_weights(
        cut=np.array([0.4, -0.4]), leak=np.array(0.5), removal=np.array(0.9)
    )

    assert kept == pytest.approx([0.4 * 0.55, -0.4])


def test_hazards_add_where_risks_combine():
    both = 1 - (1 - 0.2) * (1 - 0.3)

    total = log_hazard(risk=np.array(0.2)) + log_hazard(risk=np.array(0.3))

    assert total == pytest.approx(float(log_hazard(risk=np.array(both))))


def test_a_reduction_multiplies_the_hazard_by_what_is_left():
    term = reduction(
        cut=np.array(0.5), carry_over=np.array(0.8), scaling=np.array(0.6), credit=np.array(1.0)
    )

    assert np.exp(term) == pytest.approx(1 - 0.5 * 0.8 * 0.6)
