"""Asking somebody to assess a claim, and what they say of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from custodes.judgements import Judgement, Verdict
from custodes.quantities import Amount
from custodes_workbench.access import Act, Role, decide, require
from custodes_workbench.claims.models import Assessor, Claim, ClaimAnswer, ClaimVersion
from custodes_workbench.claims.records import claim_record
from custodes_workbench.claims.selectors import conflict_with, facts_on, own_assessor, standing
from custodes_workbench.claims.services.writing import NotNowError, start_assessing
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class ConflictError(Exception):
    """Somebody has a conflict with a claim; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentGiven:
    """What an assessor says."""

    verdict: Verdict
    amount: Amount | None
    """How likely the claim holds; none where they cannot tell."""
    reason: str
    praise: str
    """What is helpful about the claim."""


@transaction.atomic
def assign_assessor(*, version: ClaimVersion, person: User, by: User) -> Assessor:
    """Ask somebody to assess a claim, under a letter drawn by lot; a draft is then assessed.

    Args:
        version: The claim as it stands; a draft, or being assessed.
        person: A claims assessor of the round.
        by: Who asks.

    Raises:
        Refused: They may not.
        ConflictError: The person may have no part in it.
        NotNowError: It is not to be assessed now, or the person is no claims assessor.
    """
    require(decide(Act.ASSIGN_CLAIM, facts_on(by, version)))
    claim = Claim.objects.select_for_update().get(pk=version.claim_id)
    now = _as_it_stands(version)
    record = claim_record(now)
    if record.standing not in ("draft", "assessing"):
        msg = "its assessing is over"
        raise NotNowError(msg)
    if Role.CLAIMS_ASSESSOR not in person.roles_in(claim.round.slug):
        msg = f"{person.name} is no claims assessor of this round; give them the role first"
        raise NotNowError(msg)
    conflict = conflict_with(person, now)
    if conflict:
        msg = f"{person.name} cannot assess it: {conflict}"
        raise ConflictError(msg)
    taken = set(claim.assessors.values_list("code", flat=True))
    free = [each for each in _LETTERS if each not in taken]
    if not free:
        msg = "so many assessors were asked already that there is no letter left"
        raise NotNowError(msg)
    row, made = Assessor.objects.get_or_create(
        claim=claim, person=person, defaults={"code": secrets.choice(free)}
    )
    if not made:
        row.ended_because = ""
        row.save(update_fields=["ended_because"])
    start_assessing(now, by=by)
    record_event(
        "claim assigned",
        by=by,
        subject=claim.history_name,
        round_=claim.round.slug,
        told={"to": person.history_name},
    )
    return row


@transaction.atomic
def end_assessor(*, version: ClaimVersion, assessor: Assessor, by: User, reason: str) -> None:
    """Take a claim away from an assessor; what they said stays and does not count.

    Args:
        version: The claim as it stands.
        assessor: Of the claim.
        by: Who does so.
        reason: Why.

    Raises:
        Refused: They may not.
    """
    require(decide(Act.ASSIGN_CLAIM, facts_on(by, version)))
    Assessor.objects.filter(pk=assessor.pk, claim=version.claim).update(ended_because=reason)
    record_event(
        "claim taken from an assessor",
        by=by,
        subject=version.claim.history_name,
        round_=version.claim.round.slug,
        reason=reason,
        told={"from": assessor.person.history_name},
    )


@transaction.atomic
def assess_claim(
    *, version: ClaimVersion, given: AssessmentGiven, by: User, n: int
) -> ClaimAnswer:
    """Hand an assessment in, or another in its place; every one is kept.

    Args:
        version: The claim as it stands; being assessed.
        given: What the assessor says.
        by: The assessor.
        n: How many assessments of their own the person saw.

    Raises:
        Refused: They may not; a conflict with the claim stands in the way too.
        ChangedMeanwhileError: They have saved another meanwhile.
        NotNowError: Its assessing is over.
    """
    require(decide(Act.ASSESS_CLAIM, facts_on(by, version)))
    Claim.objects.select_for_update().get(pk=version.claim_id)
    now = _as_it_stands(version)
    row = own_assessor(by, now)
    if row is None or claim_record(now).standing != "assessing":
        msg = "its assessing is over"
        raise NotNowError(msg)
    if row.answers.count() != n:
        raise ChangedMeanwhileError
    amount = given.amount
    answer = Judgement(
        effort=claim_record(now).subject,
        expert=row.computed_as,
        quantity="claim_holds",
        p05=amount.p05 if amount else None,
        p50=amount.p50 if amount else None,
        p95=amount.p95 if amount else None,
        abstain="" if amount else "cannot_be_known",
        reason=given.reason,
        verdict=given.verdict,
        praise=given.praise,
    )
    made = ClaimAnswer.objects.create(
        assessor=row,
        n=n + 1,
        quantity="claim_holds",
        record=answer.model_dump(mode="json"),
        claim_version=now.n,
    )
    if row.handed_in_at is None:
        row.handed_in_at = timezone.now()
        row.save(update_fields=["handed_in_at"])
    record_event(
        "claim assessed",
        by=by,
        subject=f"{version.claim.history_name}/{now.n}",
        round_=version.claim.round.slug,
        told={"answer": made.n},
    )
    return made


def _as_it_stands(version: ClaimVersion) -> ClaimVersion:
    rows = standing(version.claim.round)
    return next(each for each in rows if each.claim_id == version.claim_id)
