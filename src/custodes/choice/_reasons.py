"""Why an effort is chosen or not: what changes when it is forced in or out, or a row goes.

Source: docs/explanation/choice.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

import numpy as np

from custodes.choice._frontier import Point
from custodes.choice._milp import Cuts, NoPortfolioError
from custodes.choice._optimum import Optimum, optimum
from custodes.choice._options import Alternatives
from custodes.choice._overlap import losses_alone
from custodes.choice._problem import FEASIBLE_WITHIN, Numbers, Picks, Problem, Row
from custodes.choice._record import NotChosen
from custodes.choice._rows import over_cap
from custodes.choice._worldviews import Objective

MOST_SOLVED_AGAIN = 40
"""Efforts for which the problem is solved again, to say what forcing or leaving them out costs."""
AGAIN = 10.0
"""Seconds that solving the problem again once may take."""
AGAIN_IN_ALL = 30.0
"""Seconds from which it is not solved again any more."""
_HALVINGS = 5
_BY_NAME = ("exclusion", "prerequisite", "category", "other")


@dataclass(slots=True, eq=False)
class Resolved:
    """The problem, its optimum, and what solving it again with small changes gave."""

    problem: Problem
    """The problem."""
    objective: Objective
    """What is made small."""
    cuts: Cuts
    """What was learnt; grows."""
    best: Optimum
    """The optimum."""
    step: Callable[[], None] = field(default=lambda: None)
    """Called before each effort."""
    until: float = field(default_factory=lambda: monotonic() + AGAIN_IN_ALL)
    """When solving again ends."""
    cut_short: bool = False
    """Whether something was left out, or left unproven, because the time was over."""
    _by_budget: dict[float, Optimum | None] = field(default_factory=dict[float, "Optimum | None"])

    def at(self, budget: float) -> Optimum | None:
        """The optimum at another budget; none where no portfolio is possible."""
        if budget == self.problem.budget:
            return self.best
        if budget not in self._by_budget:
            self._by_budget[budget] = self.having(replace(self.problem, budget=budget))
        return self._by_budget[budget]

    def having(self, problem: Problem) -> Optimum | None:
        """The optimum of the problem with other rows.

        None where no portfolio is possible, or the time is over.
        """
        if monotonic() > self.until:
            self.cut_short = True
            return None
        tail = list(self.cuts.tail) if problem.tails else []
        cuts = replace(self.cuts, tail=tail, refused=[])
        try:
            found = optimum(
                problem, cuts=cuts, check=False, objective=self.objective, time_limit=AGAIN
            )
        except NoPortfolioError:
            return None
        self.cut_short |= found.ended == "time limit"
        return found

    def loss_with(self, effort: str, *, chosen: bool) -> float | None:
        """By how much the objective is worse when an effort is forced in or out; at least 0."""
        count = np.array([float(each.effort == effort) for each in self.problem.options])
        row = Row(
            name=effort,
            origin="what if",
            coefficients=count,
            lower=1.0 if chosen else -np.inf,
            upper=1.0 if chosen else 0.0,
        )
        found = self.having(replace(self.problem, rows=(*self.problem.rows, row)))
        return (
            None
            if found is None or found.ended == "time limit"
            else max(0.0, found.objective - self.best.objective)
        )


def efforts_of(problem: Problem, picks: Picks) -> frozenset[str]:
    """Efforts of which an option is chosen."""
    return frozenset(problem.options[at].effort for at in np.flatnonzero(picks))


def not_chosen(
    resolved: Resolved,
    found: Alternatives,
    points: Sequence[Point],
    *,
    cap: float,
    blocked: Mapping[str, str],
) -> tuple[NotChosen, ...]:
    """Every effort that is not chosen, with its reason, in the order of ids.

    Args:
        resolved: The problem and its optimum.
        found: The options.
        points: The frontier.
        cap: Cap on P(raises risk) of each package.
        blocked: Efforts that may not be chosen, each with its reason.
    """
    problem = resolved.problem
    chosen = efforts_of(problem, resolved.best.picks)
    rows = {name: row for row, names in _without_rows(resolved, chosen) for name in names}
    over = over_cap(found, cap)
    told: list[NotChosen] = []
    solved = 0
    for member in problem.members:
        resolved.step()
        effort = problem.options[int(member.start)].effort
        if effort in chosen:
            continue
        reason = _barred(resolved, found, effort, member, over=over, cap=cap, blocked=blocked)
        if reason is not None:
            told.append(_told(effort, reason))
            continue
        loss = None
        if solved < MOST_SOLVED_AGAIN:
            solved += 1
            loss = resolved.loss_with(effort, chosen=True)
        if effort in rows:
            told.append(_told(effort, _of_row(rows[effort], effort, chosen), loss=loss))
        elif not _is_good(resolved, member, over):
            told.append(_told(effort, _on_the_mean(found), loss=loss))
        else:
            enters = _enters(resolved, points, effort)
            row = _in_the_way(resolved, member) if enters is None else None
            why = _outbid(enters) if row is None else _of_row(row, effort, chosen)
            told.append(_told(effort, why, loss=loss, enters=enters))
    return tuple(told)


def _told(
    effort: str, reason: str, *, loss: float | None = None, enters: float | None = None
) -> NotChosen:
    return NotChosen(id=effort, reason=reason, loss_if_forced=loss, enters_at_budget=enters)


def _barred(  # noqa: PLR0913 (an effort and what can bar it)
    resolved: Resolved,
    found: Alternatives,
    effort: str,
    member: slice,
    *,
    over: Numbers,
    cap: float,
    blocked: Mapping[str, str],
) -> str | None:
    """Why no package of an effort may be chosen; none where one may."""
    if effort in blocked:
        return blocked[effort]
    for row in resolved.problem.rows:
        if row.kind == "fixed" and row.upper <= 0 and row.coefficients[member].any():
            return f"left out: {row.name.partition(': ')[2]}"
    if (over[member] > 0).all():
        best = int(member.start) + int(np.argmin(over[member]))
        views = found.p_raises_risk
        worst = max(views, key=lambda view: float(views[view][best]))
        p = float(views[worst][best])
        return f"over P(raises risk) cap ({p:.2f} > {cap:g}) in {worst}"
    return None


def _is_good(resolved: Resolved, member: slice, over: Numbers) -> bool:
    """Whether some package that may be chosen lowers the loss by itself, where it decides."""
    open_ = over[member] <= 0
    for piece in resolved.objective.pieces:
        loss = np.sum([weight * losses_alone(draws) for draws, weight in piece.parts], axis=0)
        if (loss[member][open_] < 0).any():
            return True
    return False


def _on_the_mean(found: Alternatives) -> str:
    social = next(iter(found.draws.values())).beside is not None
    return "lowers social value on the mean" if social else "raises risk on the mean"


def _without_rows(
    resolved: Resolved, chosen: frozenset[str]
) -> Iterator[tuple[Row | None, frozenset[str]]]:
    """Rows that keep efforts out: each with those that are chosen once it goes.

    The tail comes first and counts least, so that a row by name is told where both do.
    """
    problem = resolved.problem
    if problem.tails or problem.most_raising is not None:
        free = resolved.having(replace(problem, tails=(), most_raising=None))
        if free is not None:
            yield None, efforts_of(problem, free.picks) - chosen
    for row in problem.rows:
        if row.kind in _BY_NAME:
            rest = tuple(each for each in problem.rows if each is not row)
            free = resolved.having(replace(problem, rows=rest))
            if free is not None:
                mine = {
                    option.effort
                    for option, weight in zip(problem.options, row.coefficients, strict=True)
                    if weight > 0
                }
                yield row, (efforts_of(problem, free.picks) - chosen) & mine


def _in_the_way(resolved: Resolved, member: slice) -> Row | None:
    """A row beside the budget that the portfolio would pass with any package of an effort."""
    problem, picks = resolved.problem, resolved.best.picks
    for row in problem.rows:
        if row.kind not in _BY_NAME:
            continue
        value = float(row.coefficients[picks].sum())
        if value + float(row.coefficients[member].min()) > row.upper + FEASIBLE_WITHIN:
            return row
    return None


def _of_row(row: Row | None, effort: str, chosen: frozenset[str]) -> str:
    if row is None:
        return "would bring the portfolio over its limit on bad outcomes"
    if row.kind == "exclusion":
        others = row.name.partition(" of ")[2].partition(" (")[0].split(", ")
        there = [each for each in others if each in chosen and each != effort]
        return f"excluded by {', '.join(there) or row.name}"
    if row.kind == "prerequisite":
        return f"needs {row.name.partition(' needs ')[2].partition(' (')[0]}"
    return f"no room under {row.name}"


def _enters(resolved: Resolved, points: Sequence[Point], effort: str) -> float | None:
    """The least budget found at which an effort is chosen, by halving between the frontier's."""
    budget = resolved.problem.budget
    low, high = budget, None
    for point in points:
        if point.budget <= budget:
            continue
        if effort in efforts_of(resolved.problem, point.picks):
            high = point.budget
            break
        low = point.budget
    if high is None:
        return None
    for _ in range(_HALVINGS if len(resolved.problem.members) <= MOST_SOLVED_AGAIN else 0):
        middle = round((low + high) / 2.0, 2)
        found = resolved.at(middle)
        if found is None and resolved.cut_short:
            break
        if found is not None and effort in efforts_of(resolved.problem, found.picks):
            high = middle
        else:
            low = middle
    return high


def _outbid(enters: float | None) -> str:
    if enters is None:
        return "outbid: beside the others it adds too little at every budget"
    return f"outbid: enters at a budget of {enters:,.0f}"
