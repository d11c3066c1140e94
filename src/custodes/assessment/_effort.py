"""One effort under every worldview, before and after its conditions: one pure call.

Its result hangs on the inputs, the seed and the effort's id alone, so any executor can run it.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from custodes.assessment._attribution import Outcome, outcome
from custodes.assessment._drivers import drivers_of, ranks
from custodes.assessment._engine import Parts
from custodes.assessment._inputs import DUAL_USE_MONTHS, EffortInputs, Shared, Subject
from custodes.assessment._packages import (
    ENUMERATED,
    Package,
    PackageScores,
    Recommendation,
    recommend,
    with_mitigations,
)
from custodes.assessment._record import (
    BeforeAfter,
    Driver,
    EffortAssessment,
    OtherStep,
    QuantityUsed,
    Result,
)
from custodes.assessment._result import result_of
from custodes.assessment._worlds import (
    MitigationDraws,
    Scores,
    draws_of,
    effective_strengths,
    mitigation_draws,
    scores_of,
    uniform_ranks,
    world_draws,
    world_scores,
)
from custodes.benefits import cost_factor
from custodes.catalogue import QUANTITIES
from custodes.quantities import Streams, Worlds
from custodes.worldviews import CorrelationFactor

CHOICE_DRAWS = 512
"""Draws on which packages are compared; the values come from all draws."""
CHUNK = 8192
"""Worlds evaluated at once; a cache's worth. The result does not hang on it."""
OTHERS_TOLD = 3
"""Mitigations of others that are told."""
_Z95 = 1.6448536269514722


@dataclass(slots=True, eq=False)
class RoundDraws:
    """What all efforts of a round share, drawn once in a process."""

    shared: Shared
    """The inputs."""
    streams: Streams
    """The streams of the seed."""
    worlds: dict[str, dict[str, Worlds]]
    """World quantities, by worldview."""
    world_ranks: dict[str, dict[str, Worlds]]
    """Unit ranks of the uncertain world quantities, by worldview."""
    mitigations: dict[str, MitigationDraws]
    """By id, in order."""
    systems: dict[tuple[str, str], tuple[dict[str, Worlds], dict[str, Worlds]]] = field(
        default_factory=dict
    )
    """Draws and unit ranks, by system and the worldview that correlates them, if one does."""

    def system(self, name: str, worldview: str) -> tuple[dict[str, Worlds], dict[str, Worlds]]:
        """A system's quantities and their ranks under one worldview."""
        factor = _factor(self.shared, worldview, "system")
        key = (name, worldview if factor is not None else "")
        if key not in self.systems:
            subject = self.shared.systems[name]
            drawn = scores_of(subject, self.streams)
            values = draws_of(subject, drawn, factor)
            self.systems[key] = (values, _ranked(values, subject, drawn, factor))
        return self.systems[key]


_drawn: dict[str, RoundDraws] = {}
_drawing = threading.Lock()


def round_draws(shared: Shared) -> RoundDraws:
    """The shared draws of a round; kept for the last round that this process worked on."""
    with _drawing:
        if shared.key not in _drawn:
            _drawn.clear()
            _drawn[shared.key] = _draw(shared)
        return _drawn[shared.key]


def _draw(shared: Shared) -> RoundDraws:
    streams = Streams(seed=shared.seed, samples=shared.samples, sampler=shared.sampler)
    scores = world_scores(shared.worldviews, streams)
    worlds = {each.name: world_draws(each, scores) for each in shared.worldviews}
    return RoundDraws(
        shared=shared,
        streams=streams,
        worlds=worlds,
        world_ranks={
            name: {key: ranks(each) for key, each in values.items() if len(each) > 1}
            for name, values in worlds.items()
        },
        mitigations={
            name: mitigation_draws(each, streams) for name, each in shared.mitigations.items()
        },
    )


def _factor(shared: Shared, worldview: str, owner: str) -> CorrelationFactor | None:
    view = next(each for each in shared.worldviews if each.name == worldview)
    return view.factors.get(owner)


def _ranked(
    values: Mapping[str, Worlds],
    subject: Subject,
    drawn: Scores,
    factor: CorrelationFactor | None,
) -> dict[str, Worlds]:
    """Unit ranks of a subject's uncertain quantities.

    One distribution keeps the order of its scores, and scores are ranks already; only where
    experts take turns, or quantities are correlated, the values have to be ranked.
    """
    return {
        name: ranks(each)
        if factor is not None or len(subject.sources[name].answers) > 1
        else uniform_ranks(drawn.scores[name])
        for name, each in values.items()
        if len(each) > 1
    }


