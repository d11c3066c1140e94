"""Rows that cannot hold together, named: a small set of them, none of which can be left out.

Source: docs/explanation/choice.md.
"""

from __future__ import annotations

import numpy as np

from custodes.choice._milp import NoPortfolioError
from custodes.choice._problem import Draws, Problem, Row
from custodes.choice._solve import solve
from custodes.choice._worldviews import Objective, Piece


def conflicting_rows(problem: Problem) -> tuple[Row, ...]:
    """A smallest set of rows that no portfolio keeps together; empty where the tail is at fault.

    Rows are dropped one by one; a row without which a portfolio exists belongs to the conflict.
    """
    rows = list(problem.every_row)
    if _is_possible(problem, rows):
        return ()
    for row in list(rows):
        rest = [each for each in rows if each is not row]
        if not _is_possible(problem, rest):
            rows = rest
    return tuple(rows)


def _is_possible(problem: Problem, rows: list[Row]) -> bool:
    """Whether any portfolio keeps these rows; what it is worth is left aside."""
    options = len(problem.options)
    plain = Draws(adds=np.zeros((options, 1)))
    bare = Problem(
        options=problem.options,
        cost=problem.cost,
        draws={"any": plain},
        budget=np.inf,
        rows=tuple(rows),
    )
    try:
        solve(bare, Objective((Piece(((plain, 1.0),)),)))
    except NoPortfolioError:
        return False
    return True
