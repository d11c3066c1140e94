"""The record of a choice, put together from the optimum and what solving it again showed."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version

import numpy as np

from custodes.assessment import Assessment, draw_round
from custodes.challenges import open_by_effort
from custodes.choice._certificate import certificate_of, outward
from custodes.choice._conditions import other_conditions
from custodes.choice._cvar import cvar
from custodes.choice._frontier import (
    LEAST_USEFULNESS,
    Point,
    budgets_of,
    by_falling_ratio,
    frontier,
    hull_of,
)
from custodes.choice._milp import Cuts, NoPortfolioError
from custodes.choice._optimum import Optimum, optimum, under_one
from custodes.choice._options import Alternatives, round_of
from custodes.choice._overlap import loss_of, losses_alone, net_of, nets_alone
from custodes.choice._panel import s_process_of
from custodes.choice._portfolio import portfolio
from custodes.choice._problem import (
    Option,
    Picks,
    Problem,
    spent,
)
from custodes.choice._reasons import (
    AGAIN,
    MOST_SOLVED_AGAIN,
    Resolved,
    efforts_of,
    not_chosen,
)
from custodes.choice._record import (
    AcrossWorldviews,
    Asked,
    ChoiceRecord,
    Chosen,
    FrontierPoint,
    HullCorner,
    NextMillion,
    Package,
    RatioStep,
    RowUsed,
)
from custodes.choice._s_process import Curve
from custodes.rounds import inputs_sha256_by_part, sha256_of

MILLION = 1e6
"""A million."""
LEVEL = 0.95
"""Level of the tail that is told where none was asked for."""


def tell(  # noqa: PLR0913 (a choice and what it was made from)
    assessment: Assessment,
    found: Alternatives,
    best: Optimum,
    *,
    problem: Problem,
    cuts: Cuts,
    asked: Asked,
    blocked: Mapping[str, str],
    curves: Sequence[Curve],
    seconds: Callable[[], float | None],
    step: Callable[[], None],
) -> ChoiceRecord:
    """The record of a choice.

    Args:
        assessment: The assessment.
        found: The options.
        best: The optimum.
        problem: The problem.
        cuts: What was learnt on the way.
        asked: What was asked for.
        blocked: Efforts that may not be chosen, each with its reason.
        curves: Recommenders' curves; none for no S-process.
        seconds: How long it took so far, if that is known.
        step: Called at each of `steps_of` steps.
    """
    record, settings = assessment.record, assessment.round_.settings
    points = frontier(
        problem, best.aim, budgets_of(problem), cuts, best, time_limit=AGAIN, step=step
    )
    resolved = Resolved(problem, best.aim, cuts, best, step=step)
    chosen = [problem.options[at] for at in np.flatnonzero(best.picks)]
    money = spent(problem, best.picks)
    round_ = round_of(assessment)
    drawn = draw_round(round_, seed=record.seed, samples=record.samples, sampler=record.sampler)
    together = portfolio(round_, drawn, chosen, cost=money, overlap=asked.hazard_overlap)
    natural = _natural(record.round.verdict, asked.rule)
    told_not = not_chosen(resolved, found, points, cap=asked.cap_p_raises_risk, blocked=blocked)
    challenged = open_by_effort(round_.challenges)
    chosen_told = _chosen(
        resolved,
        found,
        {each.id: each.conditions for each in record.efforts},
        challenged,
    )
    next_million = _next_million(resolved, natural)
    value = natural * best.objective
    bound = value if best.bound == best.objective else natural * outward(best.bound)
    return ChoiceRecord(
        library_version=version("custodes"),
        round_title=record.round.title,
        currency=record.round.currency,
        verdict="risk" if record.round.verdict == "risk" else "social-value",
        unit=record.unit if record.round.verdict == "risk" else "catastrophes",
        asked=asked,
        inputs=inputs_of(assessment, curves),
        scenarios=found.scenarios,
        options=len(problem.options),
        dropped=found.dropped,
        budget=problem.budget,
        spent=money,
        sense="minimise" if natural > 0 else "maximise",
        objective=value,
        bound=bound,
        gap=abs(value - bound) / max(abs(value), 1e-12),
        certificate=certificate_of(
            problem,
            best,
            together,
            overlap=asked.hazard_overlap,
            seconds=seconds(),
            cut_short=resolved.cut_short,
        ),
        chosen=chosen_told,
        not_chosen=told_not,
        portfolio={name: each.result for name, each in together.items()},
        net_by_overlap={
            name: {f"{rho:g}": net for rho, net in each.net_by_overlap.items()}
            for name, each in together.items()
        },
        cvar={
            name: cvar(net_of(draws, best.picks), asked.cvar_level or LEVEL)
            for name, draws in problem.draws.items()
        },
        rows=_rows(problem, best.picks),
        worldviews=_across(problem, best.picks, 1 if record.round.verdict == "risk" else -1),
        frontier=_points(problem, found, points, natural),
        falling_ratio=_falling(problem, found, points[-1].picks),
        hull=_hull(points, natural),
        next_million=next_million,
        s_process=s_process_of(
            curves,
            conflicts=assessment.round_.conflicts,
            pots=settings.choice.pots,
            budget=problem.budget,
            stopped={
                each.id: each.reason
                for each in told_not
                if each.reason.startswith("over P(raises") or each.id in blocked
            }
            | challenged,
        ),
    )


def steps_of(problem: Problem) -> int:
    """How many steps `tell` counts: a budget of the frontier each, and an effort each."""
    return len(budgets_of(problem)) + len(problem.members)


def inputs_of(assessment: Assessment, curves: Sequence[Curve]) -> dict[str, str]:
    """SHA-256 of each part of the round, and of the curves."""
    ordered = sorted(
        (each.model_dump(mode="json") for each in curves),
        key=lambda each: (each["recommender"], each["effort"]),
    )
    return {**inputs_sha256_by_part(assessment.round_), "curves": sha256_of(ordered)}


def _natural(verdict: str, rule: str) -> int:
    """1 where the objective is told as it is made small, -1 where it is told as a value."""
    return 1 if verdict == "risk" or rule == "regret" else -1


def _chosen(
    resolved: Resolved,
    found: Alternatives,
    recommended: Mapping[str, tuple[str, ...]],
    challenged: Mapping[str, str],
) -> tuple[Chosen, ...]:
    problem = resolved.problem
    alone = losses_alone(next(iter(problem.draws.values())))
    nets = alone if next(iter(problem.draws.values())).beside is None else alone - _beside(problem)
    places = np.flatnonzero(resolved.best.picks)
    told: list[Chosen] = []
    for at in places:
        option = problem.options[at]
        fixed = [
            row.name.partition(": ")[2]
            for row in problem.rows
            if row.kind == "fixed" and row.lower >= 1 and row.coefficients[at] > 0
        ]
        again = len(places) <= MOST_SOLVED_AGAIN and not fixed
        told.append(
            Chosen(
                id=option.effort,
                conditions=option.conditions,
                cost=float(problem.cost[at]),
                net=float(nets[at]),
                p_raises_risk={
                    view: float(each[at]) for view, each in found.p_raises_risk.items()
                },
                loss_if_left_out=resolved.loss_with(option.effort, chosen=False)
                if again
                else None,
                fixed_because=_fixed_because(fixed[0], challenged.get(option.effort))
                if fixed
                else None,
                other_conditions=other_conditions(problem, resolved.best, int(at), recommended),
            )
        )
    return tuple(told)


def _fixed_because(reason: str, challenge: str | None) -> str:
    return reason if challenge is None else f"{reason}; {challenge}"


def _beside(problem: Problem) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    beside = next(iter(problem.draws.values())).beside
    return np.zeros(len(problem.options)) if beside is None else beside


def _rows(problem: Problem, picks: Picks) -> tuple[RowUsed, ...]:
    return tuple(
        RowUsed(
            name=row.name,
            origin=row.origin,
            kind=row.kind,
            lower=row.lower if math.isfinite(row.lower) else None,
            upper=row.upper if math.isfinite(row.upper) else None,
            value=float(row.coefficients[picks].sum()),
        )
        for row in problem.every_row
    )


def _across(problem: Problem, picks: Picks, natural: int) -> AcrossWorldviews:
    """What each worldview alone would choose, and what that is worth under the others."""
    portfolios: dict[str, Picks] = {"chosen": picks}
    for view in problem.draws:
        try:
            portfolios[view] = optimum(
                under_one(problem, view), check=False, time_limit=AGAIN
            ).picks
        except NoPortfolioError:
            continue
    alone = {
        view: efforts_of(problem, each) for view, each in portfolios.items() if view != "chosen"
    }
    every = sorted({option.effort for option in problem.options})
    in_all = tuple(each for each in every if all(each in names for names in alone.values()))
    in_any = {each for names in alone.values() for each in names}
    return AcrossWorldviews(
        alone={
            view: tuple(_package(problem.options[at]) for at in np.flatnonzero(portfolios[view]))
            for view in alone
        },
        objective={
            name: {view: natural * loss_of(draws, each) for view, draws in problem.draws.items()}
            for name, each in portfolios.items()
        },
        in_all=in_all,
        in_some=tuple(each for each in every if each in in_any and each not in in_all),
        in_none=tuple(each for each in every if each not in in_any),
    )


def _package(option: Option) -> Package:
    return Package(id=option.effort, conditions=option.conditions)


def _points(
    problem: Problem, found: Alternatives, points: Sequence[Point], natural: int
) -> tuple[FrontierPoint, ...]:
    view, draws = next(iter(problem.draws.items()))
    told: list[FrontierPoint] = []
    for point in points:
        net = float(net_of(draws, point.picks).mean())
        away = float(draws.adds[point.picks].sum(axis=0).mean()) - net
        gained = float(found.usefulness[view][point.picks].sum())
        told.append(
            FrontierPoint(
                budget=point.budget,
                spent=point.spent,
                net=net,
                objective=natural * point.objective,
                ratio=away / gained if gained > LEAST_USEFULNESS else None,
                efforts=tuple(sorted(efforts_of(problem, point.picks))),
            )
        )
    return tuple(told)


def _falling(problem: Problem, found: Alternatives, picks: Picks) -> tuple[RatioStep, ...]:
    """The efforts of a portfolio, the highest ratio first, with the ratio of all so far."""
    view, draws = next(iter(problem.draws.items()))
    places = np.flatnonzero(picks)
    benefit = (draws.adds[places] - nets_alone(draws)[places]).mean(axis=1)
    usefulness = np.maximum(found.usefulness[view][places], 0.0)
    taken = gained = money = 0.0
    steps: list[RatioStep] = []
    for at in by_falling_ratio(benefit, usefulness):
        taken += float(benefit[at])
        gained += float(usefulness[at])
        money += float(problem.cost[places[at]])
        steps.append(
            RatioStep(
                id=problem.options[int(places[at])].effort,
                spent=money,
                ratio=taken / gained if gained > LEAST_USEFULNESS else None,
            )
        )
    return tuple(steps)


def _hull(points: Sequence[Point], natural: int) -> tuple[HullCorner, ...]:
    hull = hull_of([(each.spent, each.objective) for each in points])
    slopes = (None, *hull.slopes)
    return tuple(
        HullCorner(
            spent=money,
            objective=natural * value,
            per_million=None if slope is None else natural * slope * MILLION,
        )
        for (money, value), slope in zip(hull.corners, slopes, strict=True)
    )


def _next_million(resolved: Resolved, natural: int) -> NextMillion:
    problem, best = resolved.problem, resolved.best
    budget = problem.budget + MILLION
    found = resolved.at(budget)
    before = efforts_of(problem, best.picks)
    after = before
    change = 0.0
    if found is not None and found.objective < best.objective:
        after = efforts_of(problem, found.picks)
        change = found.objective - best.objective
    return NextMillion(
        budget=budget,
        change=natural * change,
        enters=tuple(sorted(after - before)),
        leaves=tuple(sorted(before - after)),
        price_per_million=best.price * MILLION,
    )
