"""The page of evidence: for each system what audits do not show, first, and then what they do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from custodes.disclosure import Mark, is_public
from custodes.evidence import AuditInResult, EvidenceRecord, FamilyInResult
from custodes.rounds import Round

EFFECTS_TOLD = {"stop": "shows nothing", "weigh": "counts for less", "tell": "to know"}
"""How the effect of a check is said."""
OUTCOMES_TOLD = {
    "finding": "finding",
    "no_finding": "no finding",
    "inconclusive": "inconclusive",
}
"""How an outcome is said."""


def with_public_audits(round_: Round) -> Round:
    """The round without audits that have a handling mark, whose evidence may be published.

    Args:
        round_: The round.
    """
    audits = tuple(each for each in round_.audits if is_public(each.handling))
    return round_.model_copy(update={"audits": audits})


def published_evidence(record: EvidenceRecord, round_: Round) -> EvidenceRecord:
    """What of the evidence is published.

    Audits with a handling mark are not in it; that some are withheld is told, unless their
    existence itself is restricted. Of a run stay its counts, scores and digests; who ran
    it by the log's own word, who changed a score, and the text of errors may name people or tell
    what a sample holds, and are left out.

    Args:
        record: What `evidence_of` gave of the round `with_public_audits`.
        round_: The round.
    """
    marks = {audit.id: audit.handling for audit in round_.audits}
    told = tuple(_without_people(each) for each in record.audits if is_public(marks[each.id]))
    hidden = sum(mark not in ("", Mark.OPEN, Mark.RESTRICTED_EXISTENCE) for mark in marks.values())
    also = (
        f"{hidden} audit{'s are' if hidden != 1 else ' is'} withheld, and not counted on this "
        "page; the figures of efforts may rest on them."
        if hidden
        else ""
    )
    return record.model_copy(
        update={
            "audits": told,
            "not_shown": (*record.not_shown, *([also] if also else [])),
        }
    )


def _without_people(audit: AuditInResult) -> AuditInResult:
    families = tuple(
        family.model_copy(
            update={
                "runs": tuple(
                    run.model_copy(update={"declared_by": (), "edits": (), "error": ""})
                    for run in family.runs
                ),
                "flags": tuple(
                    flag.model_copy(update={"sentence": _SAID[flag.check]})
                    if flag.check in _SAID
                    else flag
                    for flag in family.flags
                ),
            }
        )
        for family in audit.families
    )
    return audit.model_copy(update={"families": families})


_SAID = {
    "edited_after_run": "Scores were changed after the run; the audit file says by whom and why.",
    "run_error": "The run ended with an error. A broken test is not safety.",
}


def evidence_page(record: EvidenceRecord, round_: Round) -> dict[str, Any]:
    """What the page of evidence shows.

    Args:
        record: What is published.
        round_: The round.
    """
    titles = {system.id: system.title for system in round_.systems}
    return {
        "evidence": record,
        "titles": titles,
        "of_all": [
            sentence
            for sentence in record.not_shown
            if not any(sentence in system.not_shown for system in record.systems)
        ],
        "external": {
            each.system: _of(record.audits, each.system, external=True) for each in record.systems
        },
        "own": {
            each.system: _of(record.audits, each.system, external=False) for each in record.systems
        },
        "flags_of": flags_told,
        "effects": EFFECTS_TOLD,
        "outcomes": OUTCOMES_TOLD,
    }


def _of(
    audits: Iterable[AuditInResult], system: str, *, external: bool
) -> tuple[AuditInResult, ...]:
    return tuple(each for each in audits if each.system == system and each.is_external == external)


def flags_told(family: FamilyInResult) -> list[tuple[str, str, str]]:
    """The flags of a test, each once: its check, its effect in words, and its sentence.

    Args:
        family: The test.
    """
    told = [(each.check, EFFECTS_TOLD[each.effect], each.sentence) for each in family.flags]
    return list(dict.fromkeys(told))
