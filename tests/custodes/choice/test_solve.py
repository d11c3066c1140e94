from dataclasses import replace

import numpy as np
import pytest

from choice_problems import a_problem, a_row, names_of
from custodes.choice import (
    Cuts,
    NoPortfolioError,
    Rule,
    Tail,
    enumerate_all,
    net_of,
    objective_of,
    solve,
)
from custodes.choice._cvar import cvar
from custodes.choice._milp import NotInTimeError
from custodes.choice._problem import largest_violation
from custodes.choice._solve import _better


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("hazards", [0, 2])
@pytest.mark.parametrize("rule", ["first", "credence", "maximin"])
def test_the_solver_finds_what_looking_at_all_finds(seed, hazards, rule):
    problem = a_problem(
        seed, hazards=hazards, views=("central", "cautious"), rule=Rule(rule), share=0.5
    )
    problem = replace(problem, rows=(a_row(problem, "needs", {"e02": 1, "e03": -1}, upper=0),))

    found = solve(problem, objective_of(problem))
    known = enumerate_all(problem, objective_of(problem))

    assert found.objective == pytest.approx(known.objective, abs=3e-6)
    assert found.bound <= known.objective + 1e-8
    assert found.relaxed <= known.objective + 1e-8
    assert largest_violation(problem, found.picks)[0] <= 1e-9


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("hazards", [0, 1])
def test_the_tail_is_limited_by_rows_that_are_added(seed, hazards):
    problem = a_problem(seed, hazards=hazards, harm=2.0, tails=(Tail(0.9, 0.1),))

    found = solve(problem, objective_of(problem))
    known = enumerate_all(problem, objective_of(problem))

    assert found.objective == pytest.approx(known.objective, abs=1e-6)
    assert cvar(net_of(problem.draws["central"], found.picks), 0.9) <= 0.1 + 1e-8


@pytest.mark.parametrize("seed", range(3))
def test_a_tail_that_the_solver_takes_for_kept_ends_the_search(seed):
    """Rows below the solver's own tolerance were added without end: the answer never changed."""
    problem = a_problem(
        seed, efforts=12, packages=4, scenarios=512, hazards=2, harm=2.0, tails=(Tail(0.95, 0.0),)
    )
    cuts = Cuts()

    found = solve(problem, objective_of(problem), cuts=cuts)

    assert found.ended == "optimal"
    assert len(cuts.tail) < 150
    assert cvar(net_of(problem.draws["central"], found.picks), 0.95) <= 1e-8


def test_a_search_that_is_stopped_keeps_every_limit_and_a_valid_bound():
    problem = a_problem(
        5, efforts=150, packages=6, scenarios=256, hazards=2, harm=2.0, tails=(Tail(0.95, 0.0),)
    )
    aim = objective_of(problem)

    found = solve(problem, aim, time_limit=0.0)

    assert found.ended == "time limit"
    # how far it came hangs on the machine; it is never worse than to choose nothing
    assert found.bound <= found.objective <= 0.0
    assert largest_violation(problem, found.picks)[0] <= 1e-9
    assert cvar(net_of(problem.draws["central"], found.picks), 0.95) <= 1e-8


def test_a_search_that_is_stopped_with_nothing_says_so():
    problem = a_problem(1)
    problem = replace(problem, rows=(a_row(problem, "floor", {"e00": 1}, lower=1),))

    with pytest.raises(NotInTimeError):
        _better(problem, objective_of(problem), None, 1.0)


def test_a_portfolio_refused_under_one_budget_is_open_under_the_next():
    problem = a_problem(1, efforts=2, packages=1)
    cost = np.array([30e6, 30e6 + 5.0])
    sure = type(problem.draws["central"])(adds=-np.ones((2, 1)))
    problem = replace(problem, cost=cost, draws={"central": sure}, budget=60e6)
    aim, cuts = objective_of(problem), Cuts()

    solve(problem, aim, cuts=cuts)
    found = solve(replace(problem, budget=61e6), aim, cuts=cuts)

    assert found.picks.all()


def test_cuts_of_one_budget_serve_the_next():
    problem = a_problem(3, hazards=2)
    aim, cuts = objective_of(problem), Cuts()

    solve(problem, aim, cuts=cuts)
    wider = replace(problem, budget=2 * problem.budget)
    again = solve(wider, aim, cuts=cuts)

    assert again.objective == pytest.approx(enumerate_all(wider, aim).objective, abs=1e-6)


def test_a_large_problem_is_rounded_and_filled_within_a_thousandth():
    problem = a_problem(2, efforts=260, packages=3, scenarios=64, hazards=2, share=0.3)
    problem = replace(
        problem,
        draws={
            name: type(each)(
                each.adds / 100, each.backgrounds, tuple(a / 50 for a in each.removes)
            )
            for name, each in problem.draws.items()
        },
    )

    found = solve(problem, objective_of(problem))

    assert found.ended == "rounded"
    assert (found.objective - found.bound) / abs(found.objective) <= 1e-3
    assert largest_violation(problem, found.picks)[0] <= 1e-9


def test_floors_are_kept_in_a_large_problem_too():
    problem = a_problem(2, efforts=210, packages=1, scenarios=32, hazards=1, share=0.2)
    names = {f"e{at:02d}": 1 for at in range(5)}
    problem = replace(problem, rows=(a_row(problem, "all five", names, lower=5),))

    found = solve(problem, objective_of(problem))

    assert set(names) <= set(names_of(problem, found.picks))
    assert largest_violation(problem, found.picks)[0] <= 1e-9


def test_no_portfolio_is_an_error():
    problem = a_problem(1)
    problem = replace(problem, rows=(a_row(problem, "floor", {"e00": 1}, lower=2),))

    with pytest.raises(NoPortfolioError):
        solve(problem, objective_of(problem))


def test_no_efforts_are_no_portfolio():
    problem = a_problem(1, efforts=0)

    found = solve(problem, objective_of(problem))

    assert (found.objective, found.bound, len(found.picks)) == (0.0, 0.0, 0)


def test_no_efforts_and_a_floor_conflict():
    problem = a_problem(1, efforts=0)
    problem = replace(problem, rows=(a_row(problem, "floor", {}, lower=1),))

    with pytest.raises(NoPortfolioError):
        solve(problem, objective_of(problem))


def test_money_is_kept_to_the_penny():
    """The solver's own tolerance is a millionth of the budget: sixty pounds of sixty million."""
    problem = a_problem(1, efforts=2, packages=1)
    cost = np.array([30e6, 30e6 + 5.0])
    sure = type(problem.draws["central"])(adds=-np.ones((2, 1)))
    problem = replace(problem, cost=cost, draws={"central": sure}, budget=60e6)

    found = solve(problem, objective_of(problem))

    assert found.picks.sum() == 1
