"""A material change of a page opens every answered critique of it again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db.models import F

from custodes_workbench.decisions.models import Publication
from custodes_workbench.decisions.selectors import folder_of
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.services import Service
from custodes_workbench.publication.models import Critique, CritiqueStep
from custodes_workbench.rounds.models import Approach


def reopen_after_approach(*, approach: Approach, **_signal: object) -> None:
    """Open again what was answered about an earlier version of the approach.

    Args:
        approach: The version that was published now.
    """
    rows = Critique.objects.filter(page="approach", confirmed_at__isnull=False)
    _reopen(rows.exclude(status="received"), version=str(approach.n))


def reopen_after_publication(*, publication: Publication, **_signal: object) -> None:
    """Open again what was answered about pages that the new site of a round tells otherwise.

    Args:
        publication: The one that was released now.
    """
    before = Publication.objects.filter(
        round=publication.round_id, released_at__isnull=False, n__lt=publication.n
    ).first()
    if before is None:
        return
    rows = Critique.objects.filter(round=publication.round_id, confirmed_at__isnull=False)
    old, new = pages_told(folder_of(before)), pages_told(folder_of(publication))
    changed = [
        each
        for each in rows.exclude(status="received")
        if old.get(each.page) != new.get(each.page)
    ]
    _reopen(changed, version=str(publication.n))


def pages_told(site: Path) -> dict[str, Any]:
    """What a site tells of each effort and each decision, without how it is laid out.

    Args:
        site: The folder of the site.
    """
    record = json.loads((site / "assessment.json").read_text("utf-8"))
    told = {f"effort:{each['id']}": each for each in record["efforts"]}
    decisions = site / "decisions.json"
    if decisions.is_file():
        entries = json.loads(decisions.read_text("utf-8"))["decision"]
        told |= {f"decision:{each['effort']}": each for each in entries}
    return told


def _reopen(critiques: Iterable[Critique], *, version: str) -> None:
    for each in critiques:
        Critique.objects.filter(pk=each.pk).update(status="received", version=F("version") + 1)
        CritiqueStep.objects.create(
            critique=each,
            what="reopened",
            text=f"The page changed in version {version}.",
            page_version=version,
        )
        record_event(
            "critique reopened",
            by=Service(),
            subject=f"critique {each.critique_id} of {each.page}",
            round_=each.round.slug if each.round else "",
        )