def assess_efforts(
    shared: Shared, efforts: Sequence[EffortInputs]
) -> tuple[EffortAssessment, ...]:
    """Several efforts, one after another; what an executor is given."""
    drawn = round_draws(shared)
    return tuple(_OneEffort(drawn, each).assessed() for each in efforts)


class _OneEffort:
    """One effort while it is being assessed: its draws, and the steps that use them."""

    def __init__(self, drawn: RoundDraws, inputs: EffortInputs) -> None:
        self.drawn = drawn
        self.shared = drawn.shared
        self.inputs = inputs
        self.scores: Scores = scores_of(inputs.subject, drawn.streams)
        same = draws_of(inputs.subject, self.scores)
        self.own: dict[str, dict[str, Worlds]] = {
            each.name: draws_of(inputs.subject, self.scores, each.factors["effort"])
            if "effort" in each.factors
            else same
            for each in self.shared.worldviews
        }
        self.cost = float(np.mean(same["cost"]))
        self.cost_usd = same["cost"] * self.shared.usd_per_unit
        self.reference_cost = np.array([inputs.reference_cost])
        self.values = {name: self._values(name) for name in self.own}
        self.strengths: dict[str, dict[str, Worlds]] = {}
        self.score = self._scores()

    def _values(self, worldview: str) -> dict[str, Worlds]:
        system = self.inputs.effort.target_system or "default"
        own = self.own[worldview]
        return {
            **self.drawn.worlds[worldview],
            **self.drawn.system(system, worldview)[0],
            **own,
            "cost_usd": self.cost_usd,
            "reference_cost": self.reference_cost,
        }

    def assessed(self) -> EffortAssessment:
        effort, shared = self.inputs.effort, self.shared
        before = {name: self._result(name, frozenset()) for name in self.values}
        found = self._recommended()
        package = found.package
        after = {name: self._result(name, package) for name in self.values}
        if self.inputs.given is None and not self._qualifies(after) and found.full != package:
            package = found.full
            after = {name: self._result(name, package) for name in self.values}
        conditions = self.inputs.given
        return EffortAssessment(
            id=effort.id,
            title=effort.title,
            kind=effort.kind,
            kind_suggested=effort.kind_suggested,
            cost=self.cost,
            currency=shared.currency,
            basis=self.inputs.basis,
            quantities={
                name: self._used(name) for name in self.inputs.subject.sources if name != "cost"
            },
            conditions=tuple(sorted(package)) if conditions is None else conditions,
            conditions_cost=self._package_cost(package),
            conditions_given=conditions is not None,
            qualifies=self._qualifies(after),
            others_could=self._others(package),
            drivers={name: self._drivers(name, each[1]) for name, each in before.items()},
            worldviews={
                name: BeforeAfter(before=before[name][0], after=after[name][0]) for name in before
            },
        )

    def _acting(self, package: Package) -> list[dict[str, Worlds]]:
        return [self._strengths(name) for name in sorted(package)]

    def _strengths(self, name: str) -> dict[str, Worlds]:
        if name not in self.strengths:
            self.strengths[name] = effective_strengths(
                self.drawn.mitigations[name],
                effort_owner=self.inputs.subject.owner,
                streams=self.drawn.streams,
            )
        return self.strengths[name]

    def _result(self, worldview: str, package: Package) -> tuple[Result, Worlds]:
        values = with_mitigations(self.values[worldview], self._acting(package))
        found = _in_chunks(values, self.shared.samples)
        result = result_of(
            found, samples=self.shared.samples, cost=self.cost, experts=self.scores
        )
        return result, found.net

    def _qualifies(self, after: Mapping[str, tuple[Result, Worlds]]) -> bool:
        limit = self.shared.p_raises_risk + 1e-12
        return all(result.p_raises_risk <= limit for result, _ in after.values())

    def _recommended(self) -> Recommendation:
        if self.inputs.given is not None:
            package = frozenset(self.inputs.given)
            return Recommendation(package=package, full=package)
        candidates = [
            each.id
            for each in self.shared.mitigations.values()
            if each.is_condition and self._applies(each.applies, available=each.available)
        ]
        limit = self.shared.conditions_cost_share * self.cost * (1 + 1e-12)
        return recommend(
            candidates,
            score=self.score,
            affordable=lambda package: self._package_cost(package) <= limit,
            every_score=self.score.of_all(candidates) if len(candidates) <= ENUMERATED else None,
        )

    def _applies(self, applies: str, *, available: bool) -> bool:
        if not available:
            return False
        if applies == "dual_use" and "dual_use" not in self.inputs.holds:
            return any(self._median_insight(name) >= DUAL_USE_MONTHS for name in self.values)
        return applies in self.inputs.holds

    def _median_insight(self, worldview: str) -> float:
        values = self.values[worldview]
        phi = cost_factor(
            cost_usd=values["cost_usd"],
            reference_cost=values["reference_cost"],
            returns_start=values["returns_start"],
            exponent=values["returns_exponent"],
        )
        return float(np.median(values["insight_months"] * phi))

    def _scores(self) -> PackageScores:
        few = slice(0, min(CHOICE_DRAWS, self.shared.samples))
        kept: dict[str, dict[str, Worlds]] = {}

        def strengths(name: str) -> dict[str, Worlds]:
            if name not in kept:
                kept[name] = _sliced(self._strengths(name), few)
            return kept[name]

        short: dict[int, Worlds] = {}  # one slice an array, so that worldviews go on sharing it
        for values in self.values.values():
            for each in values.values():
                short.setdefault(id(each), each[few] if len(each) > 1 else each)
        return PackageScores(
            [
                {name: short[id(each)] for name, each in values.items()}
                for values in self.values.values()
            ],
            strengths,
            verdict=self.shared.verdict,
        )

    def _package_cost(self, package: Package) -> float:
        mitigations = (self.shared.mitigations[name] for name in sorted(package))
        return sum(
            max(each.cost_share * self.cost, each.cost_least)
            for each in mitigations
        )

    def _others(self, package: Package) -> tuple[OtherStep, ...]:
        beyond = [
            each
            for each in self.shared.mitigations.values()
            if not each.is_condition
            and each.id not in package
            and self._applies(each.applies, available=each.available)
        ]
        if not beyond:
            return ()
        packages = [package, *(package | {each.id} for each in beyond)]
        scores = self.score(packages)
        steps = sorted(
            (float(score - scores[0]), each.id, each.who)
            for score, each in zip(scores[1:], beyond, strict=True)
        )
        return tuple(
            OtherStep(id=name, who=who, net_change=change)
            for change, name, who in steps[:OTHERS_TOLD]
            if change < 0
        )

    def _drivers(self, worldview: str, net: Worlds) -> tuple[Driver, ...]:
        system = self.inputs.effort.target_system or "default"
        if len(net) == 1:
            return ()
        return drivers_of(
            net,
            {
                **_ranked(
                    self.own[worldview], self.inputs.subject, self.scores, _factor(self.shared, worldview, "effort")
                ),
                **self.drawn.system(system, worldview)[1],
                **self.drawn.world_ranks[worldview],
            },
        )

    def _used(self, name: str) -> QuantityUsed:
        source = self.inputs.subject.sources[name]
        if len(source.answers) > 1:
            drawn = next(iter(self.own.values()))[name]
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


