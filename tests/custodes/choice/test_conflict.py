from dataclasses import replace

from choice_problems import a_problem, a_row
from custodes.choice import conflicting_rows


def test_rows_that_conflict_are_named_and_no_other():
    problem = a_problem(1, budget=100.0)
    rows = (
        a_row(problem, "both", {"e00": 1, "e01": 1}, lower=2),
        a_row(problem, "harmless", {"e02": 1}, upper=1),
        a_row(problem, "at most one", {"e00": 1, "e01": 1}, upper=1),
    )

    found = conflicting_rows(replace(problem, rows=rows))

    assert [row.name for row in found] == ["both", "at most one"]


def test_a_budget_too_small_for_a_promise_is_named():
    problem = a_problem(1, budget=0.0)
    promised = a_row(problem, "promised", {"e00": 1}, lower=1)

    found = conflicting_rows(replace(problem, rows=(promised,)))

    assert [row.name for row in found] == ["budget", "promised"]


def test_no_row_is_named_where_none_conflicts():
    assert conflicting_rows(a_problem(1)) == ()
