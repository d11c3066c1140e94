"""A round and its efforts, drawn: what is assessed, chosen among and asked about.

Nothing large is kept with a result. The same seed makes the same draws again.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from custodes.assessment._attribution import Outcome, outcome, score
from custodes.assessment._claims import washing_draws, whole_washing
from custodes.assessment._correction import RELEASED, correction_draws
from custodes.assessment._drivers import ranks
from custodes.assessment._engine import Parts
from custodes.assessment._evidence import EvidenceDraws, evidence_draws
from custodes.assessment._inputs import (
    EffortInputs,
    Shared,
    Subject,
    WorldviewInputs,
    effort_inputs,
    shared_inputs,
)
from custodes.assessment._packages import Package, PackageScores, with_mitigations
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
from custodes.efforts import Effort
from custodes.quantities import (
    SCRAMBLES,
    Distribution,
    Sampler,
    Streams,
    Worlds,
    means_by_scramble,
)
from custodes.rounds import Round, inputs_sha256
from custodes.worldviews import CorrelationFactor

CHOICE_DRAWS = 256
"""Draws on which packages are compared; the values come from all draws."""
STEP_DRAWS = 1024
"""Draws on which the steps that others could take are measured."""
_LARGE_BLOCK = 31 << 20
CHUNK = 8192
"""Worlds evaluated at once; a cache's worth. The result does not hang on it."""


@dataclass(slots=True, eq=False)
class RoundDraws:
    """What all efforts of a round share, drawn once."""

    shared: Shared
    """The inputs."""
    streams: Streams
    """The streams of the seed."""
    worlds: Mapping[str, Mapping[str, Worlds]]
    """World quantities, by worldview."""
    world_ranks: Mapping[str, Mapping[str, Worlds]]
    """Unit ranks of the uncertain world quantities, by worldview."""
    mitigations: Mapping[str, MitigationDraws]
    """By id, in order."""
    round_: Round | None = None
    """The round, where it was drawn from one."""
    systems: dict[tuple[str, str], tuple[dict[str, Worlds], dict[str, Worlds]]] = field(
        default_factory=dict
    )
    """Draws and unit ranks, by system and the worldview that correlates them, if one does."""

    evidences: dict[str, EvidenceDraws] = field(default_factory=dict[str, EvidenceDraws])
    """Systems whose safety their audits move, by id."""

    def evidence(self, name: str) -> EvidenceDraws | None:
        """A system in the worlds that agree with its audits; none where they move nothing."""
        if name not in self.shared.evidence:
            return None
        if name not in self.evidences:
            self.evidences[name] = evidence_draws(self.shared.evidence[name], self.streams)
        return self.evidences[name]

    def stated(self, name: str, worldview: str) -> tuple[dict[str, Worlds], Scores]:
        """A system's quantities without its audits, and the streams they come from."""
        subject = self.shared.systems[name]
        drawn = scores_of(subject, self.streams)
        return draws_of(subject, drawn, self.factor(worldview, "system")), drawn

    def hazard_believed(self, name: str, worldview: str) -> Worlds | None:
        """The hazard n of a system that decision makers believe in; none without evidence."""
        found = self.evidence(name)
        if found is None:
            return None
        share = self.view(worldview).face_value.at(self.streams.scores("world", "face_value"))
        return found.hazard_believed(self.stated(name, worldview)[0], share)

    def system(self, name: str, worldview: str) -> tuple[dict[str, Worlds], dict[str, Worlds]]:
        """A system's quantities and their ranks under one worldview."""
        factor = self.factor(worldview, "system")
        correction = self.shared.corrections.get(name)
        hangs_on_view = factor is not None or correction is not None
        key = (name, worldview if hangs_on_view else "")
        if key not in self.systems:
            subject = self.shared.systems[name]
            values, drawn = self.stated(name, worldview)
            found = self.evidence(name)
            if found is None:
                self.systems[key] = (values, ranked(values, subject, drawn, factor))
            else:
                moved = found.values_from(values)
                uncertain = {each: ranks(x) for each, x in moved.items() if len(x) > 1}
                self.systems[key] = (moved, uncertain)
            if correction is not None:
                own = correction_draws(correction, self.view(worldview), self.streams)
                values, uncertain = self.systems[key]
                self.systems[key] = (
                    {**values, **own},
                    {**uncertain, **_ranks_of_rollback(own)},
                )
        return self.systems[key]

    def asked_of_system(self, name: str, worldview: str) -> dict[str, Worlds]:
        """A system's quantities that somebody could be asked: not what is computed of others."""
        values = self.system(name, worldview)[0]
        own = self.shared.corrections.get(name)
        if own is None:
            return values
        computed = {RELEASED} if own.subject is None else {RELEASED, "rollback"}
        return {each: drawn for each, drawn in values.items() if each not in computed}

    def factor(self, worldview: str, owner: str) -> CorrelationFactor | None:
        """The correlations that a worldview states for an owner's quantities."""
        return self.view(worldview).factors.get(owner)

    def view(self, worldview: str) -> WorldviewInputs:
        """One worldview, by its name."""
        return next(each for each in self.shared.worldviews if each.name == worldview)


