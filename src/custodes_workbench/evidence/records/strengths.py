"""How strong tests are taken to be: judged, or a default that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from custodes.evidence import (
    STRENGTHS,
    Audit,
    AuditOutcome,
    HazardTests,
    default_gaming,
    default_integrity,
    default_sensitivity,
    default_transfer,
    hazard_tests,
    independence,
)
from custodes.quantities import Assumption


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthShown:
    """One strength of one test, or of all tests of a hazard."""

    test: str
    """Which test; empty is all of the hazard."""
    name: str
    amount: Assumption
    is_judged: bool
    """Whether experts judged it; otherwise it is a reference class."""


def default_strengths(audit: Audit, hazard: str) -> dict[str, Assumption]:
    """What stands for an audit's tests until somebody judges them; the shared ones left out.

    Args:
        audit: The audit.
        hazard: The hazard.
    """
    attested = audit.attestation
    access = attested.access if attested is not None else ""
    return {
        "sensitivity": default_sensitivity(access),
        "gaming": default_gaming(access, hazard=hazard),
        "transfer": default_transfer(audit.deployed_as),
        "integrity": default_integrity(
            independence(attested).grade,
            is_attested=attested is not None,
            all_runs_listed=audit.all_runs_listed is True,
        ),
    }


def strengths_shown(outcomes: Sequence[AuditOutcome]) -> dict[str, list[StrengthShown]]:
    """By hazard, every strength that its conclusive tests are weighed with.

    Args:
        outcomes: Every audit of the system.
    """
    return {
        hazard: _of_hazard(tests)
        for hazard, tests in hazard_tests(outcomes).items()
        if tests.tests
    }


def _of_hazard(tests: HazardTests) -> list[StrengthShown]:
    of_tests = [
        StrengthShown(
            test=test.name, name=name, amount=test.strengths[name], is_judged=name in test.judged
        )
        for test in tests.tests
        for name in STRENGTHS
        if name in test.strengths
    ]
    shared = [
        StrengthShown(test="", name=name, amount=amount, is_judged=name in tests.judged)
        for name, amount in (
            ("common_cause", tests.common_cause),
            ("coverage", tests.coverage),
        )
    ]
    return [*of_tests, *shared]
