"""Reads of evidence: what a reader sees of the audits of a round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse

from custodes.assessment import evidence_of
from custodes.disclosure import Mark, is_public, mark_of
from custodes.errors import Fault, InputError
from custodes.evidence import EvidenceRecord, outcome_of
from custodes.reports import published_evidence
from custodes.systems import System
from custodes_workbench.access import Act, Facts, Purpose, Role, decide
from custodes_workbench.evidence.models import (
    Audit,
    AuditVersion,
    FileReader,
    FindingAnswer,
    RefusedFile,
)
from custodes_workbench.evidence.records import audit_record, only_systems, without_numbers
from custodes_workbench.evidence.selectors.computed import round_of, standing
from custodes_workbench.evidence.selectors.facts import facts_on, sees_evidence
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import systems_of
from custodes_workbench.rounds.selectors import Reader
from custodes_workbench.web.waiting import Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSeen:
    """What the audits of a round show, as one reader is told it."""

    record: EvidenceRecord | None
    """What `custodes evidence` would say; none where no world agrees with the audits."""
    faults: tuple[Fault, ...] = ()
    """Why there is none."""
    withheld: int = 0
    """Audits with a handling mark that the reader does not see and is told of."""
    has_numbers: bool = True
    """Whether probabilities are told; while answers are blind, nobody is."""


def rounds_with_evidence(reader: Reader) -> list[Round]:
    """The rounds in which a reader sees the evidence on a system, newest first.

    Args:
        reader: Signed in or not.
    """
    rounds = Round.objects.prefetch_related("stages")
    return [each for each in rounds if systems_with_evidence(reader, each)]


def round_with_evidence(reader: Reader, slug: str) -> Round | None:
    """A round in which a reader sees the evidence on a system; none otherwise.

    Args:
        reader: Signed in or not.
        slug: The round's address.
    """
    found = Round.objects.filter(slug=slug).prefetch_related("stages").first()
    return found if found is not None and systems_with_evidence(reader, found) else None


def systems_with_evidence(reader: Reader, round_: Round) -> list[System]:
    """The systems of a round of which a reader sees what audits show, whether there are any.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    return [each for each in systems_of(round_) if sees_evidence(reader, round_, each.id)]


def audits_visible_to(
    reader: Reader, round_: Round, purpose: Purpose = Purpose.PAGE
) -> list[AuditVersion]:
    """The audits that a reader sees, as they stand; for every purpose the same.

    An audit under `restricted` or a stricter mark is for who entered it and for the named
    readers of its files.

    Args:
        reader: Signed in or not.
        round_: The round.
        purpose: What the reading is for.
    """
    if purpose is Purpose.COMPUTE:
        return []
    facts = {each.id: facts_on(reader, round_, each.id) for each in systems_of(round_)}
    return [
        each
        for each in standing(round_)
        if each.audit.system_id in facts and _sees(reader, each, facts[each.audit.system_id])
    ]


def audit_visible_to(reader: Reader, round_: Round, audit_id: str) -> AuditVersion | None:
    """One audit as it stands; none where the reader does not see it.

    Args:
        reader: Signed in or not.
        round_: The round.
        audit_id: Its id.
    """
    for each in audits_visible_to(reader, round_):
        if each.audit.audit_id == audit_id:
            return each
    return None


def _sees(reader: Reader, version: AuditVersion, facts: Facts) -> bool:
    mark = mark_of(audit_record(version).handling)
    if is_public(mark):
        return bool(decide(Act.SEE_EVIDENCE, facts))
    if not decide(Act.SEE_MARKED_EVIDENCE, facts):
        return False
    return mark is Mark.ROUND or _is_named(reader, version.audit, facts)


def _is_named(reader: Reader, audit: Audit, facts: Facts) -> bool:
    if not isinstance(reader, User):
        return False
    entered = AuditVersion.objects.filter(audit=audit, made_by=reader).exists()
    reads = FileReader.objects.filter(file__audit=audit, key__person=reader).exists()
    named = replace(facts, roles=facts.roles | {Role.NAMED_READER})
    return (entered or reads) and bool(decide(Act.OPEN_MARKED, named))


def may_see_posteriors(reader: Reader, round_: Round, system_id: str) -> bool:
    """Whether a reader is told probabilities; while answers are blind, nobody is."""
    return bool(decide(Act.SEE_POSTERIORS, facts_on(reader, round_, system_id)))


def evidence_seen_by(reader: Reader, round_: Round) -> EvidenceSeen:
    """What the audits of a round show, as a reader is told it, system by system.

    It is computed from the audits that the reader sees and from no others.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    systems = systems_with_evidence(reader, round_)
    titles = {each.id: each.title for each in systems}
    visible = audits_visible_to(reader, round_)
    seen = {each.audit.audit_id for each in visible if not each.withdrawn_because}
    whole = round_of(round_)
    audits = tuple(each for each in whole.audits if each.id in seen)
    told = whole.model_copy(update={"audits": audits})
    try:
        record = only_systems(evidence_of(told), set(titles))
    except InputError as error:
        return EvidenceSeen(record=None, faults=error.faults)
    facts = [facts_on(reader, round_, each.id) for each in systems]
    if not all(decide(Act.SEE_MARKED_EVIDENCE, each) for each in facts):
        record = published_evidence(record, told)
    has_numbers = all(decide(Act.SEE_POSTERIORS, each) for each in facts)
    if not has_numbers:
        known = {each.id: each for each in systems}
        outcomes = [outcome_of(each, known[each.system]) for each in audits]
        record = without_numbers(record, outcomes, titles=titles)
    withheld = sum(
        each.id not in seen
        and each.system in titles
        and mark_of(each.handling) is not Mark.RESTRICTED_EXISTENCE
        for each in whole.audits
    )
    return EvidenceSeen(record=record, withheld=withheld, has_numbers=has_numbers)


def findings_open(versions: list[AuditVersion]) -> list[AuditVersion]:
    """The audits that found something, or that a person calls a finding, without an answer.

    An answer to an earlier version of the audit answers nothing that came later.

    Args:
        versions: As a reader sees them.
    """
    answered = {
        each.audit_id
        for each in FindingAnswer.objects.filter(audit__in=[row.audit_id for row in versions])
        for version in versions
        if version.audit_id == each.audit_id and version.n == each.n
    }
    return [
        each
        for each in versions
        if not each.withdrawn_because
        and each.audit_id not in answered
        and outcome_of(audit_record(each)).outcome == "finding"
    ]


def findings_that_wait(person: User) -> Iterator[Waiting]:
    """Findings that somebody may answer and nobody has.

    Args:
        person: With the roles of the request.
    """
    for round_ in rounds_with_evidence(person):
        for each in findings_open(audits_visible_to(person, round_)):
            if decide(Act.ANSWER_FINDING, facts_on(person, round_, each.audit.system_id)):
                yield Waiting(
                    text=f"Answer the finding of audit {each.audit.audit_id}",
                    url=reverse("evidence:audit", args=[round_.slug, each.audit.audit_id]),
                    round=round_.title,
                )


def refused_files_shown_to(reader: Reader, round_: Round, system_id: str) -> list[RefusedFile]:
    """Files that were sent for a system and not taken in, for who may take audits in.

    Args:
        reader: Signed in or not.
        round_: The round.
        system_id: The system.
    """
    if not decide(Act.TAKE_IN_AUDIT, facts_on(reader, round_, system_id)):
        return []
    return list(RefusedFile.objects.filter(round=round_, system_id=system_id)[:50])
