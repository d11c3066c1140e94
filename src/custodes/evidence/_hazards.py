"""What the audits of one system say of each hazard: tests with their strengths, and the gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from custodes.catalogue import HAZARDS
from custodes.evidence._outcome import AuditOutcome, FamilyOutcome
from custodes.evidence._strength import (
    COVERAGE,
    SPECIFICITY,
    default_common_cause,
    default_gaming,
    default_integrity,
    default_sensitivity,
    default_transfer,
)
from custodes.quantities import Assumption

GAMED_BELOW = 0.1
"""A test whose median gaming is below this would catch a system that behaves because it is
tested; our assumption."""


@dataclass(frozen=True, slots=True)
class HazardTest:
    """One test of one hazard, with the strengths that are drawn."""

    name: str
    """Its audit and its place there, which name its streams."""
    audit: AuditOutcome
    """The audit it is part of."""
    found: bool
    """Whether it found the hazard."""
    strengths: Mapping[str, Assumption]
    """Sensitivity, specificity, gaming, transfer and integrity, by name."""
    judged: tuple[str, ...]
    """Which of these experts judged."""


@dataclass(frozen=True, slots=True)
class HazardTests:
    """All conclusive tests of one hazard of one system."""

    hazard: str
    """The hazard."""
    tests: tuple[HazardTest, ...]
    """One for each family of runs, whoever ran it."""
    common_cause: Assumption
    """beta_c of all of them together."""
    coverage: Assumption
    """Share of the ways the hazard could show that they look at together."""
    judged: tuple[str, ...]
    """Which of common cause and coverage experts judged."""

    @property
    def basis(self) -> Literal["judged", "mixed", "reference class"]:
        """Whether the strengths are judged, in part, or all defaults."""
        count = len(self.judged) + sum(len(test.judged) for test in self.tests)
        everything = 2 + 5 * len(self.tests)
        return "judged" if count == everything else "mixed" if count else "reference class"


def hazard_tests(outcomes: Sequence[AuditOutcome]) -> dict[str, HazardTests]:
    """The conclusive tests of every hazard of one system, by hazard.

    Runs of one family are one test also where several audits hold them: then a finding in any of
    them is one, and the audit with the best grade gives the strengths.

    Args:
        outcomes: Every audit of the system.
    """
    return {hazard: _tests(hazard, outcomes) for hazard in HAZARDS}


def _tests(hazard: str, outcomes: Sequence[AuditOutcome]) -> HazardTests:
    best: dict[tuple[str, ...], tuple[AuditOutcome, bool, str]] = {}
    for audit in outcomes:
        if not audit.shows(hazard):
            continue
        for key, found, name in _conclusive(audit):
            other = best.get(key)
            if other is None or (found, _rank(audit)) > (other[1], _rank(other[0])):
                best[key] = (audit, found, name)
    tests = tuple(
        _test(hazard, audit, found=found, name=name) for audit, found, name in best.values()
    )
    together = [
        (
            test.audit.audit.attestation.run_by if test.audit.audit.attestation else "",
            test.audit.audit.method or test.audit.audit.id,
        )
        for test in tests
    ]
    shared = {
        name: amount
        for name in ("common_cause", "coverage")
        for test in tests
        if (amount := test.audit.audit.judged(name, hazard)) is not None
    }
    return HazardTests(
        hazard=hazard,
        tests=tests,
        common_cause=shared.get("common_cause", default_common_cause(together)),
        coverage=shared.get("coverage", COVERAGE),
        judged=tuple(shared),
    )


def _rank(audit: AuditOutcome) -> int:
    return "DCBA".index(audit.independence.grade)


def _conclusive(audit: AuditOutcome) -> Iterator[tuple[tuple[str, ...], bool, str]]:
    """The tests of an audit that can be concluded from: key, whether it found, name."""
    for number, each in enumerate(audit.families, start=1):
        if each.outcome != "inconclusive":
            yield each.family.key, each.outcome == "finding", f"{audit.audit.id}/{number}"
    if not audit.families and audit.outcome != "inconclusive":
        yield ("audit", audit.audit.id), audit.outcome == "finding", audit.audit.id


def _test(hazard: str, audit: AuditOutcome, *, found: bool, name: str) -> HazardTest:
    stated = audit.audit
    access = stated.attestation.access if stated.attestation else ""
    defaults = {
        "sensitivity": default_sensitivity(access),
        "specificity": SPECIFICITY,
        "gaming": default_gaming(access, hazard=hazard),
        "transfer": default_transfer(audit.deployed_as),
        "integrity": default_integrity(
            audit.independence.grade,
            is_attested=stated.attestation is not None,
            all_runs_listed=stated.all_runs_listed is True,
        ),
    }
    judged = {
        each: amount for each in defaults if (amount := stated.judged(each, hazard)) is not None
    }
    return HazardTest(
        name=name,
        audit=audit,
        found=found,
        strengths=defaults | judged,
        judged=tuple(judged),
    )


def not_shown(
    outcomes: Sequence[AuditOutcome],
    *,
    system: str,
    floors: Mapping[str, float] | None = None,
    unjudged: Iterable[str] = (),
) -> tuple[str, ...]:
    """What the audits of a system do not show, in sentences; never empty.

    Args:
        outcomes: Every audit of the system.
        system: Its name for people.
        floors: By hazard, the probability that stays however many more tests of the kind pass.
        unjudged: Hazards of which nobody judged how likely they are and what harm they do.
    """
    tests = hazard_tests(outcomes)
    covered = [hazard for hazard in HAZARDS if tests[hazard].tests]
    return (
        *_without_evidence(system, covered),
        *_by_the_developer(tests, covered),
        *_of_other_snapshots(tests, covered),
        *_parts(outcomes),
        _about_gaming(tests, covered),
        *_about_capability(outcomes),
        *_about_floors(floors or {}),
        *_about_unjudged(tuple(unjudged)),
        *_broken(outcomes),
    )


def _words(hazards: Iterable[str]) -> str:
    return ", ".join(hazard.replace("_", " ") for hazard in hazards)


def _without_evidence(system: str, covered: Sequence[str]) -> Iterator[str]:
    missing = [hazard for hazard in HAZARDS if hazard not in covered]
    if missing:
        yield f"Nothing here shows anything about {_words(missing)} in {system}."


def _by_the_developer(tests: Mapping[str, HazardTests], covered: Sequence[str]) -> Iterator[str]:
    weak = [
        hazard
        for hazard in covered
        if all(test.audit.independence.grade == "D" for test in tests[hazard].tests)
    ]
    if weak:
        yield f"Of {_words(weak)} there is only evidence of independence D."


def _of_other_snapshots(tests: Mapping[str, HazardTests], covered: Sequence[str]) -> Iterator[str]:
    elsewhere = [
        hazard
        for hazard in covered
        if all(test.audit.deployed_as != "same_snapshot" for test in tests[hazard].tests)
    ]
    if elsewhere:
        yield (
            f"Of {_words(elsewhere)} nothing is known to be about the snapshot that is deployed."
        )


def _parts(outcomes: Sequence[AuditOutcome]) -> Iterator[str]:
    for each in (family for audit in outcomes for family in audit.families):
        yield from part_run(each)


def part_run(each: FamilyOutcome) -> Iterator[str]:
    """How much of a set of items was run, in a sentence; none where all of it was."""
    family = each.family
    known = [run.items for run in family.runs if run.items is not None]
    most, size = max(known, default=None), family.dataset_samples
    if most is None or size is None:
        yield f"How much of the items of '{family.task}' was run is not stated."
    elif most < size:
        yield f"Of '{family.task}' {most:,} of {size:,} items were run ({most / size:.2g} of all)."


def _about_gaming(tests: Mapping[str, HazardTests], covered: Sequence[str]) -> str:
    honest = [
        hazard
        for hazard in covered
        if any(test.strengths["gaming"].p50 < GAMED_BELOW for test in tests[hazard].tests)
    ]
    if not honest:
        return "No test here would have caught a system that behaves well because it is tested."
    others = [hazard for hazard in HAZARDS if hazard not in honest]
    return (
        "A system that behaves well because it is tested could be caught by tests of "
        f"{_words(honest)} alone; of {_words(others)} by none."
    )


def _about_capability(outcomes: Sequence[AuditOutcome]) -> Iterator[str]:
    says = [each.audit for each in outcomes if each.audit.more_capable]
    if not says:
        yield "Nothing here says anything about more capable systems."
    for audit in says:
        yield f"About more capable systems {audit.id} says: {audit.more_capable}"


def _about_floors(floors: Mapping[str, float]) -> Iterator[str]:
    for hazard, stays in floors.items():
        yield (
            "Even unlimited further tests of this kind leave P("
            f"{hazard.replace('_', ' ')}) at {stays:.2g}."
        )


def _about_unjudged(unjudged: Sequence[str]) -> Iterator[str]:
    if unjudged:
        yield (
            f"Nobody judged how likely {_words(unjudged)} is, or what harm it would do: "
            "the evidence does not move these numbers."
        )


def _broken(outcomes: Sequence[AuditOutcome]) -> Iterator[str]:
    for each in outcomes:
        if each.outcome == "inconclusive":
            why = next(iter(reasons_of(each)), "it cannot be concluded from")
            yield f"Audit {each.audit.id} moves nothing: {why}"


def reasons_of(audit: AuditOutcome) -> Iterator[str]:
    """Why an audit is inconclusive, in sentences.

    Args:
        audit: The audit.
    """
    for flag in audit.flags:
        if flag.effect == "stop":
            yield flag.sentence
    for each in audit.families:
        if each.outcome == "inconclusive":
            yield f"{each.family.task}: {each.why}."


def not_shown_by_files(families: Sequence[FamilyOutcome]) -> tuple[str, ...]:
    """What audit files by themselves do not show, whatever is in them; never empty.

    Args:
        families: The tests that the files record.
    """
    return (
        "Nobody attested who ran these files, for whom, or whether all runs are here.",
        "A score is of a test, not of a hazard: nobody said which hazard is tested.",
        *(sentence for each in families for sentence in part_run(each)),
        "Nothing says how likely a bad system would have got the same scores.",
        "No test here is known to catch a system that behaves well because it is tested.",
        "Nothing here says anything about more capable systems.",
    )
