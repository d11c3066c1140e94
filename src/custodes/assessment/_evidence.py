"""What audits do to the numbers of a system: drawn, weighted by what was seen, resampled.

Each draw of priors and strengths is weighted by how well it predicted the evidence. So the mean is
E[pi L_bad] / E[M], and not the mean of the posteriors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from custodes.assessment._inputs import HazardInputs, SystemEvidence
from custodes.assessment._worlds import draws_of, scores_of
from custodes.errors import Fault, InputError
from custodes.evidence import (
    STRENGTHS,
    Detection,
    GapParts,
    HazardTests,
    at_face_value,
    effective_sample_size,
    p_evidence,
    p_harm,
    perceived,
    posterior,
    resampled,
    split_of_gap,
)
from custodes.problems import hazard_if_deployed, logit_of_hazard
from custodes.quantities import Assumption, Streams, Worlds, distribution

HarmOf: TypeAlias = Callable[[str], Worlds | None]
"""The harm of a class of risk; none where it is not moved."""

LEAST_HARM = 1e-9
"""No evidence makes a system safer than this: the end of a logit that a file may state."""


@dataclass(frozen=True, slots=True, eq=False)
class DrawnTests:
    """The tests of one hazard in every world."""

    detection: Detection
    """Strengths and reach."""
    coverage: Worlds
    """Shape (1, worlds)."""
    transfer: Worlds
    """Shape (tests, worlds)."""
    integrity: Worlds
    """Shape (tests, worlds)."""


@dataclass(frozen=True, slots=True, eq=False)
class HazardDraws:
    """One hazard in every world that agrees with the evidence."""

    inputs: HazardInputs
    """The hazard."""
    prior: Worlds
    """pi as it was judged, before any weighting."""
    hidden: Worlds
    """pi in the worlds that stand for all."""
    posterior: Worlds
    """P(hazard) after the audits."""
    face_value: Worlds
    """The same at face value."""
    harm: Worlds
    """c."""
    tests: DrawnTests
    """The tests."""


@dataclass(frozen=True, slots=True, eq=False)
class EvidenceDraws:
    """One system in every world that agrees with its audits."""

    hazards: Mapping[str, HazardDraws]
    """By hazard."""
    effective_sample_size: float
    """How many equal worlds the weighted ones are worth."""

    def harm_of(self, class_: str, *, at_face_value: bool = False) -> Worlds | None:
        """H of a class of risk; none where no hazard of it was judged."""
        mine = [each for each in self.hazards.values() if each.inputs.class_ == class_]
        if not mine:
            return None
        after = [each.face_value if at_face_value else each.posterior for each in mine]
        found = p_harm(np.stack(after), np.stack([each.harm for each in mine]))
        return np.clip(found, LEAST_HARM, 1 - LEAST_HARM)

    def values_from(self, stated: Mapping[str, Worlds]) -> dict[str, Worlds]:
        """The system's quantities, its safety moved by the audits.

        A class of risk of which nobody judged a hazard keeps what the system states.

        Args:
            stated: The system's quantities as they were drawn.
        """
        accident, misuse = self._hazards_from(stated, harm=self.harm_of)
        total = accident + misuse
        return {
            **stated,
            "safety_logit": logit_of_hazard(hazard=total),
            "misuse_share": misuse / total,
        }

    def hazard_believed(self, stated: Mapping[str, Worlds], face_value: Worlds) -> Worlds:
        """The hazard n that decision makers believe in.

        Args:
            stated: The system's quantities as they were drawn.
            face_value: phi.
        """

        def believed(class_: str) -> Worlds | None:
            true, face = self.harm_of(class_), self.harm_of(class_, at_face_value=True)
            if true is None or face is None:
                return None
            return perceived(true, face, face_value)

        accident, misuse = self._hazards_from(stated, harm=believed)
        return accident + misuse

    def _hazards_from(
        self, values: Mapping[str, Worlds], *, harm: HarmOf
    ) -> tuple[Worlds, Worlds]:
        stated = hazard_if_deployed(safety_logit=values["safety_logit"])
        share = values["misuse_share"]
        parts: list[Worlds] = []
        for class_, own in (("accident", 1 - share), ("misuse", share)):
            found = harm(class_)
            parts.append(stated * own if found is None else -np.log1p(-found))
        return parts[0], parts[1]

    @property
    def gap(self) -> GapParts:
        """The gap between harm and harm at face value, by mechanism."""
        each = tuple(self.hazards.values())
        return split_of_gap(
            np.stack([one.hidden for one in each]),
            np.stack([one.harm for one in each]),
            tuple(one.tests.detection for one in each),
            coverage=tuple(one.tests.coverage for one in each),
            transfer=tuple(one.tests.transfer for one in each),
            integrity=tuple(one.tests.integrity for one in each),
        )


def drawn_tests(tests: HazardTests, *, owner: str, streams: Streams) -> DrawnTests:
    """The tests of one hazard in every world.

    In a world where a test would find good systems more often than bad ones its specificity is
    raised until it does not: findings are confirmed by hand (our assumption).

    Args:
        tests: The tests and their strengths.
        owner: The system's streams, `system:ID`.
        streams: The streams of the seed.
    """

    def draw(amount: Assumption, name: str, place: str) -> Worlds:
        shape = distribution(amount, STRENGTHS[name])
        return np.clip(shape.at(streams.scores(owner, f"{place}/{name}")), 0.0, 1.0)

    def of_tests(name: str, *, shared: bool = False) -> Worlds:
        rows = [
            draw(
                each.strengths[name],
                name,
                each.audit.audit.id if shared else f"{tests.hazard}/{each.name}",
            )
            for each in tests.tests
        ]
        whole = [np.broadcast_to(row, (streams.samples,)) for row in rows]
        return np.stack(whole) if whole else np.empty((0, streams.samples))

    s, d = of_tests("sensitivity"), of_tests("gaming")
    transfer, integrity = of_tests("transfer", shared=True), of_tests("integrity", shared=True)
    coverage = np.broadcast_to(
        draw(tests.coverage, "coverage", tests.hazard), (1, streams.samples)
    )
    beta = np.broadcast_to(
        draw(tests.common_cause, "common_cause", tests.hazard), (streams.samples,)
    )
    return DrawnTests(
        detection=Detection(
            found=tuple(each.found for each in tests.tests),
            sensitivity=s,
            specificity=np.maximum(of_tests("specificity"), 1 - (1 - d) * s),
            gaming=d,
            common_cause=beta,
            reach=coverage * transfer * integrity,
        ),
        coverage=coverage,
        transfer=transfer,
        integrity=integrity,
    )


def evidence_draws(system: SystemEvidence, streams: Streams) -> EvidenceDraws:
    """One system in every world that agrees with its audits.

    Args:
        system: Its judged hazards and their tests.
        streams: The streams of the seed.

    Raises:
        InputError: No world at all agrees with the evidence.
    """
    owner = f"system:{system.system}"
    weights: Worlds = np.ones(streams.samples)
    drawn: dict[str, tuple[Worlds, Worlds, DrawnTests]] = {}
    for hazard, inputs in system.hazards.items():
        values = draws_of(inputs.subject, scores_of(inputs.subject, streams))
        hidden, harm = (
            np.broadcast_to(values[name], (streams.samples,))
            for name in ("hidden_problem", "harm_if_hidden")
        )
        tests = drawn_tests(inputs.tests, owner=owner, streams=streams)
        drawn[hazard] = (hidden, harm, tests)
        weights = weights * p_evidence(hidden, tests.detection)
    if not np.any(weights > 0):
        raise InputError(
            [
                Fault(
                    message="the evidence contradicts the certainty of the prior: no world "
                    "agrees with it",
                    cure="judge hidden_problem between 0 and 1, or specificity below 1",
                    file="evidence/evidence.toml",
                    field=f"system {system.system}",
                )
            ]
        )
    chosen = resampled(
        weights,
        order=streams.uniforms(owner, "evidence order"),
        offset=float(streams.uniforms(owner, "evidence offset")[0]),
    )
    return EvidenceDraws(
        hazards={
            # the evidence says nothing of a hazard without tests: its draws stay where they are
            hazard: _hazard(
                system.hazards[hazard],
                *found,
                chosen=chosen if found[2].detection.number else np.arange(streams.samples),
            )
            for hazard, found in drawn.items()
        },
        effective_sample_size=effective_sample_size(weights),
    )


def _hazard(
    inputs: HazardInputs,
    hidden: Worlds,
    harm: Worlds,
    tests: DrawnTests,
    *,
    chosen: npt.NDArray[np.intp],
) -> HazardDraws:
    kept, seen = hidden[chosen], tests.detection
    there = Detection(
        found=seen.found,
        sensitivity=seen.sensitivity[:, chosen],
        specificity=seen.specificity[:, chosen],
        gaming=seen.gaming[:, chosen],
        common_cause=seen.common_cause[chosen],
        reach=seen.reach[:, chosen],
    )
    return HazardDraws(
        inputs=inputs,
        prior=hidden,
        hidden=kept,
        posterior=posterior(kept, there),
        face_value=posterior(kept, at_face_value(there)),
        harm=harm[chosen],
        tests=DrawnTests(
            detection=there,
            coverage=tests.coverage[:, chosen],
            transfer=tests.transfer[:, chosen],
            integrity=tests.integrity[:, chosen],
        ),
    )
