"""Reads of evidence: what is computed, what a reader sees of it, kept files, judged strengths."""

from custodes_workbench.evidence.selectors.computed import audits_computed, round_of, standing
from custodes_workbench.evidence.selectors.facts import facts_on, sees_evidence
from custodes_workbench.evidence.selectors.files import (
    broken_files,
    file_readers,
    kept_files_of,
    may_open_file,
    people_offered,
)
from custodes_workbench.evidence.selectors.seen import (
    EvidenceSeen,
    audit_visible_to,
    audits_visible_to,
    evidence_seen_by,
    findings_open,
    findings_that_wait,
    may_see_posteriors,
    refused_files_shown_to,
    round_with_evidence,
    rounds_with_evidence,
    systems_with_evidence,
)
from custodes_workbench.evidence.selectors.strengths import (
    HazardToJudge,
    hazards_to_judge,
    may_judge_strength,
    own_strength,
    strengths_counted,
    strengths_shown_to,
)

__all__ = [
    "EvidenceSeen",
    "HazardToJudge",
    "audit_visible_to",
    "audits_computed",
    "audits_visible_to",
    "broken_files",
    "evidence_seen_by",
    "facts_on",
    "file_readers",
    "findings_open",
    "findings_that_wait",
    "hazards_to_judge",
    "kept_files_of",
    "may_judge_strength",
    "may_open_file",
    "may_see_posteriors",
    "own_strength",
    "people_offered",
    "refused_files_shown_to",
    "round_of",
    "round_with_evidence",
    "rounds_with_evidence",
    "sees_evidence",
    "standing",
    "strengths_counted",
    "strengths_shown_to",
    "systems_with_evidence",
]
