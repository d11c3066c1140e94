"""What the audits of a round show of each system, and what they do not: the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version

import numpy as np

from custodes import catalogue
from custodes.assessment._draws import RoundDraws, draw_round
from custodes.assessment._evidence import EvidenceDraws, HazardDraws, drawn_tests
from custodes.evidence import (
    AuditOutcome,
    Estimate,
    EvidenceRecord,
    GapInResult,
    Grade,
    HazardInResult,
    HazardTests,
    SystemInResult,
    audit_in_result,
    effective_number_of,
    floor,
    hazard_tests,
    not_shown,
    outcome_of,
    safety_logit,
)
from custodes.quantities import Worlds, summarise
from custodes.rounds import Round
from custodes.systems import System

FEW_WORLDS = 200
"""Below this effective sample size few worlds agree with the evidence."""
_ONLY_HERE = "Of systems without an audit nothing is shown at all."


def evidence_of(round_: Round, *, seed: int | None = None) -> EvidenceRecord:
    """What the audits of a round show, and what they do not.

    Args:
        round_: The round; it must fit together.
        seed: Instead of the round's; 0 is a seed.

    Raises:
        InputError: No world agrees with the evidence of a system.
    """
    drawn = draw_round(round_, seed=seed)
    known = {system.id: system for system in round_.systems}
    outcomes = [outcome_of(audit, known.get(audit.system)) for audit in round_.audits]
    systems = tuple(
        _system(round_, drawn, system, [each for each in outcomes if each.audit.system == id_])
        for system in round_.systems
        for id_ in [system.id]
        if any(each.audit.system == id_ for each in outcomes) or system.hazards
    )
    told = [sentence for system in systems for sentence in system.not_shown]
    return EvidenceRecord(
        library_version=version("custodes"),
        not_shown=(*dict.fromkeys(told), _ONLY_HERE),
        audits=tuple(audit_in_result(each) for each in outcomes),
        systems=systems,
    )


def _system(
    round_: Round, drawn: RoundDraws, system: System, outcomes: Sequence[AuditOutcome]
) -> SystemInResult:
    found = drawn.evidence(system.id)
    tests = hazard_tests(outcomes)
    judged: Mapping[str, HazardDraws] = {} if found is None else found.hazards
    named = {hazard for audit in outcomes for hazard in audit.audit.hazards}
    hazards = tuple(
        _hazard(drawn, system, tests[hazard], judged.get(hazard))
        for hazard in catalogue.HAZARDS
        if hazard in judged or hazard in named or hazard in system.hazards
    )
    floors = {
        each.hazard: each.floor.mean
        for each in hazards
        if each.floor is not None and each.n_tests and not each.n_findings
    }
    view = round_.worldviews[0].name
    harms = {class_: None if found is None else found.harm_of(class_) for class_ in _CLASSES}
    few = found is not None and found.effective_sample_size < FEW_WORLDS
    sentences = not_shown(
        outcomes,
        system=system.title,
        floors=floors,
        unjudged=[hazard for hazard in catalogue.HAZARDS if hazard in named - set(judged)],
    )
    return SystemInResult(
        system=system.id,
        not_shown=(*sentences, *_of_the_draws(hazards, moves=found is not None, few=few)),
        moves=found is not None,
        hazards=hazards,
        h_accident=_estimate_or_none(harms["accident"]),
        h_misuse=_estimate_or_none(harms["misuse"]),
        x0=None if found is None else _estimate(drawn.system(system.id, view)[0]["safety_logit"]),
        x_perceived={
            each.name: _estimate(safety_logit(-np.expm1(-believed)))
            for each in round_.worldviews
            if (believed := drawn.hazard_believed(system.id, each.name)) is not None
        },
        gap=None if found is None else _gap(found),
        effective_sample_size=None if found is None else found.effective_sample_size,
        few_worlds=few,
    )


_CLASSES = ("accident", "misuse")


def _of_the_draws(hazards: Sequence[HazardInResult], *, moves: bool, few: bool) -> list[str]:
    """What only the draws can tell."""
    told: list[str] = []
    if not moves:
        told.append(
            "The evidence does not move the system's safety: it keeps the range of systems.toml."
        )
    else:
        told.append(
            "Within a class of risk the system's safety now counts the hazards that were judged "
            "and no others."
        )
    if few:
        told.append("Few worlds agree with this evidence: its numbers are rough.")
    told += [
        f"So clean a record of {each.hazard.replace('_', ' ')} is likelier from a system that "
        "games the tests; check how often a good system would fail one by chance."
        for each in hazards
        if each.too_clean
    ]
    told += [
        f"A finding of {each.hazard.replace('_', ' ')} stays open until somebody answers it, "
        "even where tests that passed outvote it."
        for each in hazards
        if each.n_findings
    ]
    return told


def _hazard(
    drawn: RoundDraws, system: System, tests: HazardTests, found: HazardDraws | None
) -> HazardInResult:
    there = (
        found.tests
        if found is not None
        else drawn_tests(tests, owner=f"system:{system.id}", streams=drawn.streams)
    )
    findings = sum(test.found for test in tests.tests)
    grades: list[Grade] = sorted(test.audit.independence.grade for test in tests.tests)
    prior = None if found is None else _estimate(found.prior)
    after = None if found is None else _estimate(found.posterior)
    is_clean = bool(tests.tests) and not findings
    return HazardInResult(
        hazard=tests.hazard,
        class_="accident" if catalogue.HAZARDS[tests.hazard] == "accident" else "misuse",
        prior=prior,
        posterior=after,
        face_value=None if found is None else _estimate(found.face_value),
        n_tests=len(tests.tests),
        n_findings=findings,
        n_eff=None if findings else effective_tests(tests),
        floor=None if found is None else _estimate(floor(found.hidden, found.tests.detection)),
        coverage=_estimate(there.coverage[0]),
        best_grade=grades[0] if grades else None,
        basis=tests.basis,
        too_clean=is_clean
        and prior is not None
        and after is not None
        and after.mean > prior.mean + 3 * (prior.standard_error + after.standard_error),
    )


def effective_tests(tests: HazardTests) -> float:
    """How many independent, honest tests several passes are worth, at the median strengths.

    ``n ln f / sum ln(1 - s_i)``, f the probability that all pass a bad system in reach: for equal
    tests the n_eff of `effective_number`.

    Args:
        tests: The tests, all passed.
    """
    medians = [each.strengths for each in tests.tests]
    return effective_number_of(
        sensitivity=[each["sensitivity"].p50 for each in medians],
        gaming=[each["gaming"].p50 for each in medians],
        common_cause=tests.common_cause.p50,
    )


def _gap(found: EvidenceDraws) -> GapInResult:
    parts = found.gap
    return GapInResult(
        safety_washing=_estimate(parts.safety_washing),
        partial_coverage=_estimate(parts.partial_coverage),
        system=_estimate(parts.system),
    )


def _estimate_or_none(values: Worlds | None) -> Estimate | None:
    return None if values is None else _estimate(values)


def _estimate(values: Worlds) -> Estimate:
    if len(values) == 1:
        only = float(values[0])
        return Estimate(mean=only, p05=only, p50=only, p95=only, standard_error=0.0)
    found = summarise(values[None, :])
    return Estimate(
        mean=float(found.mean[0]),
        p05=float(found.p05[0]),
        p50=float(found.p50[0]),
        p95=float(found.p95[0]),
        standard_error=float(found.standard_error[0]),
    )
