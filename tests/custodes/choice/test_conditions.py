"""Why a chosen package is not the recommended one."""

from dataclasses import replace

import numpy as np
import pytest

from choice_problems import a_problem
from custodes.choice import Draws, Tail, optimum
from custodes.choice._conditions import other_conditions


def two_packages(*, losses, cost=(1.0, 1.1), budget=2.0, tails=()):
    """One effort without and with condition c0, each with the same loss in two draws."""
    problem = a_problem(1, efforts=1, packages=2)
    adds = np.repeat(np.array(losses)[:, None], 2, axis=1)
    return replace(
        problem,
        cost=np.array(cost),
        draws={"central": Draws(adds=adds)},
        budget=budget,
        tails=tails,
    )


def told(problem, recommended):
    best = optimum(problem)
    return other_conditions(problem, best, int(np.argmax(best.picks)), {"e00": recommended})


def test_the_recommended_package_needs_no_word():
    assert told(two_packages(losses=(-1.0, -1.5)), ("c0",)) is None


def test_what_the_recommended_package_would_lose_is_told():
    found = told(two_packages(losses=(-1.0, -1.5)), ())

    assert (found.more, found.fewer) == (("c0",), ())
    assert found.loss_with_recommended == pytest.approx(0.5)
    assert "gives up to 5 %" in found.reason


def test_a_recommended_package_over_the_budget_names_it():
    found = told(two_packages(losses=(-1.0, -1.5), budget=1.05), ("c0",))

    assert (found.more, found.fewer) == ((), ("c0",))
    assert found.reason == "the recommended package would pass a limit: budget"
    assert found.loss_with_recommended is None


def test_a_recommended_package_that_was_dropped_is_beaten():
    found = told(two_packages(losses=(-1.0, -1.5)), ("another",))

    assert "in nothing worse" in found.reason


def test_a_recommended_package_over_the_tail_says_so():
    problem = two_packages(losses=(-1.0, -1.5), tails=(Tail(0.0, -1.2),))

    assert "limit on draws" in told(problem, ()).reason
