"""Which efforts, with which conditions, under one budget.

Source: docs/explanation/choice.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from custodes import catalogue
from custodes.assessment import Assessment, Progress
from custodes.challenges import open_by_effort
from custodes.choice._conflict import conflicting_rows
from custodes.choice._milp import Cuts, NoPortfolioError, NotInTimeError
from custodes.choice._optimum import optimum
from custodes.choice._options import Alternatives, alternatives
from custodes.choice._problem import Problem, Rule, RuleName, Tail
from custodes.choice._record import Asked, ChoiceRecord
from custodes.choice._rows import rows_of
from custodes.choice._s_process import Curve
from custodes.choice._solve import TIME_LIMIT
from custodes.choice._telling import steps_of, tell
from custodes.choice_rules import Fixed
from custodes.errors import Fault, InputError
from custodes.rounds import Round

LEVEL = 0.95
"""Level at which the portfolio's tail is told where none is asked for."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What was asked for, the round's settings filled in."""

    budget: float
    """Money."""
    cap: float
    """Cap on P(raises risk) of each package."""
    cap_origin: str
    """Where it was written."""
    cap_portfolio: float | None
    """Cap on P(raises risk) of the portfolio."""
    tail: Tail | None
    """Limit on the tail."""
    rule: RuleName
    """What decides under several worldviews."""


def choose(  # noqa: PLR0913 (each is one thing a user may set)
    assessment: Assessment,
    *,
    budget: float | None = None,
    cap_p_raises_risk: float | None = None,
    cvar: float | tuple[float, float] | None = None,
    cap_p_portfolio: float | None = None,
    rule: RuleName | None = None,
    packages: Mapping[str, Sequence[Sequence[str]]] | None = None,
    blocked: Mapping[str, str] | None = None,
    curves: Sequence[Curve] = (),
    progress: Progress | None = None,
    clock: Callable[[], float] | None = None,
) -> ChoiceRecord:
    """The efforts and conditions that lower risk the most for the money, and how that is known.

    With the verdict `social-value`, those that raise social value the most.

    Args:
        assessment: The assessment; draws are made again from its seed.
        budget: Money in place of the round's.
        cap_p_raises_risk: Cap on P(raises risk) of each effort, in place of the round's limit.
        cvar: Level of a limit on the mean of the worst draws of the portfolio's net, or level and
            limit; the limit is the round's otherwise.
        cap_p_portfolio: Cap on P(raises risk) of the portfolio, in place of the round's.
        rule: What decides under several worldviews, in place of the round's.
        packages: By effort, packages of conditions to be looked at beside the usual ones.
        blocked: Efforts that may not be chosen, each with its reason.
        curves: Recommenders' curves of marginal value, for the S-process.
        progress: Told how far it is.
        clock: Seconds, as `time.perf_counter`; the certificate tells none without it.

    Returns:
        The choice. The same inputs and seed give the same choice.

    Raises:
        InputError: What is asked for makes no sense, or limits conflict; those are named.
    """
    started = clock() if clock else None
    _refuse_nonsense(assessment, budget, cvar, packages or {}, blocked or {})
    settings = assessment.round_.settings
    limits = _limits(assessment, budget, cap_p_raises_risk, cvar, cap_p_portfolio, rule)
    asked = _asked(assessment, limits, packages or {}, blocked or {})
    found = alternatives(
        assessment,
        cost_quantile=settings.choice.cost_quantile,
        packages=packages,
        progress=_first_half(progress),
    )
    out = blocked_in(assessment.round_, blocked or {})
    problem = problem_of(found, assessment, limits, out)
    cuts = Cuts()
    try:
        best = optimum(problem, cuts=cuts)
    except NotInTimeError:
        raise _not_in_time(problem) from None
    except NoPortfolioError:
        raise _conflict(problem) from None
    return tell(
        assessment,
        found,
        best,
        problem=problem,
        cuts=cuts,
        asked=asked,
        blocked=out,
        curves=curves,
        seconds=lambda: None if clock is None or started is None else clock() - started,
        step=_second_half(progress, steps_of(problem)),
    )


def _first_half(progress: Progress | None) -> Progress | None:
    """Progress of what comes before the solver, as the first half of the whole."""
    if progress is None:
        return None
    return lambda done, everything: progress(done, 2 * everything)


def _second_half(progress: Progress | None, steps: int) -> Callable[[], None]:
    """Called at each step after the solver, as the second half of the whole."""
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(steps + min(done, steps), 2 * steps)

    return step


def _not_in_time(problem: Problem) -> InputError:
    return InputError(
        [
            Fault(
                message=f"no portfolio that keeps {_on_draws(problem) or 'every limit'} was found "
                f"in {TIME_LIMIT:.0f} seconds; there may be one",
                cure="widen that limit, or take fewer draws (--samples)",
            )
        ]
    )


def _on_draws(problem: Problem) -> str:
    """The limits on draws, in words."""
    told = [f"CVaR at {tail.level:g} at most {tail.limit:g}" for tail in problem.tails]
    if problem.most_raising is not None:
        told.append(f"P(raises risk) of the portfolio at most {problem.most_raising:g}")
    return " and ".join(told)


def blocked_in(round_: Round, blocked: Mapping[str, str]) -> dict[str, str]:
    """Efforts that may not be chosen: those that a person blocks, and those under challenge.

    An effort that the rules fix is left to them: its open challenge is told beside.

    Args:
        round_: The round.
        blocked: What a person blocks, by effort, each with its reason.
    """
    fixed = {
        rule.effort
        for rule in round_.settings.choice.rules
        if isinstance(rule, Fixed) and rule.chosen
    }
    challenged = {
        effort: why
        for effort, why in open_by_effort(round_.challenges).items()
        if effort not in fixed
    }
    return challenged | dict(blocked)


def _refuse_nonsense(
    assessment: Assessment,
    budget: float | None,
    cvar: float | tuple[float, float] | None,
    packages: Mapping[str, Sequence[Sequence[str]]],
    blocked: Mapping[str, str],
) -> None:
    """Refuse what cannot be meant, all of it at once.

    Raises:
        InputError: With every fault.
    """
    faults: list[Fault] = []
    if budget is not None and not 0 <= budget < float("inf"):
        faults.append(
            Fault(message=f"{budget:g} is no budget", cure="give an amount of 0 or more")
        )
    level = cvar[0] if isinstance(cvar, tuple) else cvar
    if level is not None and not 0 <= level < 1:
        faults.append(
            Fault(
                message=f"{level:g} is no level of a tail",
                cure="give a share from 0 up to, but not including, 1, as 0.95",
            )
        )
    efforts = tuple(sorted(str(each.id) for each in assessment.record.efforts))
    faults += [
        Fault(
            message=f"{name!r} is no effort of this round", cure=catalogue.nearest(name, efforts)
        )
        for name in (*packages, *blocked)
        if name not in efforts
    ]
    known = tuple(str(each.id) for each in assessment.round_.mitigations)
    faults += [
        Fault(
            message=f"{name!r} is not a mitigation of this round",
            cure=catalogue.nearest(name, known),
        )
        for several in packages.values()
        for package in several
        for name in package
        if name not in known
    ]
    if faults:
        raise InputError(faults)


def _limits(
    assessment: Assessment,
    budget: float | None,
    cap: float | None,
    cvar: float | tuple[float, float] | None,
    cap_portfolio: float | None,
    rule: RuleName | None,
) -> Limits:
    settings = assessment.round_.settings
    tail = None
    if isinstance(cvar, tuple):
        tail = Tail(level=cvar[0], limit=cvar[1])
    elif cvar is not None:
        tail = Tail(level=cvar, limit=settings.limits.cvar)
    return Limits(
        budget=settings.budget if budget is None else budget,
        cap=settings.limits.p_raises_risk if cap is None else cap,
        cap_origin=(
            "round.toml, limits.p_raises_risk"
            if cap in (None, settings.limits.p_raises_risk)
            else "asked for"
        ),
        cap_portfolio=(
            settings.limits.p_portfolio_raises_risk if cap_portfolio is None else cap_portfolio
        ),
        tail=tail,
        rule=rule or settings.choice.rule,
    )


def _asked(
    assessment: Assessment,
    limits: Limits,
    packages: Mapping[str, Sequence[Sequence[str]]],
    blocked: Mapping[str, str],
) -> Asked:
    record, choice = assessment.record, assessment.round_.settings.choice
    return Asked(
        budget=limits.budget,
        cap_p_raises_risk=limits.cap,
        cvar_level=limits.tail.level if limits.tail else None,
        cvar_limit=limits.tail.limit if limits.tail else None,
        cap_p_portfolio=limits.cap_portfolio,
        rule=limits.rule,
        credences=_credences(assessment) if limits.rule == "credence" else None,
        cost_quantile=choice.cost_quantile,
        hazard_overlap=choice.hazard_overlap,
        packages={
            name: tuple(tuple(sorted(each)) for each in several)
            for name, several in sorted(packages.items())
        },
        conditions={each.id: each.conditions for each in record.efforts if each.conditions_given},
        blocked=dict(sorted(blocked.items())),
        worldviews=record.round.worldviews,
        samples=record.samples,
        sampler=record.sampler,
        seed=record.seed,
    )


def _credences(assessment: Assessment) -> dict[str, float]:
    """How far each worldview is believed: as the round says, equal otherwise.

    Raises:
        InputError: The round believes in a worldview that was not assessed.
    """
    views = assessment.record.round.worldviews
    stated = assessment.round_.settings.choice.credences
    if stated is None:
        return dict.fromkeys(views, 1.0 / len(views))
    missing = [name for name, each in stated.items() if each > 0 and name not in views]
    if missing:
        raise InputError(
            Fault(
                message=f"{name!r} has a credence and was not assessed",
                cure="assess under it too, or change choice.credences in round.toml",
            )
            for name in missing
        )
    return {name: stated.get(name, 0.0) for name in views}


def problem_of(
    found: Alternatives, assessment: Assessment, limits: Limits, blocked: Mapping[str, str]
) -> Problem:
    """The options under every limit."""
    return Problem(
        options=found.options,
        cost=found.cost,
        draws=found.draws,
        budget=limits.budget,
        rows=rows_of(
            found,
            assessment.round_.settings.choice,
            cap=limits.cap,
            cap_origin=limits.cap_origin,
            blocked=blocked,
        ),
        rule=Rule(limits.rule, _credences(assessment) if limits.rule == "credence" else None),
        tails=(limits.tail,) if limits.tail else (),
        most_raising=limits.cap_portfolio,
    )


def _conflict(problem: Problem) -> InputError:
    """Which limits cannot hold together."""
    rows = conflicting_rows(problem)
    if not rows:
        message = f"no portfolio keeps {_on_draws(problem)} beside the other limits"
        return InputError([Fault(message=message, cure="widen one of them")])
    names = [
        f"budget of {problem.budget:,.0f}" if row.kind == "budget" else row.name for row in rows
    ]
    where = sorted({row.origin for row in rows if row.origin != "budget"})
    return InputError(
        [
            Fault(
                message=f"these limits cannot hold together: {'; '.join(names)}",
                cure=f"change one of them ({', '.join(where) or 'the budget'})",
            )
        ]
    )
