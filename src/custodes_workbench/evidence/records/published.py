"""What the audits of a round show, for a site."""

from __future__ import annotations

from custodes.assessment import evidence_of
from custodes.evidence import EvidenceRecord
from custodes.reports import with_public_audits
from custodes.rounds import Round


def evidence_to_publish(round_: Round) -> EvidenceRecord | None:
    """What the audits without a handling mark show; none where the round has no audit.

    Args:
        round_: The round, with every audit.
    """
    return evidence_of(with_public_audits(round_)) if round_.audits else None