def _ranks_of_rollback(own: Mapping[str, Worlds]) -> dict[str, Worlds]:
    """Ranks of P(corrected in time) where it is computed; none where it is certain."""
    return {name: ranks(own[name]) for name in ("rollback",) if len(own.get(name, ())) > 1}


_drawn: dict[str, RoundDraws] = {}
_drawing = threading.Lock()


def round_draws(shared: Shared) -> RoundDraws:
    """The shared draws of a round; kept for the last round that this process worked on."""
    with _drawing:
        if shared.key not in _drawn:
            _drawn.clear()
            _drawn[shared.key] = _draw(shared)
        return _drawn[shared.key]


def draw_round(
    round_: Round,
    *,
    seed: int | None = None,
    samples: int | None = None,
    sampler: Sampler | None = None,
) -> RoundDraws:
    """The draws that an assessment of this round is made of.

    Args:
        round_: The round; it must fit together.
        seed: Instead of the round's; 0 is a seed.
        samples: Instead of the round's.
        sampler: Instead of the round's.
    """
    settings = round_.settings
    drawn = _draw(
        shared_inputs(
            round_,
            key=inputs_sha256(round_),
            seed=settings.seed if seed is None else seed,
            samples=samples or settings.samples,
            sampler=sampler or settings.sampler,
        )
    )
    drawn.round_ = round_
    return drawn


def _keep_heap() -> None:
    """Let the C library keep freed memory between steps, a third less time in all.

    glibc hands the top of its heap back to the system whenever it is larger than twice the
    largest block that it has seen freed, and then has to ask for it again page by page. So it is
    shown one large block, which is never written to.
    """
    np.empty(_LARGE_BLOCK, dtype=np.uint8)


def _draw(shared: Shared) -> RoundDraws:
    _keep_heap()
    streams = Streams(seed=shared.seed, samples=shared.samples, sampler=shared.sampler)
    scores = world_scores(shared.worldviews, streams)
    worlds = {each.name: world_draws(each, scores) for each in shared.worldviews}
    return RoundDraws(
        shared=shared,
        streams=streams,
        worlds=worlds,
        world_ranks={
            each.name: ranked(
                worlds[each.name],
                each.world,
                Scores(scores=scores, experts=(), speaking=None, stand_ins={}),
                each.factors.get("world"),
            )
            for each in shared.worldviews
        },
        mitigations={
            name: mitigation_draws(each, streams) for name, each in shared.mitigations.items()
        },
    )