def _sliced(values: Mapping[str, Worlds], few: slice) -> dict[str, Worlds]:
    return {name: each[few] if len(each) > 1 else each for name, each in values.items()}


def _in_chunks(values: Mapping[str, Worlds], samples: int) -> Outcome:
    """The outcome with its parts; evaluated a cache's worth of worlds at a time."""
    if samples <= CHUNK:
        return outcome(values)
    pieces = [
        outcome(_sliced(values, slice(start, start + CHUNK)))
        for start in range(0, samples, CHUNK)
    ]
    if len(pieces[0].net) == 1:
        return pieces[0]

    def joined(arrays: Sequence[Worlds], size: int = CHUNK) -> Worlds:
        return np.concatenate([np.broadcast_to(each, (size,)) for each in arrays])

    return Outcome(
        net=joined([each.net for each in pieces]),
        usefulness=joined([each.usefulness for each in pieces]),
        social_value=joined([each.social_value for each in pieces]),
        risk_before=joined([each.risk_before for each in pieces]),
        parts=Parts(
            accident={
                name: joined([each.parts.accident[name] for each in pieces])
                for name in pieces[0].parts.accident
            },
            misuse={
                name: joined([each.parts.misuse[name] for each in pieces])
                for name in pieces[0].parts.misuse
            },
        ),
        checks={},
    )
