"""One effort under every worldview, before and after its conditions: one pure call.

Its result hangs on the inputs, the seed and the effort's id alone, so any executor can run it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from custodes.assessment._draws import EffortDraws, round_draws
from custodes.assessment._drivers import drivers_of
from custodes.assessment._inputs import DUAL_USE_MONTHS, EffortInputs, Shared
from custodes.assessment._other_panels import OtherInputs
from custodes.assessment._packages import (
    ENUMERATED,
    Package,
    PackageScores,
    Recommendation,
    recommend,
)
from custodes.assessment._record import (
    BeforeAfter,
    EffortAssessment,
    OtherPanel,
    OtherResult,
    OtherStep,
    QuantityUsed,
    Result,
)
from custodes.assessment._result import result_of
from custodes.benefits import cost_factor
from custodes.quantities import Worlds, standard_error

OTHERS_TOLD = 3
"""Mitigations of others that are told."""
_Z95 = 1.6448536269514722

Found = tuple[Result, Worlds]
"""A result, and net in every world."""


@dataclass(frozen=True, slots=True)
class Job:
    """One effort to be assessed."""

    effort: EffortInputs
    """The effort as it stands."""
    others: tuple[OtherInputs, ...]
    """Who might have been heard on it instead."""


def assess_efforts(shared: Shared, jobs: Sequence[Job]) -> tuple[EffortAssessment, ...]:
    """Several efforts, one after another; what an executor is given."""
    drawn = round_draws(shared)
    return tuple(_assessed(EffortDraws(drawn, job.effort), job.others) for job in jobs)


def _assessed(draws: EffortDraws, others: tuple[OtherInputs, ...]) -> EffortAssessment:
    effort, shared = draws.inputs.effort, draws.drawn.shared
    scores = draws.package_scores(verdict=shared.verdict)
    before = _under_all(draws, frozenset())
    found = _recommended(draws, scores)
    package = found.package
    after = _under_all(draws, package)
    if not _qualifies(shared, after) and found.full != package:
        package = found.full
        after = _under_all(draws, package)
    given = draws.inputs.given
    return EffortAssessment(
        id=effort.id,
        title=effort.title,
        kind=effort.kind,
        kind_suggested=effort.kind_suggested,
        cost=draws.cost,
        currency=shared.currency,
        basis=draws.inputs.basis,
        quantities={
            name: _used(draws, name) for name in draws.inputs.subject.sources if name != "cost"
        },
        conditions=tuple(sorted(package)) if given is None else given,
        conditions_cost=conditions_cost(draws, package),
        conditions_given=given is not None,
        qualifies=_qualifies(shared, after),
        others_could=_others(draws, scores, package),
        drivers={
            name: drivers_of(net, draws.ranks(name)) if len(net) > 1 else ()
            for name, (_, net) in before.items()
        },
        worldviews={
            name: BeforeAfter(before=before[name][0], after=after[name][0]) for name in before
        },
        other_panels=tuple(_had_been_heard(draws, each, package) for each in others),
    )


def _had_been_heard(draws: EffortDraws, other: OtherInputs, package: Package) -> OtherPanel:
    """The effort with other answers, and the conditions, streams and worlds that it has."""
    there = EffortDraws(draws.drawn, replace(draws.inputs, subject=other.subject))
    before, after = _under_all(there, frozenset()), _under_all(there, package)
    return OtherPanel(
        heard=other.heard,
        quantities=other.quantities,
        experts=len(other.subject.weights),
        worldviews={
            name: OtherResult(
                before=before[name][0].net,
                after=after[name][0].net,
                p_raises_risk_before=before[name][0].p_raises_risk,
                p_raises_risk_after=after[name][0].p_raises_risk,
            )
            for name in before
        },
    )


def _under_all(draws: EffortDraws, package: Package) -> dict[str, Found]:
    found: dict[str, Found] = {}
    for name in draws.values:
        outcome = draws.outcome(name, package)
        result = result_of(
            outcome,
            samples=draws.drawn.shared.samples,
            cost=draws.cost,
            experts=draws.experts,
        )
        found[name] = (result, outcome.net)
    return found


def _qualifies(shared: Shared, after: Mapping[str, Found]) -> bool:
    limit = shared.p_raises_risk + 1e-12
    return all(result.p_raises_risk <= limit for result, _ in after.values())


def _recommended(draws: EffortDraws, scores: PackageScores) -> Recommendation:
    if draws.inputs.given is not None:
        package = frozenset(draws.inputs.given)
        return Recommendation(package=package, full=package)
    shared = draws.drawn.shared
    candidates = conditions_for(draws)
    limit = shared.conditions_cost_share * draws.cost * (1 + 1e-12)
    return recommend(
        candidates,
        score=scores,
        affordable=lambda package: conditions_cost(draws, package) <= limit,
        every_score=scores.of_all(candidates) if len(candidates) <= ENUMERATED else None,
    )


def conditions_for(draws: EffortDraws) -> tuple[str, ...]:
    """Conditions that apply to an effort and are available, in the order of their ids."""
    return tuple(
        each.id
        for each in draws.drawn.shared.mitigations.values()
        if each.is_condition and _applies(draws, each.applies, available=each.available)
    )


def conditions_cost(draws: EffortDraws, package: Package) -> float:
    """What a package costs the institution, in the round's currency."""
    mitigations = (draws.drawn.shared.mitigations[name] for name in sorted(package))
    return sum(max(each.cost_share * draws.cost, each.cost_least) for each in mitigations)


