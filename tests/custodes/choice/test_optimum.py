from dataclasses import replace

import numpy as np
import pytest

from choice_problems import a_problem, a_row, names_of
from custodes.choice import NoPortfolioError, Rule, best_alone, net_of, optimum, p_raises
from custodes.choice import _optimum as module


@pytest.mark.parametrize("seed", range(6))
def test_bounds_lie_below_the_optimum(seed):
    problem = a_problem(seed, hazards=1)

    found = optimum(problem)

    assert found.bound == found.objective
    for bound in (found.bound_solver, found.bound_relaxation, found.bound_lagrange):
        assert bound <= found.objective + 1e-9
    assert found.warnings == ()
    assert not found.heuristic


@pytest.mark.parametrize("seed", range(6))
def test_the_cap_on_the_portfolio_is_kept_without_looking_at_all(seed, monkeypatch):
    problem = a_problem(seed, harm=2.5, most_raising=0.1, share=0.8)
    exact = optimum(problem)
    monkeypatch.setattr(module, "enumerate_all", lambda *_: None)

    found = optimum(problem)

    assert p_raises(net_of(problem.draws["central"], found.picks)) <= 0.1 + 1e-12
    assert found.objective >= exact.objective - 1e-9
    assert found.bound <= exact.objective + 1e-9


def test_a_wrong_answer_of_the_solver_is_found_out(monkeypatch):
    problem = a_problem(1)
    right = optimum(problem)
    nothing = np.zeros(len(problem.options), dtype=bool)

    def wrong(problem, objective, *, cuts, time_limit):
        solved = module_solve(problem, objective, cuts=cuts, time_limit=time_limit)
        return replace(solved, picks=nothing, objective=0.0, bound=0.0, relaxed=0.0)

    module_solve = module.solve
    monkeypatch.setattr(module, "solve", wrong)
    found = optimum(problem)

    assert (found.picks == right.picks).all()
    assert found.objective == right.objective
    assert any("not the best" in each for each in found.warnings)
    assert any("above a portfolio" in each for each in found.warnings)


def test_each_worldview_has_its_own_best():
    problem = a_problem(4, views=("central", "cautious"), harm=2.0)

    alone = best_alone(problem)

    assert list(alone) == ["central", "cautious"]
    for view, each in alone.items():
        assert (
            each.objective
            == optimum(replace(problem, draws={view: problem.draws[view]})).objective
        )
        assert names_of(problem, each.picks) == sorted(names_of(problem, each.picks))


def test_regret_is_never_below_zero_and_zero_with_one_worldview():
    problem = a_problem(4, views=("central", "cautious"), harm=2.0, rule=Rule("regret"))
    one = replace(problem, draws={"central": problem.draws["central"]})

    assert optimum(problem).objective >= -1e-12
    assert optimum(one).objective == pytest.approx(0.0, abs=1e-9)


def test_no_portfolio_within_the_cap_is_an_error(monkeypatch):
    monkeypatch.setattr(module, "enumerate_all", lambda *_: None)
    problem = a_problem(1, efforts=1, packages=1, budget=10.0, most_raising=0.0)
    sure = type(problem.draws["central"])(adds=np.array([[-3.0, 1.0]]))
    fixed = module.Problem(
        options=problem.options,
        cost=problem.cost,
        draws={"central": sure},
        budget=10.0,
        rows=(a_row(problem, "promised", {"e00": 1}, lower=1),),
        most_raising=0.0,
    )

    with pytest.raises(NoPortfolioError):
        optimum(fixed)
