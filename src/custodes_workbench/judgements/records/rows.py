"""Rows of judging and the library's records, and a whole round from them."""

from __future__ import annotations

from custodes.judgements import WEIGHED, CalibrationAnswer, Conflict, Expert, ExpertId, Judgement
from custodes_workbench.judgements.models import (
    Answer,
    ConflictOfInterest,
    PanelMember,
    SeedAnswer,
)


def judgement_of(answer: Answer, *, expert: str) -> Judgement:
    """An answer, under the pseudonym that it is computed with.

    Args:
        answer: The row.
        expert: The pseudonym: the id of the folder read in, or `EFFORT/A`.
    """
    record = Judgement.model_validate(answer.record)
    return record.model_copy(update={"expert": expert, "round": answer.answer_round})


def expert_of(member: PanelMember, *, expert: str) -> Expert:
    """A panel member, under a pseudonym; affiliations only where a folder gave them."""
    person = member.person
    return Expert(
        expert=ExpertId(expert),
        expertise=tuple(person.expertise.splitlines()),
        affiliations=tuple(person.affiliations.splitlines()) if member.from_folder else (),
        interests=person.interests if member.from_folder else "",
        weight=member.weight,
    )


def conflict_of(row: ConflictOfInterest, *, expert: str) -> Conflict:
    """A conflict, under a pseudonym; a weight goes with the ruling that it came with."""
    as_read = dict(row.as_read)
    if row.decided not in WEIGHED:
        as_read.pop("weight", None)
    return Conflict.model_validate(
        {
            "expert": expert,
            "effort": row.effort.effort_id if row.effort else "",
            "type": row.type,
            "declared": "yes" if row.declared else "no",
            "decided": row.decided,
            "from": row.since,
            "to": row.until,
            "dismissed": "yes" if row.dismissed else "",
            "pinned": "yes" if row.pinned else "",
            "reason": row.reason,
            "rule": row.rule,
            "evidence": row.text,
            "strength": row.strength,
            "weight": row.weight,
            **as_read,
        }
    )


def seed_of(row: SeedAnswer, *, expert: str) -> CalibrationAnswer:
    """An answer to a seed question, under a pseudonym."""
    return CalibrationAnswer.model_validate(row.record).model_copy(update={"expert": expert})
