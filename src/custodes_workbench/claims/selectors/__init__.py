"""Reads of claims: what is computed, what a reader sees of them, signs, assessments."""

from custodes_workbench.claims.selectors.computed import answers_counted, round_of, standing
from custodes_workbench.claims.selectors.facts import conflict_with, facts_on
from custodes_workbench.claims.selectors.seen import (
    FEWEST,
    Pooled,
    Said,
    assessments_shown_to,
    claim_visible_to,
    claims_that_wait,
    claims_visible_to,
    may_enter,
    no_sign_told,
    own_assessor,
    pooled_shown_to,
    progress_of,
    record_shown_to,
    round_with_claims,
    sees_assessments,
    signs_shown_to,
)

__all__ = [
    "FEWEST",
    "Pooled",
    "Said",
    "answers_counted",
    "assessments_shown_to",
    "claim_visible_to",
    "claims_that_wait",
    "claims_visible_to",
    "conflict_with",
    "facts_on",
    "may_enter",
    "no_sign_told",
    "own_assessor",
    "pooled_shown_to",
    "progress_of",
    "record_shown_to",
    "round_of",
    "round_with_claims",
    "sees_assessments",
    "signs_shown_to",
    "standing",
]