def _applies(draws: EffortDraws, applies: str, *, available: bool) -> bool:
    if not available:
        return False
    if applies == "dual_use" and "dual_use" not in draws.inputs.holds:
        return any(_median_insight(each) >= DUAL_USE_MONTHS for each in draws.values.values())
    return applies in draws.inputs.holds


def _median_insight(values: Mapping[str, Worlds]) -> float:
    phi = cost_factor(
        cost_usd=values["cost_usd"],
        reference_cost=values["reference_cost"],
        returns_start=values["returns_start"],
        exponent=values["returns_exponent"],
    )
    return float(np.median(values["insight_months"] * phi))


def _others(draws: EffortDraws, scores: PackageScores, package: Package) -> tuple[OtherStep, ...]:
    beyond = [
        each
        for each in draws.drawn.shared.mitigations.values()
        if not each.is_condition
        and each.id not in package
        and _applies(draws, each.applies, available=each.available)
    ]
    if not beyond:
        return ()
    found = scores([package, *(package | {each.id} for each in beyond)])
    order = sorted(range(len(beyond)), key=lambda number: (found[number + 1], beyond[number].id))
    best = [beyond[number] for number in order[:OTHERS_TOLD] if found[number + 1] < found[0]]
    without = draws.scores_by_scramble(package)
    steps: list[OtherStep] = []
    for each in best:
        changes = draws.scores_by_scramble(package | {each.id}) - without
        steps.append(
            OtherStep(
                id=each.id,
                who=each.who,
                net_change=float(changes.mean()),
                standard_error=float(standard_error(changes)),
            )
        )
    return tuple(sorted(steps, key=lambda step: (step.net_change, step.id)))


def _used(draws: EffortDraws, name: str) -> QuantityUsed:
    source = draws.inputs.subject.sources[name]
    washing = draws.inputs.washing
    if name == "washing" and washing is not None and draws.washing_is_computed:
        drawn = next(iter(draws.own.values()))[name]
        p05, p50, p95 = (float(x) for x in np.quantile(drawn, (0.05, 0.5, 0.95)))
        return QuantityUsed(
            basis=washing.basis, p05=p05, p50=p50, p95=p95, experts=washing.experts
        )
    if len(source.answers) > 1:
        drawn = next(iter(draws.own.values()))[name]
        p05, p50, p95 = (float(x) for x in np.quantile(drawn, (0.05, 0.5, 0.95)))
    else:
        shape = next(iter(source.answers.values()), source.assumed)
        p05, p50, p95 = (float(x) for x in shape.at(np.array([-_Z95, 0.0, _Z95])))
    return QuantityUsed(
        basis="judged" if source.answers else "reference class",
        p05=p05,
        p50=p50,
        p95=p95,
        experts=len(source.answers),
    )
