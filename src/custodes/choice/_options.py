"""From an assessment to options: packages worth a look, what they cost and what they do.

Candidates are the recommended package, its neighbours by one condition, and none. They are
compared on a few draws; those that another beats in everything are dropped (7.7).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from custodes.assessment import (
    Assessment,
    EffortDraws,
    Outcome,
    Package,
    RoundDraws,
    conditions_cost,
    conditions_for,
    draw_effort,
    draw_round,
    score,
)
from custodes.choice._background import risks_by_hazard
from custodes.choice._cvar import cvar, p_raises
from custodes.choice._frontier import hull_of
from custodes.choice._overlap import log_removed
from custodes.choice._problem import Draws, Numbers, Option
from custodes.efforts import Effort
from custodes.rounds import Round
from custodes.worldviews import preset

MOST_PACKAGES = 8
"""Packages of one effort that are kept."""
SCREENING = 512
"""Draws on which packages are compared before the others are dropped."""
LEAST_SCENARIOS = 1024
"""Scenarios are not fewer than this, where there are as many draws."""
MOST_NUMBERS = 1 << 21
"""Options times scenarios, from which fewer scenarios are taken."""
_TAIL = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Alternatives:
    """The options of a whole round, in numbers."""

    options: tuple[Option, ...]
    """Options, efforts in the order of their ids."""
    cost: Numbers
    """What each counts against the budget."""
    mean_cost: Numbers
    """Its mean cost."""
    draws: Mapping[str, Draws]
    """By worldview."""
    p_raises_risk: Mapping[str, Numbers]
    """P(raises risk) of each option by worldview."""
    usefulness: Mapping[str, Numbers]
    """Mean usefulness of each option by worldview."""
    scenarios: int
    """Draws used."""
    dropped: int
    """Packages that another beats in everything, or beyond the eighth."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a package from a few draws; small is good in every one."""

    package: Package
    """The conditions."""
    cost: float
    """Money."""
    losses: tuple[float, ...]
    """Mean loss by worldview."""
    p_raises_risk: tuple[float, ...]
    """P(raises risk) by worldview."""
    tails: tuple[float, ...]
    """Mean of the worst twentieth of draws of the loss by worldview."""

    @property
    def measures(self) -> tuple[float, ...]:
        """Everything in which one package can be better than another."""
        return (self.cost, *self.losses, *self.p_raises_risk, *self.tails)