class EffortDraws:
    """One effort in every world of a round, and what it does there with any mitigations."""

    def __init__(self, drawn: RoundDraws, inputs: EffortInputs) -> None:
        """Draw one effort.

        Args:
            drawn: The round.
            inputs: The effort, ready to be drawn.
        """
        self.drawn = drawn
        self.inputs = inputs
        self.experts: Scores = scores_of(inputs.subject, drawn.streams)
        same = draws_of(inputs.subject, self.experts)
        self.own: dict[str, dict[str, Worlds]] = {
            each.name: draws_of(inputs.subject, self.experts, each.factors["effort"])
            if "effort" in each.factors
            else same
            for each in drawn.shared.worldviews
        }
        self.washing_is_computed = (
            inputs.washing is not None and not inputs.subject.sources["washing"].answers
        )
        if inputs.washing is not None and self.washing_is_computed:
            washing = washing_draws(inputs.washing, drawn.streams)
            self.own = {
                name: {**values, "washing": whole_washing(inputs.washing, washing, values)}
                for name, values in self.own.items()
            }
        self.cost = float(np.mean(same["cost"]))
        self._costs = {
            "cost_usd": same["cost"] * drawn.shared.usd_per_unit,
            "reference_cost": np.array([inputs.reference_cost]),
        }
        self.values = {name: self._values(name) for name in self.own}
        self._strengths: dict[str, dict[str, Worlds]] = {}

    @property
    def system(self) -> str:
        """The system that it acts on."""
        return self.inputs.effort.target_system or "default"

    @property
    def shapes(self) -> dict[str, Distribution]:
        """The distribution of every quantity under the first worldview, experts left aside."""
        shared = self.drawn.shared
        sources = {
            **shared.worldviews[0].world.sources,
            **shared.systems[self.system].sources,
            **self.inputs.subject.sources,
        }
        return {name: source.assumed for name, source in sources.items()}

    def _values(self, worldview: str) -> dict[str, Worlds]:
        return {
            **self.drawn.worlds[worldview],
            **self.drawn.system(self.system, worldview)[0],
            **self.own[worldview],
            **self._costs,
            **self._believed(worldview),
        }

    def _believed(self, worldview: str) -> dict[str, Worlds]:
        """What an effort of tests makes people believe of its system, where audits tell it."""
        moved = self.drawn.shared.evidence.get(self.system)
        if moved is None or self.inputs.effort.id not in moved.efforts:
            return {}
        believed = self.drawn.hazard_believed(self.system, worldview)
        return {} if believed is None else {"hazard_believed": believed}

    def strengths(self, mitigation: str) -> dict[str, Worlds]:
        """The strengths of a mitigation as they act on this effort, by quantity."""
        if mitigation not in self._strengths:
            self._strengths[mitigation] = effective_strengths(
                self.drawn.mitigations[mitigation],
                effort_owner=self.inputs.subject.owner,
                streams=self.drawn.streams,
            )
        return self._strengths[mitigation]

    def with_mitigations(
        self, values: Mapping[str, Worlds], package: Package
    ) -> dict[str, Worlds]:
        """Quantities in a world where a package of mitigations is in force."""
        return with_mitigations(values, [self.strengths(each) for each in sorted(package)])

    def outcome(self, worldview: str, package: Package) -> Outcome:
        """What the effort does in every world, with its parts."""
        values = self.with_mitigations(self.values[worldview], package)
        return _in_chunks(values, self.drawn.shared.samples)

    def scores_by_scramble(self, package: Package) -> Worlds:
        """What the round's verdict lowers, over the worldviews, in each independent scramble.

        From the first draws of every scramble: enough for the size of a step and its error.
        """
        verdict = self.drawn.shared.verdict
        strengths = [_first_of_scrambles(self.strengths(each)) for each in sorted(package)]
        found = [
            score(with_mitigations(_first_of_scrambles(values), strengths), verdict=verdict)
            for values in self.values.values()
        ]
        draws = max(SCRAMBLES, *(each.size for each in found))
        table = np.stack([np.broadcast_to(each, (draws,)) for each in found])
        total: Worlds = means_by_scramble(table).mean(axis=0)
        return total

    def package_scores(self, *, verdict: str, draws: int = CHOICE_DRAWS) -> PackageScores:
        """Scores of packages on the first draws.

        Args:
            verdict: `risk` or `social-value`.
            draws: How many.
        """
        few = slice(0, min(draws, self.drawn.shared.samples))
        short: dict[int, Worlds] = {}  # one slice an array, so that worldviews go on sharing it
        for values in self.values.values():
            for each in values.values():
                short.setdefault(id(each), each[few] if len(each) > 1 else each)
        kept: dict[str, dict[str, Worlds]] = {}

        def strengths(name: str) -> dict[str, Worlds]:
            if name not in kept:
                kept[name] = _sliced(self.strengths(name), few)
            return kept[name]

        return PackageScores(
            [
                {name: short[id(each)] for name, each in values.items()}
                for values in self.values.values()
            ],
            strengths,
            verdict=verdict,
        )

    def ranks(self, worldview: str) -> dict[str, Worlds]:
        """Unit ranks of every uncertain input under one worldview, by quantity."""
        own = dict(self.own[worldview])
        washing = own.pop("washing") if self.washing_is_computed else np.zeros(1)
        return {
            **({"washing": ranks(washing)} if len(washing) > 1 else {}),
            **ranked(
                own,
                self.inputs.subject,
                self.experts,
                self.drawn.factor(worldview, "effort"),
            ),
            **self.drawn.system(self.system, worldview)[1],
            **self.drawn.world_ranks[worldview],
        }


