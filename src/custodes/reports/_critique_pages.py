"""The page of public critique, and the approach with what each version changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import zip_longest
from typing import Any

from custodes.decisions import (
    ApproachVersion,
    Critique,
    by_age,
    differences,
    newest_first,
)
from custodes.reports._archive import Beside
from custodes.reports._edition import Edition

STATUSES_TOLD = {
    "received": "waits for an answer",
    "answered": "answered",
    "upheld": "upheld",
    "rejected": "rejected",
}
"""How a status is said."""


def published_critiques(edition: Edition, critiques: Sequence[Critique]) -> tuple[Critique, ...]:
    """Critiques of what is published; the text of one that is withheld is nowhere.

    Args:
        edition: What is published.
        critiques: All there are.
    """
    known = {each.id for each in edition.record.efforts}
    return tuple(
        each.model_copy(update={"text": ""}) if each.withheld else each
        for each in critiques
        if not each.page.startswith(("effort:", "decision:")) or each.subject in known
    )


def critiques_page(edition: Edition, beside: Beside) -> dict[str, Any]:
    """What the page of critique shows.

    Args:
        edition: What is published.
        beside: What is published beside it; its critiques as `published_critiques` gives them.
    """
    ordered = by_age(beside.critiques)
    decided = {each.effort for each in beside.decisions}
    return {
        "critiques": ordered,
        "waiting": [each for each in ordered if each.waits],
        "status_told": STATUSES_TOLD,
        "pages_of": {each.id: _page_of(edition, each, beside, decided) for each in ordered},
    }


def _page_of(
    edition: Edition, critique: Critique, beside: Beside, decided: Collection[str]
) -> str:
    """The page of the site that is criticised; empty where the site has none."""
    sort, subject = critique.page.partition(":")[0], critique.subject
    if sort == "approach" and beside.approach:
        return "approach.html"
    if sort == "effort":
        return f"efforts/{edition.pages[subject]}"
    if sort == "decision" and subject in decided:
        return f"decisions.html#decision-{subject}"
    return ""


def approach_page(versions: Sequence[ApproachVersion]) -> dict[str, Any]:
    """What the page of the approach shows: every version with what it changed."""
    ordered = newest_first(versions)
    pairs = zip_longest(ordered, ordered[1:])
    return {
        "versions": [
            (version, differences(before.text, version.text) if before else ())
            for version, before in pairs
            if version is not None
        ]
    }
