"""Why a chosen effort's conditions are not the recommended ones.

An assessment recommends for one effort: the mean of all worldviews decides, and up to 5 % of a
gain is given up to ask for less. A choice looks for the best portfolio under its rule and budget.
"""

from __future__ import annotations

from collections.abc import Mapping

from custodes.choice._cvar import keeps_tail
from custodes.choice._optimum import Optimum
from custodes.choice._problem import (
    FEASIBLE_WITHIN,
    Picks,
    Problem,
    largest_violation,
)
from custodes.choice._record import OtherConditions

_BEATEN = (
    "another package is in nothing worse than the recommended one: cost, net, P(raises risk) and "
    "tail in every worldview"
)
_WORSE = (
    "the portfolio would be worse with the recommended package, which gives up to 5 % of the "
    "effort's gain away to ask for less"
)


def other_conditions(
    problem: Problem, best: Optimum, at: int, recommended: Mapping[str, tuple[str, ...]]
) -> OtherConditions | None:
    """How a chosen package differs from the recommended one, and why; none where it does not.

    Args:
        problem: The problem.
        best: Its optimum.
        at: The place of the chosen option.
        recommended: The recommended conditions of each effort.
    """
    option = problem.options[at]
    wanted = tuple(sorted(recommended[option.effort]))
    if wanted == option.conditions:
        return None
    reason, loss = _why(problem, best, at, wanted)
    return OtherConditions(
        more=tuple(each for each in option.conditions if each not in wanted),
        fewer=tuple(each for each in wanted if each not in option.conditions),
        reason=reason,
        loss_with_recommended=loss,
    )


def _why(
    problem: Problem, best: Optimum, at: int, wanted: tuple[str, ...]
) -> tuple[str, float | None]:
    """Why the recommended package is not the chosen one, and what it would lose."""
    effort = problem.options[at].effort
    places = [
        place
        for place, each in enumerate(problem.options)
        if each.effort == effort and each.conditions == wanted
    ]
    if not places:
        return _BEATEN, None
    instead: Picks = best.picks.copy()
    instead[at] = False
    instead[places[0]] = True
    over, row = largest_violation(problem, instead)
    if over > FEASIBLE_WITHIN:
        return f"the recommended package would pass a limit: {row}", None
    if not keeps_tail(problem, instead, scale=1.0):
        return "the recommended package would bring the portfolio over its limit on draws", None
    loss = max(0.0, best.aim.value(instead) - best.objective)
    return _WORSE, loss
