"""Reads of judged strengths: one's own, what waits to be pooled, what was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from custodes_workbench.access import Act, Relation, decide
from custodes_workbench.evidence.models import Audit, AuditVersion, StrengthAnswer
from custodes_workbench.evidence.records import audit_record
from custodes_workbench.evidence.selectors.computed import standing
from custodes_workbench.evidence.selectors.facts import facts_on
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import roles_held
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardToJudge:
    """The judging of one hazard of a system, as those who close it see it; no number."""

    hazard: str
    waiting: int
    """Experts whose answers are not pooled yet."""
    pooled: int
    """Experts whose answers are."""


def own_strength(reader: Reader, audit: Audit, hazard: str) -> StrengthAnswer | None:
    """What a reader said last of an audit's tests for a hazard; none before they did.

    Args:
        reader: Signed in or not.
        audit: The audit.
        hazard: The hazard.
    """
    if not isinstance(reader, User):
        return None
    rows = StrengthAnswer.objects.filter(audit=audit, hazard=hazard, judge__person=reader)
    return rows.order_by("pk").last()


def strengths_counted(round_: Round, system_id: str, hazard: str) -> list[StrengthAnswer]:
    """The newest answer of each expert about each audit, of those without a conflict, by age.

    Only for pooling; a page never shows these.

    Args:
        round_: The round.
        system_id: The system.
        hazard: The hazard.
    """
    rows = StrengthAnswer.objects.filter(
        audit__round=round_, audit__system_id=system_id, hazard=hazard
    ).select_related("judge__person", "audit")
    newest = {(row.audit_id, row.judge_id): row for row in rows.order_by("pk")}
    rows_now = sorted(newest.values(), key=lambda row: row.pk)
    return [each for each in rows_now if not _is_conflicted(each, round_, system_id)]


def _is_conflicted(answer: StrengthAnswer, round_: Round, system_id: str) -> bool:
    person = answer.judge.person
    person.held = roles_held(person)
    return facts_on(person, round_, system_id).relation is Relation.CONFLICTED


def strengths_shown_to(reader: Reader, audit: Audit, hazard: str) -> Sequence[StrengthAnswer]:
    """What experts said of an audit's tests, by letter, once it was pooled; nothing before.

    Args:
        reader: Signed in or not.
        audit: The audit.
        hazard: The hazard.
    """
    own = own_strength(reader, audit, hazard) is not None
    facts = facts_on(reader, audit.round, audit.system_id, own_handed_in=own)
    if not decide(Act.SEE_STRENGTHS, facts):
        return []
    rows = StrengthAnswer.objects.filter(audit=audit, hazard=hazard, pooled_in__isnull=False)
    return list(rows.select_related("judge").order_by("judge__letter", "pk"))


def hazards_to_judge(round_: Round, system_id: str) -> list[HazardToJudge]:
    """The hazards that the audits of a system test, with how many experts have answered.

    Only behind a ruling.

    Args:
        round_: The round.
        system_id: The system.
    """
    tested = {
        hazard
        for version in standing(round_)
        if version.audit.system_id == system_id and not version.withdrawn_because
        for hazard in audit_record(version).hazards
    }
    found = []
    for hazard in sorted(tested):
        rows = strengths_counted(round_, system_id, hazard)
        waiting = {each.judge_id for each in rows if each.pooled_in_id is None}
        pooled = {each.judge_id for each in rows} - waiting
        found.append(HazardToJudge(hazard=hazard, waiting=len(waiting), pooled=len(pooled)))
    return found


def may_judge_strength(reader: Reader, version: AuditVersion) -> bool:
    """Whether a reader may say how strong an audit's tests are."""
    facts = facts_on(reader, version.audit.round, version.audit.system_id)
    return not version.withdrawn_because and bool(decide(Act.JUDGE_STRENGTH, facts))
