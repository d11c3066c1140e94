"""The page of decisions: what was decided about each effort, why, and what was held against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from custodes.decisions import Decision
from custodes.reports._edition import Edition

OUTCOMES_TOLD = {"support": "supported", "reject": "not supported", "defer": "deferred"}
"""How an outcome is said of an effort."""


def published_decisions(edition: Edition, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The released decisions about published efforts, in the order of the round.

    A decision that is pending, or about an effort that is withheld, is nowhere.

    Args:
        edition: What is published.
        decisions: All there are.
    """
    known = {each.effort: each for each in decisions if each.is_released}
    told = tuple(known[each.id] for each in edition.record.efforts if each.id in known)
    if edition.is_whole:
        return told
    # they are digests of results that tell of withheld efforts too: guesses could be tested
    unsigned = {"assessment_sha256": "", "choice_sha256": ""}
    return tuple(each.model_copy(update=unsigned) for each in told)


def decisions_page(edition: Edition, decisions: Sequence[Decision]) -> dict[str, Any]:
    """What the page of decisions shows."""
    supported = [each for each in decisions if each.outcome == "support"]
    costs = {each.id: each.cost for each in edition.record.efforts}
    amounts = {
        each.effort: costs[each.effort] if each.amount is None else each.amount
        for each in supported
    }
    return {
        "decisions": decisions,
        "efforts": {each.id: each for each in edition.record.efforts},
        "amounts": amounts,
        "total": sum(amounts.values()),
        "told": OUTCOMES_TOLD,
        "undecided": len(edition.record.efforts) - len(decisions),
        "alone": any(each.by_one_person for each in decisions),
    }
