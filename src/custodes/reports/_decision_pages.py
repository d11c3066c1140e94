"""The page of decisions: what was decided about each effort, why, and what was held against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from custodes.decisions import Decision, changed_since
from custodes.judgements import Conflict
from custodes.reports._edition import Edition
from custodes.reports._evidence_pages import with_public_audits
from custodes.reports._mechanisms import largest_parts

OUTCOMES_TOLD = {"support": "supported", "reject": "not supported", "defer": "deferred"}
"""How an outcome is said of an effort."""


def published_decisions(edition: Edition, decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """The released decisions about published efforts, in the order of the round.

    A decision that is pending, or about an effort that is withheld, is nowhere; nor is the id of
    a challenge that is withheld.

    Args:
        edition: What is published.
        decisions: All there are.
    """
    known = {each.effort: each for each in decisions if each.is_released}
    known_challenges = {each.id for found in edition.challenges.values() for each in found}
    told = tuple(
        _without_withheld(known[each.id], known_challenges)
        for each in edition.record.efforts
        if each.id in known
    )
    if edition.is_whole:
        return told
    # they are digests of results that tell of withheld efforts too: guesses could be tested
    unsigned = {"assessment_sha256": "", "choice_sha256": ""}
    return tuple(each.model_copy(update=unsigned) for each in told)


def _without_withheld(decision: Decision, told: Collection[str]) -> Decision:
    return decision.model_copy(
        update={
            "challenges": tuple(each for each in decision.challenges if each in told),
            "condition": tuple(
                each if each.challenge in told else each.model_copy(update={"challenge": ""})
                for each in decision.condition
            ),
        }
    )


def decisions_page(
    edition: Edition, decisions: Sequence[Decision], *, today: dt.date | None = None
) -> dict[str, Any]:
    """What the page of decisions shows.

    Args:
        edition: What is published.
        decisions: Released decisions about published efforts.
        today: The day as of which conditions are overdue; none tells of none.
    """
    published = with_public_audits(edition.opened)
    supported = [each for each in decisions if each.outcome == "support"]
    efforts = {each.id: each for each in edition.record.efforts}
    amounts = {
        each.effort: efforts[each.effort].cost if each.amount is None else each.amount
        for each in supported
    }
    first = edition.names[0]
    return {
        "decisions": decisions,
        "today": today,
        "since": {
            each.effort: [one for one in changed_since(each, published) if one.is_against]
            for each in decisions
        },
        "efforts": efforts,
        "amounts": amounts,
        "total": sum(amounts.values()),
        "told": OUTCOMES_TOLD,
        "undecided": len(edition.record.efforts) - len(decisions),
        "alone": any(each.by_one_person for each in decisions),
        "parts": {
            each.effort: largest_parts(efforts[each.effort].worldviews[first].after)
            for each in decisions
        },
        "conflicts": {each.effort: _conflicts(edition, each.effort) for each in decisions},
    }


def _conflicts(edition: Edition, effort: str) -> tuple[Conflict, ...]:
    """Conflicts with an effort, or with the whole round, that it was decided to publish."""
    return tuple(
        each
        for each in edition.opened.conflicts
        if each.decided == "publish" and each.effort in ("", effort)
    )
