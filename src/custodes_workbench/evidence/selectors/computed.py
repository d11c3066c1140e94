"""Reads of evidence: what is computed with, and the whole round as the library takes it."""

from __future__ import annotations

from custodes.evidence import Audit as AuditRecord
from custodes.rounds import Round as LibraryRound
from custodes_workbench.challenges.selectors import challenges_computed
from custodes_workbench.efforts.records import effort_record
from custodes_workbench.efforts.selectors import efforts_computed
from custodes_workbench.evidence.models import AuditVersion
from custodes_workbench.evidence.records import audit_record
from custodes_workbench.judgements import selectors as judging
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import (
    mitigations_of,
    settings_of,
    systems_of,
    worldview_of,
)
from custodes_workbench.rounds.selectors import worldviews_now


def standing(round_: Round) -> list[AuditVersion]:
    """The version of each audit of a round that stands, in the order in which they came.

    Only behind a ruling: it says nothing of who may see it.

    Args:
        round_: The round.
    """
    newest: dict[int, AuditVersion] = {}
    rows = AuditVersion.objects.filter(audit__round=round_).order_by("audit_id", "n")
    for row in rows.select_related("audit__round"):
        newest[row.audit_id] = row
    return list(newest.values())


def audits_computed(round_: Round) -> tuple[AuditRecord, ...]:
    """Every audit that was not withdrawn, with a handling mark or without.

    Only for `round_of`; a page never shows these.
    """
    return tuple(audit_record(each) for each in standing(round_) if not each.withdrawn_because)


def round_of(row: Round) -> LibraryRound:
    """The whole round as the library takes it, experts under their pseudonyms.

    Args:
        row: The round.
    """
    return LibraryRound(
        settings=settings_of(row),
        efforts=tuple(effort_record(each) for each in efforts_computed(row)),
        judgements=judging.judgements_computed(row),
        experts=judging.experts_computed(row),
        conflicts=judging.conflicts_computed(row),
        calibration=judging.seeds_computed(row),
        challenges=challenges_computed(row),
        worldviews=tuple(worldview_of(each) for each in worldviews_now(row)),
        systems=systems_of(row),
        mitigations=mitigations_of(row),
        audits=audits_computed(row),
    )
