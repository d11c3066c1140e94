from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from choice_problems import a_problem, a_row
from custodes.choice import Cuts, budgets_of, cumulative_ratio, frontier, hull_of, optimum
from custodes.choice._frontier import by_falling_ratio


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("hazards", [0, 2])
def test_more_money_never_gives_less(seed, hazards):
    problem = a_problem(seed, hazards=hazards)
    cuts = Cuts()
    known = optimum(problem, cuts=cuts)

    points = frontier(problem, known.aim, budgets_of(problem), cuts, known)

    assert points[0].objective == 0.0
    values = [each.objective for each in points]
    assert values == sorted(values, reverse=True)
    assert all(each.spent <= each.budget + 1e-9 for each in points)


def test_what_is_barred_does_not_widen_the_frontier():
    problem = a_problem(1, efforts=2, packages=1, budget=1.0)
    problem = replace(problem, rows=(a_row(problem, "out", {"e01": 1}, upper=0),))

    assert max(budgets_of(problem)) == pytest.approx(max(problem.cost[0], 1.0))


def test_budgets_without_a_portfolio_are_left_out():
    problem = a_problem(1, budget=100.0)
    problem = replace(problem, rows=(a_row(problem, "promised", {"e00": 1}, lower=1),))
    cuts = Cuts()
    known = optimum(problem, cuts=cuts)

    points = frontier(problem, known.aim, [0.0, 100.0], cuts, known)

    assert [each.budget for each in points] == [100.0]


@given(
    points=st.lists(st.tuples(st.integers(0, 50), st.integers(-50, 0)), min_size=1, max_size=20)
)
def test_slopes_of_the_hull_never_fall_and_no_point_is_below_it(points):
    hull = hull_of([(float(money), float(value)) for money, value in points])

    assert list(hull.slopes) == sorted(hull.slopes)
    for (start, low), (end, high) in pairwise(hull.corners):
        for money, value in points:
            if start <= money <= end:
                assert value >= low + (high - low) * (money - start) / (end - start) - 1e-9


@given(efforts=st.lists(st.tuples(st.floats(0, 100), st.floats(-1, 100)), min_size=1, max_size=9))
def test_the_highest_ratio_comes_first_and_what_gains_nothing_before_it(efforts):
    benefit = np.array([each for each, _ in efforts])
    usefulness = np.array([each for _, each in efforts])

    order = by_falling_ratio(benefit, usefulness)

    assert sorted(order) == list(range(len(efforts)))
    ratios = [benefit[at] / usefulness[at] if usefulness[at] > 1e-9 else np.inf for at in order]
    assert ratios == sorted(ratios, reverse=True)


@given(
    efforts=st.lists(st.tuples(st.floats(0.01, 100), st.floats(0.01, 100)), min_size=1, max_size=9)
)
def test_the_ratio_of_all_that_is_taken_never_rises(efforts):
    ratio = cumulative_ratio([each for each, _ in efforts], [cost for _, cost in efforts])

    assert all(later <= before + 1e-9 for before, later in pairwise(ratio))
