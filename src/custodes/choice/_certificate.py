"""How a portfolio was shown to be the best: what was checked, and by what.

Source: docs/explanation/choice.md.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from importlib.metadata import version
from typing import Literal

from custodes.choice._exhaustive import MOST_COMBINATIONS
from custodes.choice._optimum import Optimum
from custodes.choice._overlap import net_of
from custodes.choice._portfolio import Portfolio
from custodes.choice._problem import FEASIBLE_WITHIN, Problem, largest_violation
from custodes.choice._record import Certificate, Exhaustive
from custodes.choice._solve import TIME_LIMIT

PPM = 1e6
"""Millionths."""
APART = 0.05
"""Difference from the model's own rule, as a share of net, from which it is told."""
_DIGITS = 10


def outward(bound: float) -> float:
    """A bound with fewer digits, rounded away from the objective.

    Its last digits hang on how linear algebra is threaded; those that are told do not.
    """
    if bound == 0 or not math.isfinite(bound):
        return bound
    unit = 10.0 ** (math.floor(math.log10(abs(bound))) + 1 - _DIGITS)
    return math.floor(bound / unit) * unit


def certificate_of(
    problem: Problem,
    best: Optimum,
    together: Mapping[str, Portfolio],
    *,
    overlap: float,
    seconds: float | None,
    cut_short: bool,
) -> Certificate:
    """What was checked, and what came out.

    Args:
        problem: The problem.
        best: Its optimum.
        together: The portfolio by the model's own rule, by worldview.
        overlap: How far benefits on one named hazard overlap in the portfolio.
        seconds: How long the choice took, if that is known.
        cut_short: Whether the time was over before every effort was forced in or out.
    """
    over, _ = largest_violation(problem, best.picks)
    view = next(iter(problem.draws))
    net = float(net_of(problem.draws[view], best.picks).mean())
    by_model = together[view].net_by_overlap[0.0]
    apart = (net - by_model) / max(abs(by_model), 1e-12)
    enumerated = best.enumerated
    warnings = list(best.warnings)
    if abs(apart) > APART:
        warnings.append(
            f"the solver's net, {net:.4g}, is {abs(apart):.0%} from that of the model's own rule "
            f"for several efforts, {by_model:.4g}"
        )
    joint = together[view].result.net.mean
    if abs(joint - by_model) > APART * max(abs(joint), 1e-12):
        warnings.append(
            f"the objective leaves out that benefits on one named hazard overlap by {overlap:g}: "
            f"net under {view} is {by_model * PPM:.3g} ppm without that overlap and "
            f"{joint * PPM:.3g} ppm with it, {abs(joint - by_model) / max(abs(joint), 1e-12):.0%} "
            "apart"
        )
    if best.ended == "time limit":
        warnings.append(
            f"the search was stopped after {TIME_LIMIT:.0f} seconds: the portfolio is the best "
            "that was found, a better one may exist down to the bound, and a replay may find "
            "another"
        )
    if cut_short:
        warnings.append(
            "solving again for each effort was stopped for time: some reasons and losses are "
            "missing or not proven, and a replay may tell others"
        )
    return Certificate(
        text=_text(best),
        solver="HiGHS through scipy.optimize.milp",
        library=f"scipy {version('scipy')}, numpy {version('numpy')}",
        rows=best.rows,
        rounds=best.rounds,
        seconds=seconds,
        ended=best.ended,
        feasible=over <= FEASIBLE_WITHIN,
        largest_violation=over,
        objective_recomputed=best.objective,
        bound_solver=outward(best.bound_solver),
        bound_relaxation=outward(best.bound_relaxation),
        bound_lagrange=outward(best.bound_lagrange),
        exhaustive=None
        if enumerated is None
        else Exhaustive(
            combinations=enumerated.combinations,
            feasible=enumerated.feasible,
            objective=enumerated.objective,
            equal=not any("every portfolio" in each for each in best.warnings),
        ),
        not_exhaustive_because=None
        if enumerated is not None
        else f"not small enough: more than {MOST_COMBINATIONS:,.0f} portfolios",
        cap_on_portfolio=_cap_kept(problem, best),
        combined_by_model=by_model,
        difference_from_model=apart,
        warnings=tuple(warnings),
    )


def _cap_kept(
    problem: Problem, best: Optimum
) -> Literal["none", "kept by the optimum", "exact", "heuristic"]:
    if problem.most_raising is None:
        return "none"
    if best.heuristic:
        return "heuristic"
    return "kept by the optimum" if best.enumerated is None else "exact"


def _text(best: Optimum) -> str:
    if best.heuristic:
        return (
            "cap on the portfolio: heuristic; the bound is the one without that cap, so the gap "
            "holds the price of the cap too"
        )
    if best.enumerated is not None:
        return (
            f"all {best.enumerated.combinations:,} portfolios were looked at; none of the "
            f"{best.enumerated.feasible:,} that keep every limit is better"
        )
    if best.ended == "optimal":
        return "proven by the solver within the gap; every limit recomputed from plain sums"
    if best.ended == "rounded":
        return "the relaxation, rounded and filled up; proven within the gap by the relaxation"
    return "the best portfolio found in the time there was; proven within the gap only"
