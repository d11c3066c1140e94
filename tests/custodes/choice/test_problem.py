from dataclasses import replace

import numpy as np
import pytest

from choice_problems import a_problem, a_row, options_of
from custodes.choice import Draws, Problem, Rule, spent
from custodes.choice._problem import largest_violation


def test_options_of_an_effort_must_stand_together():
    first, second = options_of(2, 1)

    with pytest.raises(ValueError, match="stand together"):
        Problem(
            options=(first, second, first),
            cost=np.ones(3),
            draws={"central": Draws(adds=np.zeros((3, 1)))},
            budget=1.0,
        )


def test_a_problem_knows_its_efforts_and_how_many_portfolios_there_are():
    problem = a_problem(1, efforts=3, packages=2)

    assert problem.efforts == ("e00", "e01", "e02")
    assert problem.combinations == pytest.approx(27)


def test_very_many_portfolios_are_infinitely_many():
    assert a_problem(1, efforts=400, packages=8, scenarios=1).combinations == np.inf


def test_a_violation_is_told_with_its_row():
    problem = a_problem(1, efforts=3, packages=2)
    problem = replace(problem, rows=(a_row(problem, "not the first", {"e00": 1}, upper=0),))
    picks = np.array([True, True, False, False, False, False])

    assert largest_violation(problem, picks) == (2.0, "not the first")
    assert largest_violation(problem, ~picks & False) == (0.0, "")
    assert spent(problem, picks) == problem.cost[0] + problem.cost[1]


def test_two_packages_of_one_effort_are_a_violation():
    problem = a_problem(1, efforts=2, packages=2, budget=100.0)

    over, name = largest_violation(problem, np.array([True, True, False, False]))

    assert (over, name) == (1.0, "one package for e00")


def test_the_tail_is_limited_where_the_rule_looks():
    problem = a_problem(1, views=("central", "cautious"))

    assert problem.tail_views == ("central",)
    assert replace(problem, rule=Rule("maximin")).tail_views == ("central", "cautious")
