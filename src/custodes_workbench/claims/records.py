"""Rows of claims and the library's records."""

from __future__ import annotations

from collections.abc import Container

from custodes.evidence import WITHHELD_EVIDENCE
from custodes.evidence import Claim as ClaimRecord
from custodes.judgements import Judgement
from custodes_workbench.claims.models import ClaimAnswer, ClaimVersion

STANDINGS = {
    "draft": "draft",
    "assessing": "being assessed",
    "with_claimant": "with the claimant",
    "published": "published",
    "revised": "revised",
    "withdrawn": "withdrawn",
    "": "published",
}
"""How far a claim is, in words."""


def claim_record(version: ClaimVersion) -> ClaimRecord:
    """What a version of a claim says."""
    return ClaimRecord.model_validate(version.record)


def answer_record(answer: ClaimAnswer) -> Judgement:
    """An answer, under the pseudonym that it is computed with."""
    record = Judgement.model_validate(answer.record)
    return record.model_copy(update={"expert": answer.assessor.computed_as})


def without_audits(record: ClaimRecord, hidden: Container[str]) -> ClaimRecord:
    """A claim with the audits that are hidden from somebody told as withheld.

    Args:
        record: The claim.
        hidden: Ids of audits.
    """
    told = [WITHHELD_EVIDENCE if each in hidden else each for each in record.evidence]
    return record.model_copy(update={"evidence": tuple(dict.fromkeys(told))})
