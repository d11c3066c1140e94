import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from choice_problems import a_problem
from custodes.choice import Tail, cvar, net_of, p_raises, tail_weights
from custodes.choice._cvar import tail_row


def test_the_whole_is_the_mean_and_the_end_is_the_largest():
    nets = np.array([3.0, -1.0, 2.0, 0.0])

    assert cvar(nets, 0.0) == pytest.approx(1.0)
    assert cvar(nets, 0.99) == 3.0


@given(
    nets=st.lists(st.floats(-100, 100), min_size=1, max_size=30),
    level=st.floats(0, 0.99),
)
def test_weights_of_the_tail_sum_to_one_and_none_is_above_its_share(nets, level):
    weights = tail_weights(np.array(nets), level)

    assert weights.sum() == pytest.approx(1.0)
    share = 1.0 / max(1.0, (1.0 - level) * len(nets))
    assert weights.max() <= share + 1e-9
    assert cvar(np.array(nets), level) >= np.mean(nets) - 1e-9


def test_a_row_is_passed_here_and_holds_wherever_the_limit_is_kept():
    problem = a_problem(11, hazards=2, efforts=6)
    draws = problem.draws["central"]
    tail = Tail(0.9, 1.0)
    rng = np.random.default_rng(1)
    portfolios = [rng.random(len(problem.options)) < 0.4 for _ in range(300)]
    rows = [row for picks in portfolios if (row := tail_row(draws, picks, tail, scale=1.0))]

    kept = [each for each in portfolios if cvar(net_of(draws, each), tail.level) <= tail.limit]

    assert rows
    assert kept
    assert all(row(picks) <= tail.limit + 1e-9 for row in rows for picks in kept)


def test_zero_is_no_rise_of_risk():
    assert p_raises(np.array([0.0, 1e-13, 2e-13, -1.0])) == 0.25
