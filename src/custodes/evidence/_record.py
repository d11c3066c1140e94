"""The result of looking at evidence: exactly what `evidence.json` holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import ConfigDict, Field

from custodes.errors import Fault
from custodes.evidence._attestation import Grade
from custodes.evidence._audit import Audit, Result
from custodes.evidence._checks import Flag
from custodes.evidence._hazards import not_shown_by_files
from custodes.evidence._outcome import AuditOutcome, FamilyOutcome, RunOutcome, outcome_of
from custodes.evidence._runs import Run
from custodes.evidence._strength import Strength
from custodes.records import Record


class Estimate(Record):
    """A quantity over the worlds."""

    mean: float
    """Mean over the worlds."""
    p05: float
    """5th percentile."""
    p50: float
    """Median."""
    p95: float
    """95th percentile."""
    standard_error: float = Field(ge=0)
    """Standard error of the mean, from independent scrambles; 0 for a constant."""


class FamilyInResult(Record):
    """One test, with all its runs."""

    task: str
    """The test."""
    model: str
    """The model as it was asked for."""
    runs: tuple[Run, ...]
    """Every run once, in time order."""
    shown: tuple[RunOutcome, ...]
    """What each of them shows."""
    outcome: Result
    """What they show together."""
    why: str
    """Why."""
    flags: tuple[Flag, ...]
    """What is wrong with them."""


class AuditInResult(Record):
    """One audit, with what it shows."""

    id: str
    """Its id; empty for files without an attestation."""
    system: str
    """The system, by id; empty is not stated."""
    snapshot: str
    """What was tested; empty is not stated."""
    hazards: tuple[str, ...]
    """What it tests; empty: nobody said."""
    outcome: Result
    """What it shows."""
    grade: Grade
    """Independence."""
    grade_decided_by: tuple[str, ...]
    """The criteria that decide the grade."""
    not_stated: tuple[str, ...]
    """Criteria that nobody stated."""
    is_external: bool
    """Whether somebody other than the developer is said to have run it."""
    families: tuple[FamilyInResult, ...]
    """Its tests."""
    strength: tuple[Strength, ...]
    """Detection strength, as far as experts judged it."""
    flags: tuple[Flag, ...]
    """What is wrong with the audit as a whole."""


class RefusedFile(Record):
    """A file that was not read."""

    file: str
    """The file."""
    reason: str
    """What is wrong with it."""
    cure: str
    """What to do."""


class HazardInResult(Record):
    """What the audits say of one hazard of a system."""

    hazard: str
    """The hazard."""
    class_: Literal["accident", "misuse"] = Field(serialization_alias="class")
    """Its class of risk."""
    prior: Estimate | None
    """P(hazard) before the audits; null: nobody judged it."""
    posterior: Estimate | None
    """P(hazard) after them."""
    face_value: Estimate | None
    """What a reader concludes who takes them at face value."""
    n_tests: int = Field(ge=0)
    """Conclusive tests."""
    n_findings: int = Field(ge=0)
    """Those of them that found it; each stays open until somebody answers it."""
    n_eff: float | None
    """How many independent, honest tests they are worth; null where one of them found it."""
    floor: Estimate | None
    """P(hazard) that stays however many more tests of the kind pass."""
    coverage: Estimate
    """Share of the ways it could show that the tests look at together."""
    best_grade: Grade | None
    """The best independence of any conclusive test."""
    basis: Literal["judged", "mixed", "reference class"]
    """Whether the strengths were judged."""
    too_clean: bool
    """Whether so clean a record is likelier from a system that games the tests."""


class GapInResult(Record):
    """The gap between the harm and the harm at face value, by mechanism."""

    safety_washing: Estimate
    """Evidence that is not what it says it is."""
    partial_coverage: Estimate
    """Ways the hazard could show that nobody looked at."""
    system: Estimate
    """Tests that are gamed, share causes, or are of another snapshot."""


class SystemInResult(Record):
    """What the audits say of one system."""

    system: str
    """The system, by id."""
    not_shown: tuple[str, ...] = Field(min_length=1)
    """What this does not show, in sentences; never empty."""
    moves: bool
    """Whether the audits move the system's safety."""
    hazards: tuple[HazardInResult, ...]
    """Hazards with an audit or a judgement."""
    h_accident: Estimate | None
    """P(catastrophe by accident | deployed, not corrected); null where nothing is moved."""
    h_misuse: Estimate | None
    """The same by misuse."""
    x0: Estimate | None
    """Logit safety."""
    x_perceived: dict[str, Estimate] = Field(default_factory=dict)
    """Logit safety as decision makers believe it, by worldview."""
    gap: GapInResult | None
    """The gap between harm and harm at face value."""
    effective_sample_size: float | None
    """How many equal worlds the weighted ones are worth."""
    few_worlds: bool
    """Whether few worlds agree with this evidence (below 200)."""


class EvidenceRecord(Record):
    """The result of looking at audit files, or at the audits of a round."""

    model_config = ConfigDict(populate_by_name=True)

    schema_: Literal["custodes/evidence/1"] = Field(default="custodes/evidence/1", alias="schema")
    """Which kind of result this is."""
    library_version: str
    """The version that made it."""
    not_shown: tuple[str, ...] = Field(min_length=1)
    """What all of it does not show; never empty."""
    audits: tuple[AuditInResult, ...]
    """The audits; files without an attestation are audits without an id."""
    refused: tuple[RefusedFile, ...] = ()
    """Files that were not read."""
    systems: tuple[SystemInResult, ...] = ()
    """What the audits say of each system."""


def audit_in_result(found: AuditOutcome) -> AuditInResult:
    """An audit as a result tells it.

    Args:
        found: The audit with what it shows.
    """
    audit = found.audit
    return AuditInResult(
        id=audit.id,
        system=audit.system,
        snapshot=audit.snapshot,
        hazards=audit.hazards,
        outcome=found.outcome,
        grade=found.independence.grade,
        grade_decided_by=found.independence.lowest,
        not_stated=found.independence.not_stated,
        is_external=found.is_external,
        families=tuple(_family(each) for each in found.families),
        strength=audit.strength,
        flags=found.flags,
    )


def _family(each: FamilyOutcome) -> FamilyInResult:
    return FamilyInResult(
        task=each.family.task,
        model=each.family.model,
        runs=each.family.runs,
        shown=each.runs,
        outcome=each.outcome,
        why=each.why,
        flags=each.flags,
    )


def evidence_of_files(
    runs: Iterable[Run], refused: Iterable[Fault], *, library_version: str
) -> EvidenceRecord:
    """What audit files show by themselves, and what they do not.

    Args:
        runs: The runs that were read.
        refused: Why other files were not.
        library_version: The version that makes the result.
    """
    read = tuple(runs)
    found: tuple[AuditOutcome, ...] = ()
    if read:
        files = tuple({"path": run.file} for run in read)
        stated = {"id": "files", "system": "not-stated", "files": files, "runs": read}
        found = (outcome_of(Audit.model_validate(stated)),)
    families = [family for each in found for family in each.families]
    return EvidenceRecord(
        library_version=library_version,
        not_shown=not_shown_by_files(families),
        audits=tuple(
            audit_in_result(each).model_copy(update={"id": "", "system": ""}) for each in found
        ),
        refused=tuple(
            RefusedFile(file=fault.file or "", reason=fault.message, cure=fault.cure)
            for fault in refused
        ),
    )
