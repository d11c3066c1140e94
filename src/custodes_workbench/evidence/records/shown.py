"""Audits as a page shows them: every run in time order, every flag with its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from custodes.evidence import (
    CHECKS,
    CRITERIA,
    Attestation,
    AuditInResult,
    EvidenceRecord,
    FamilyInResult,
    Run,
    SystemInResult,
)
from custodes.reports import flags_told
from custodes_workbench.evidence.records.words import ANSWERS, CRITERIA_ASKED

OUTCOMES: Mapping[str, str] = {
    "finding": "finding",
    "no_finding": "no finding",
    "inconclusive": "inconclusive",
}
"""How an outcome is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyShown:
    """One test with all its runs."""

    family: FamilyInResult
    outcome: str
    """In words."""
    runs: tuple[tuple[Run, str, str], ...]
    """Each run in time order, what it shows in words, and why."""
    flags: tuple[tuple[str, str, str], ...]
    """Check, effect in words, sentence; each once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditShown:
    """One audit."""

    audit: AuditInResult
    outcome: str
    """In words."""
    families: tuple[FamilyShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemShown:
    """What the audits of one system show."""

    result: SystemInResult | None
    """None where there is no audit and no judgement of a hazard."""
    external: tuple[AuditShown, ...]
    own: tuple[AuditShown, ...]
    """The developer's, or not said whose."""
    of_all: tuple[str, ...]
    """What is said of all evidence, of this system or another."""


def system_shown(record: EvidenceRecord, system_id: str) -> SystemShown:
    """One system of a result.

    Args:
        record: As the reader is told it.
        system_id: The system.
    """
    audits = [each for each in record.audits if each.system == system_id]
    of_systems = {sentence for each in record.systems for sentence in each.not_shown}
    return SystemShown(
        result=next((each for each in record.systems if each.system == system_id), None),
        external=tuple(audit_shown(each) for each in audits if each.is_external),
        own=tuple(audit_shown(each) for each in audits if not each.is_external),
        of_all=tuple(each for each in record.not_shown if each not in of_systems),
    )


def audit_shown(audit: AuditInResult) -> AuditShown:
    """One audit of a result."""
    return AuditShown(
        audit=audit,
        outcome=OUTCOMES[audit.outcome],
        families=tuple(_family(each) for each in audit.families),
    )


def _family(family: FamilyInResult) -> FamilyShown:
    return FamilyShown(
        family=family,
        outcome=OUTCOMES[family.outcome],
        runs=tuple(
            (run, OUTCOMES[shown.outcome], _in_words(shown.why))
            for run, shown in zip(family.runs, family.shown, strict=True)
        ),
        flags=tuple(flags_told(family)),
    )


def _in_words(why: str) -> str:
    """The sentence with each check called as a person calls it."""
    for check in CHECKS:
        why = why.replace(check, check.replace("_", " "))
    return why


def criteria_told(attestation: Attestation | None) -> list[tuple[str, str, int]]:
    """Criterion and answer in words, and what the answer is worth from 3, strong, to 0, none.

    Args:
        attestation: What was signed; none counts as the weakest everywhere.
    """
    stated = attestation or Attestation()
    return [
        (CRITERIA_ASKED[name], ANSWERS[answer], points.get(answer, 0))
        for name, points in CRITERIA.items()
        for answer in [str(getattr(stated, name))]
    ]
