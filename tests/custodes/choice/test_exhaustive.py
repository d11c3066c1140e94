from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from choice_problems import a_problem, a_row
from custodes.choice import Rule, Tail, enumerate_all, objective_of
from custodes.choice._cvar import keeps_cap, keeps_tail
from custodes.choice._overlap import loss_of
from custodes.choice._problem import largest_violation


def by_hand(problem):
    """The best portfolio by a plain loop over every combination."""
    best, count = (np.inf, None), 0
    choices = [[None, *range(each.start, each.stop)] for each in problem.members]
    for places in product(*choices):
        picks = np.zeros(len(problem.options), dtype=bool)
        picks[[at for at in places if at is not None]] = True
        if largest_violation(problem, picks)[0] > 1e-9:
            continue
        count += 1
        if not keeps_cap(problem, picks) or not keeps_tail(problem, picks, scale=1.0):
            continue
        value = max(loss_of(draws, picks) for draws in problem.draws.values())
        if value < best[0] - 1e-12:
            best = (value, picks)
    return best, count


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("hazards", [0, 2])
@pytest.mark.parametrize("limits", [{}, {"tails": (Tail(0.9, 0.0),)}, {"most_raising": 0.05}])
def test_every_portfolio_is_looked_at(seed, hazards, limits):
    views = ("central", "cautious")
    problem = a_problem(seed, hazards=hazards, views=views, harm=2.0, rule=Rule("maximin"))
    problem = replace(
        problem, rows=(a_row(problem, "one of", {"e00": 1, "e01": 1}, upper=1),), **limits
    )

    found = enumerate_all(problem, objective_of(problem))
    (value, picks), count = by_hand(problem)

    assert found.combinations == 3**5
    assert found.feasible == count
    assert found.objective == pytest.approx(value, abs=1e-9)
    assert (found.picks == picks).all()


def test_too_many_are_not_looked_at():
    problem = a_problem(1, efforts=13, packages=4)

    assert enumerate_all(problem, objective_of(problem)) is None


def test_where_nothing_is_possible_nothing_is_found():
    problem = a_problem(1)
    problem = replace(problem, rows=(a_row(problem, "floor", {"e00": 1}, lower=2),))

    found = enumerate_all(problem, objective_of(problem))

    assert found.picks is None
    assert found.feasible == 0


def test_of_equal_portfolios_the_cheapest_then_the_first_is_found():
    problem = a_problem(1, efforts=3, packages=1, budget=2.0)
    same = type(problem.draws["central"])(adds=-np.ones((3, 4)))
    problem = replace(problem, cost=np.array([2.0, 1.5, 1.5]), draws={"central": same})

    found = enumerate_all(problem, objective_of(problem))

    assert found.picks.tolist() == [False, True, False]
