"""A decision's row and the library's record."""

from __future__ import annotations

from custodes.decisions import Condition as ConditionRecord
from custodes.decisions import Decision as DecisionRecord
from custodes.decisions import Dissent as DissentRecord
from custodes.decisions import FollowUp as FollowUpRecord
from custodes_workbench.decisions.models import Decision
from custodes_workbench.judgements.selectors.panel import touched_by_conflict

OFFICE = "the institution's decision makers"
"""Who decided, as the public is told: an office, no name."""
RELEASER = "a second person of the institution"
"""Who released it, as the public is told."""


def decision_record(row: Decision) -> DecisionRecord:
    """One entry of `decisions.toml`; people stand in it by their office."""
    touched = touched_by_conflict(row.effort)
    released = ""
    if row.released_at:
        released = OFFICE if row.by_one_person else RELEASER
    return DecisionRecord.model_validate(
        {
            "effort": row.effort.effort_id,
            "outcome": row.outcome,
            "amount": row.amount,
            "decided_on": row.decided_at.date(),
            "decided_by": (OFFICE,),
            "released_by": released,
            "released_on": row.released_at.date() if row.released_at else None,
            "by_one_person": row.by_one_person,
            "assessment_sha256": row.assessment.result_sha256 if row.assessment else "",
            "choice_sha256": row.choice.result_sha256 if row.choice else "",
            "reasons": row.reasons,
            "touched_by_conflict": (row.stands or "open") if touched else "",
            "touched_because": row.stands_because if touched else "",
            "challenges": row.challenges,
            "condition": conditions_of(row),
            "follow_up": [
                FollowUpRecord.model_validate(
                    {"on": each.on, "kind": each.kind, "text": each.text}
                )
                for each in row.follow_ups.all()
            ],
            "dissent": [DissentRecord(by=each.by, text=each.text) for each in row.dissents.all()],
        }
    )


def conditions_of(row: Decision) -> list[ConditionRecord]:
    """The conditions of a decision, numbered in their order as k1, k2 and so on."""
    return [
        ConditionRecord.model_validate(
            {
                "id": f"k{number}",
                "mitigation": each.mitigation,
                "challenge": each.challenge,
                "text": each.text,
                "owner": each.owner,
                "evidence": each.evidence,
                "due": each.due,
                "state": each.state,
                "reason": each.reason,
            }
        )
        for number, each in enumerate(row.conditions.all(), start=1)
    ]
