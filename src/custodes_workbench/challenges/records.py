"""A challenge's row and the library's record."""

from __future__ import annotations

from custodes.challenges import Challenge as ChallengeRecord
from custodes_workbench.challenges.models import Challenge


def challenge_record(row: Challenge) -> ChallengeRecord:
    """One row of `challenges.csv`."""
    return ChallengeRecord.model_validate(
        {
            "id": row.challenge_id,
            "effort": row.effort.effort_id,
            "claim": row.claim,
            "by": row.by,
            "text": row.text,
            "quantity": row.quantity,
            "p05": row.p05,
            "p50": row.p50,
            "p95": row.p95,
            "status": row.status,
            "raised_at": row.raised_at.date().isoformat() if row.person_id else "",
            "owner": row.owner,
            "due": row.due.isoformat() if row.due else "",
            "answer": row.answer,
            "answered_by": row.answered_as,
            "answered_at": row.answered_at.date().isoformat() if row.answered_at else "",
            "reply": row.reply,
            "ruling": row.ruling,
            "ruled_by": row.ruled_as,
            **row.as_read,
        }
    )
