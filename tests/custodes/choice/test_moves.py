from dataclasses import replace

import numpy as np
import pytest

from choice_problems import a_problem, a_row
from custodes.choice import enumerate_all, objective_of
from custodes.choice._moves import improved, rounded
from custodes.choice._problem import largest_violation


@pytest.mark.parametrize("seed", range(10))
def test_steps_never_make_it_worse_and_keep_the_rows(seed):
    problem = a_problem(seed, hazards=2, efforts=6)
    problem = replace(problem, rows=(a_row(problem, "one of", {"e00": 1, "e01": 1}, upper=1),))
    aim = objective_of(problem)
    nothing = np.zeros(len(problem.options), dtype=bool)

    found = improved(problem, aim, nothing, allowed=lambda _: True)

    assert aim.value(found) <= aim.value(nothing)
    assert largest_violation(problem, found)[0] <= 1e-9
    assert aim.value(found) >= enumerate_all(problem, aim).objective - 1e-9


def test_what_is_not_allowed_is_not_taken():
    problem = a_problem(1, efforts=6)

    found = improved(
        problem,
        objective_of(problem),
        np.zeros(len(problem.options), dtype=bool),
        allowed=lambda picks: not picks[:6].any(),
    )

    assert not found[:6].any()


def test_a_harmful_effort_is_dropped():
    problem = a_problem(1, efforts=2, packages=1, budget=10.0)
    draws = type(problem.draws["central"])(adds=np.array([[1.0], [-1.0]]))
    problem = replace(problem, draws={"central": draws})

    found = improved(
        problem, objective_of(problem), np.array([True, True]), allowed=lambda _: True
    )

    assert found.tolist() == [False, True]


def test_only_what_is_whole_is_rounded_in():
    assert rounded(np.array([1.0, 0.9999999, 0.99, 0.0])).tolist() == [True, True, False, False]