def draw_effort(drawn: RoundDraws, effort: Effort) -> EffortDraws:
    """One effort of a round that was drawn by `draw_round`.

    Raises:
        ValueError: The draws were not made from a round.
    """
    if drawn.round_ is None:
        msg = "these draws were not made by draw_round"
        raise ValueError(msg)
    return EffortDraws(drawn, effort_inputs(drawn.round_, effort))


def ranked(
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


def _first_of_scrambles(values: Mapping[str, Worlds]) -> dict[str, Worlds]:
    """The first draws of every scramble, `STEP_DRAWS` in all; a certain quantity as it is."""

    def first(each: Worlds) -> Worlds:
        if len(each) == 1:
            return each
        return each.reshape(SCRAMBLES, -1)[:, : STEP_DRAWS // SCRAMBLES].ravel()

    return {name: first(each) for name, each in values.items()}


def _sliced(values: Mapping[str, Worlds], few: slice) -> dict[str, Worlds]:
    return {name: each[few] if len(each) > 1 else each for name, each in values.items()}


def _in_chunks(values: Mapping[str, Worlds], samples: int) -> Outcome:
    """The outcome with its parts; evaluated a cache's worth of worlds at a time."""
    if samples <= CHUNK or all(len(each) == 1 for each in values.values()):
        return outcome(values)
    starts = range(0, samples, CHUNK)
    pieces = [outcome(_sliced(values, slice(start, start + CHUNK))) for start in starts]

    def joined(arrays: Sequence[Worlds]) -> Worlds:
        return np.concatenate(
            [
                np.broadcast_to(each, (min(CHUNK, samples - start),))
                for each, start in zip(arrays, starts, strict=True)
            ]
        )

    def parts(side: str) -> dict[str, Worlds]:
        tables: list[dict[str, Worlds]] = [getattr(each.parts, side) for each in pieces]
        return {name: joined([table[name] for table in tables]) for name in tables[0]}

    return Outcome(
        net=joined([each.net for each in pieces]),
        usefulness=joined([each.usefulness for each in pieces]),
        social_value=joined([each.social_value for each in pieces]),
        risk_before=joined([each.risk_before for each in pieces]),
        parts=Parts(accident=parts("accident"), misuse=parts("misuse")),
        checks={name: joined([each.checks[name] for each in pieces]) for name in pieces[0].checks},
    )