def alternatives(
    assessment: Assessment,
    *,
    cost_quantile: float | None = None,
    packages: Mapping[str, Sequence[Sequence[str]]] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Alternatives:
    """The options of an assessment's efforts.

    Args:
        assessment: The assessment; its seed and draws are used again.
        cost_quantile: The quantile of each cost that the budget counts; the mean otherwise.
        packages: By effort, packages that a person wants to be looked at too.
        progress: Told efforts done and in all.
    """
    round_ = round_of(assessment)
    record = assessment.record
    few = draw_round(
        round_,
        seed=record.seed,
        samples=min(SCREENING, record.samples),
        sampler=record.sampler,
    )
    named = {name: tuple(each) for name, each in (packages or {}).items()}
    efforts = sorted(round_.efforts, key=lambda each: each.id)
    told = progress or _silent
    kept: list[tuple[Package, ...]] = []
    dropped = 0
    for number, effort in enumerate(efforts):
        told(number, 2 * len(efforts))
        assessed = assessment.effort(effort.id)
        drawn = draw_effort(few, effort)
        wanted = [frozenset(each) for each in named.get(effort.id, ())]
        recommended = frozenset(assessed.conditions)
        tried = (
            [recommended, frozenset[str]()]
            if assessed.conditions_given
            else neighbours(drawn, recommended)
        )
        compared = [
            _candidate(drawn, package, verdict=record.round.verdict)
            for package in dict.fromkeys([*tried, *wanted])
        ]
        few_left = pruned(compared, keep=wanted)
        dropped += len(compared) - len(few_left)
        kept.append(few_left)
    scenarios = scenarios_for(sum(map(len, kept)), record.samples)
    full = draw_round(round_, seed=record.seed, samples=scenarios, sampler=record.sampler)
    found: list[_Evaluated] = []
    for number, (effort, each) in enumerate(zip(efforts, kept, strict=True), len(efforts)):
        told(number, 2 * len(efforts))
        found.append(_evaluated(full, effort, each, cost_quantile))
    told(2 * len(efforts), 2 * len(efforts))
    return _joined(found, full, dropped=dropped)


def round_of(assessment: Assessment) -> Round:
    """The round as it was assessed: with the worldviews of the result."""
    round_ = assessment.round_
    own = {each.name: each for each in round_.worldviews}
    names = assessment.record.round.worldviews
    if names == tuple(own):
        return round_
    views = tuple(own[name] if name in own else preset(name) for name in names)
    return round_.model_copy(update={"worldviews": views})


def neighbours(draws: EffortDraws, recommended: Package) -> list[Package]:
    """The recommended package, none, and every package that is one condition away.

    A condition is added only while the package stays within the round's share of the cost.
    """
    limit = draws.drawn.shared.conditions_cost_share * draws.cost * (1 + 1e-12)
    more = [
        recommended | {each}
        for each in conditions_for(draws)
        if each not in recommended and conditions_cost(draws, recommended | {each}) <= limit
    ]
    fewer = [recommended - {each} for each in sorted(recommended)]
    return list(dict.fromkeys([recommended, frozenset[str](), *fewer, *more]))


def _candidate(draws: EffortDraws, package: Package, *, verdict: str) -> Candidate:
    losses: list[float] = []
    raises: list[float] = []
    tails: list[float] = []
    for values in draws.values.values():
        changed = draws.with_mitigations(values, package)
        loss = np.atleast_1d(score(changed, verdict=verdict))
        net = loss if verdict == "risk" else np.atleast_1d(score(changed, verdict="risk"))
        losses.append(float(loss.mean()))
        raises.append(p_raises(net))
        tails.append(cvar(net, _TAIL))
    return Candidate(
        package=package,
        cost=draws.cost + conditions_cost(draws, package),
        losses=tuple(losses),
        p_raises_risk=tuple(raises),
        tails=tuple(tails),
    )


def pruned(candidates: Sequence[Candidate], keep: Sequence[Package] = ()) -> tuple[Package, ...]:
    """At most eight packages that no other beats in everything.

    First those on the lower hull of cost and mean loss, then those with the smallest
    P(raises risk); ties by cost, number and ids.

    Args:
        candidates: Packages of one effort.
        keep: Packages that stay, whatever they are.
    """
    by_name = sorted(candidates, key=_name)
    left = [each for each in by_name if each.package in keep or not _is_beaten(each, by_name)]
    hull = _on_hull(left)
    order = sorted(
        left,
        key=lambda each: (
            each.package not in keep,
            each not in hull,
            max(each.p_raises_risk),
            each.cost,
            _name(each),
        ),
    )
    most = max(MOST_PACKAGES, len(keep))
    return tuple(each.package for each in sorted(order[:most], key=lambda x: (x.cost, _name(x))))


def _name(candidate: Candidate) -> tuple[int, tuple[str, ...]]:
    return len(candidate.package), tuple(sorted(candidate.package))


def _is_beaten(one: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether another is nowhere worse and somewhere better; of equals the first stays."""
    for other in others:
        if other is one:
            continue
        pairs = list(zip(other.measures, one.measures, strict=True))
        if all(theirs <= mine for theirs, mine in pairs) and (
            any(theirs < mine for theirs, mine in pairs) or _name(other) < _name(one)
        ):
            return True
    return False


def _on_hull(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Those on the lower hull of cost and mean loss."""
    points = [(each.cost, sum(each.losses) / len(each.losses)) for each in candidates]
    corners = set(hull_of(points).corners)
    return [each for each, point in zip(candidates, points, strict=True) if point in corners]


def scenarios_for(options: int, samples: int) -> int:
    """How many draws the choice is made on: all, unless that would be too many numbers."""
    scenarios = samples
    while scenarios > LEAST_SCENARIOS and scenarios * options > MOST_NUMBERS:
        scenarios //= 2
    return scenarios


@dataclass(frozen=True, slots=True, eq=False)
class _Evaluated:
    """One effort's packages in every scenario; tables of shape (packages, scenarios)."""

    options: tuple[Option, ...]
    cost: tuple[float, ...]
    mean_cost: tuple[float, ...]
    net: Mapping[str, Numbers]
    benefits: Mapping[str, tuple[Numbers, Numbers]]
    backgrounds: Mapping[str, tuple[Numbers, Numbers]]
    beside: Mapping[str, Numbers]
    usefulness: Mapping[str, Numbers]


def _evaluated(
    drawn: RoundDraws, effort: Effort, packages: Sequence[Package], cost_quantile: float | None
) -> _Evaluated:
    draws = draw_effort(drawn, effort)
    samples = drawn.shared.samples
    verdict = drawn.shared.verdict
    net: dict[str, Numbers] = {}
    benefits: dict[str, tuple[Numbers, Numbers]] = {}
    backgrounds: dict[str, tuple[Numbers, Numbers]] = {}
    beside: dict[str, Numbers] = {}
    usefulness: dict[str, Numbers] = {}
    for view, values in draws.values.items():
        found = [draws.outcome(view, package) for package in packages]
        without = found[packages.index(frozenset())] if frozenset() in packages else None
        plain = without or draws.outcome(view, frozenset())
        net[view] = _table([each.net for each in found], samples)
        benefits[view] = (
            _table([_benefit(each, "accident") for each in found], samples),
            _table([_benefit(each, "misuse") for each in found], samples),
        )
        risks = risks_by_hazard(values, plain.risk_before)
        backgrounds[view] = (_row(risks[0], samples), _row(risks[1], samples))
        if verdict != "risk":
            beside[view] = -np.array(
                [float(np.mean(each.social_value + each.net)) for each in found]
            )
        usefulness[view] = np.array([float(np.mean(each.usefulness)) for each in found])
    mean_cost = tuple(draws.cost + conditions_cost(draws, package) for package in packages)
    counted = mean_cost
    if cost_quantile is not None:
        money = next(iter(draws.values.values()))["cost_usd"] / drawn.shared.usd_per_unit
        high = float(np.quantile(money, cost_quantile))
        counted = tuple(high + each - draws.cost for each in mean_cost)
    return _Evaluated(
        options=tuple(
            Option(effort=effort.id, conditions=tuple(sorted(package))) for package in packages
        ),
        cost=counted,
        mean_cost=mean_cost,
        net=net,
        benefits=benefits,
        backgrounds=backgrounds,
        beside=beside,
        usefulness=usefulness,
    )


def _benefit(found: Outcome, hazard: str) -> Numbers:
    parts: dict[str, Numbers] = getattr(found.parts, hazard)
    return -parts.get("benefit", np.zeros(1))


def _row(values: Numbers, samples: int) -> Numbers:
    return np.ascontiguousarray(np.broadcast_to(values, (samples,)))


def _table(rows: Sequence[Numbers], samples: int) -> Numbers:
    return np.array([_row(each, samples) for each in rows])


def _joined(found: Sequence[_Evaluated], drawn: RoundDraws, *, dropped: int) -> Alternatives:
    views = [each.name for each in drawn.shared.worldviews]
    draws: dict[str, Draws] = {}
    p: dict[str, Numbers] = {}
    for view in views:
        net = np.concatenate([each.net[view] for each in found])
        p[view] = np.array([p_raises(each) for each in net])
        benefits = [
            np.concatenate([each.benefits[view][hazard] for each in found]) for hazard in (0, 1)
        ]
        backgrounds = tuple(
            np.maximum.reduce([each.backgrounds[view][hazard] for each in found])
            for hazard in (0, 1)
        )
        draws[view] = Draws(
            adds=net + benefits[0] + benefits[1],
            backgrounds=backgrounds,
            removes=tuple(
                log_removed(each, background)
                for each, background in zip(benefits, backgrounds, strict=True)
            ),
            beside=np.concatenate([each.beside[view] for each in found])
            if view in found[0].beside
            else None,
        )
    return Alternatives(
        options=tuple(option for each in found for option in each.options),
        cost=np.array([cost for each in found for cost in each.cost]),
        mean_cost=np.array([cost for each in found for cost in each.mean_cost]),
        draws=draws,
        p_raises_risk=p,
        usefulness={
            view: np.concatenate([each.usefulness[view] for each in found]) for view in views
        },
        scenarios=drawn.shared.samples,
        dropped=dropped,
    )


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""
