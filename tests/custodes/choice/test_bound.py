import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from choice_problems import a_problem, a_row
from custodes.choice import enumerate_all, lagrange, objective_of, tangent_of_loss
from custodes.choice._bound import barred


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), share=st.floats(0.05, 1.2), hazards=st.integers(0, 2))
def test_no_portfolio_is_below_the_bound(seed, share, hazards):
    problem = a_problem(seed, share=share, hazards=hazards)
    nothing = np.zeros(len(problem.options))

    priced = lagrange(problem, tangent_of_loss(problem.draws["central"], nothing))

    assert priced.bound <= enumerate_all(problem, objective_of(problem)).objective + 1e-9
    assert priced.price >= 0


def test_money_that_is_left_over_is_worth_nothing():
    problem = a_problem(4, share=50.0)
    nothing = np.zeros(len(problem.options))

    priced = lagrange(problem, tangent_of_loss(problem.draws["central"], nothing))

    assert priced.price == 0.0


def test_what_one_row_forbids_is_barred():
    problem = a_problem(4, efforts=2, packages=2)
    rows = (
        a_row(problem, "out", {"e00": 1}, upper=0),
        a_row(problem, "in", {"e01": 1}, lower=1, upper=1),
        a_row(problem, "needs", {"e01": 1, "e00": -1}, upper=0),
    )
    problem = type(problem)(problem.options, problem.cost, problem.draws, 1.0, rows)

    assert barred(problem).tolist() == [True, True, False, False]


def test_there_is_a_bound_for_nothing():
    problem = a_problem(4, efforts=0)
    tangent = tangent_of_loss(problem.draws["central"], np.zeros(0))

    assert lagrange(problem, tangent).bound == 0.0
