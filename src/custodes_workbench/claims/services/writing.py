"""Writing a claim down, changing it, and moving it on; what stood before is kept."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from django.db import transaction
from django.utils import timezone

from custodes.evidence import Claim as ClaimRecord
from custodes.evidence import Standing
from custodes.judgements import Verdict
from custodes.rounds import Round as LibraryRound
from custodes_workbench.access import Act, decide, require
from custodes_workbench.claims.models import (
    REPLY_DAYS,
    Assessor,
    Claim,
    ClaimAnswer,
    ClaimVersion,
)
from custodes_workbench.claims.records import claim_record
from custodes_workbench.claims.selectors import facts_on, progress_of, standing
from custodes_workbench.history.services import record_event
from custodes_workbench.judgements.models import PanelMember
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of

CLAIMANT = "the claimant"
ON_BEHALF = "a programme officer, on the claimant's behalf"
_STATED = (
    *("effort", "system", "claimant", "hazard", "scale", "text", "evidence", "published_at"),
    *("address", "sha256", "language", "definition_of_alignment", "says_so", "benchmark"),
    *("improvement", "claimed_cut", "credited", "handling"),
)
"""What a change of a claim can change; verdict, reply, standing, `kept` have their own acts."""


class IdTakenError(Exception):
    """The round has a claim of this id already."""


class NotNowError(Exception):
    """The claim is not so far, or further already; the message says what is missing."""


@transaction.atomic
def enter_claim(*, round_: Round, record: ClaimRecord, by: User, reason: str) -> ClaimVersion:
    """Write a claim down, as a draft that officers alone see.

    Args:
        round_: The round.
        record: What was said; no other claim of the round has its id.
        by: Who writes it down.
        reason: Why it is taken up.

    Raises:
        Refused: They may not.
        IdTakenError: There is one of this id.
    """
    require(decide(Act.ENTER_CLAIM, facts_of(by, round_)))
    Round.objects.select_for_update().get(pk=round_.pk)
    ids = Claim.objects.filter(round=round_).values_list("claim_id", flat=True)
    if record.id.casefold() in {each.casefold() for each in ids}:
        raise IdTakenError
    claim = Claim.objects.create(round=round_, claim_id=record.id)
    first = record.model_copy(update={"standing": "draft"})
    return _keep(claim, first, by=by, reason=reason, action="claim written down")


@transaction.atomic
def change_claim(
    *, version: ClaimVersion, record: ClaimRecord, by: User, n: int, reason: str
) -> ClaimVersion:
    """Change what is said of a claim; its verdict, reply and standing stay.

    A change of what was published makes it `revised`.

    Args:
        version: The claim as it stands.
        record: As it should be.
        by: Who changes it.
        n: The version that the person saw.
        reason: Why.

    Raises:
        Refused: They may not.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.ENTER_CLAIM, facts_on(by, version)))
    claim = _locked(version, n)
    before = claim_record(version)
    said = {name: getattr(record, name) for name in _STATED}
    standing_ = "revised" if before.is_published else before.standing
    after = before.model_copy(update={**said, "standing": standing_})
    return _keep(
        claim, after, by=by, reason=reason, action="claim changed", reply_by=version.reply_by
    )


@transaction.atomic
def send_to_claimant(
    *, version: ClaimVersion, contact: User | None, by: User, n: int, reason: str
) -> ClaimVersion:
    """End the assessing: from here on the claimant and those who work on the round read it.

    Args:
        version: The claim as it stands; being assessed.
        contact: Who may reply for the claimant; none where an officer writes the reply down.
        by: Who sends it.
        n: The version that the person saw.
        reason: A word to the history.

    Raises:
        Refused: They may not.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
        NotNowError: It is not being assessed, or nobody has assessed it.
    """
    require(decide(Act.PUBLISH_CLAIM, facts_on(by, version)))
    claim = _locked(version, n)
    record = claim_record(version)
    if record.standing != "assessing":
        msg = "the claim is not being assessed now"
        raise NotNowError(msg)
    if not progress_of(version)[0]:
        msg = "nobody has assessed it yet; there is nothing to send"
        raise NotNowError(msg)
    claim.contact = contact
    claim.reply_due = working_days_after(timezone.localdate(), REPLY_DAYS)
    claim.save(update_fields=["contact", "reply_due"])
    after = record.model_copy(update={"standing": "with_claimant"})
    return _keep(
        claim,
        after,
        by=by,
        reason=reason,
        action="claim sent to its claimant",
        reply_by=version.reply_by,
    )


@transaction.atomic
def reply_to_claim(*, version: ClaimVersion, text: str, by: User, n: int) -> ClaimVersion:
    """Keep what the claimant replies, unedited; who wrote it down is said.

    Args:
        version: The claim as it stands; with the claimant, or published.
        text: The reply.
        by: The claimant's contact, or an officer on their behalf.
        n: The version that the person saw.

    Raises:
        Refused: They may not.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
        NotNowError: The assessment has not gone to the claimant yet.
    """
    require(decide(Act.REPLY_TO_CLAIM, facts_on(by, version)))
    claim = _locked(version, n)
    record = claim_record(version)
    if record.standing != "with_claimant" and not record.is_published:
        msg = "the assessment is not with the claimant; send it first"
        raise NotNowError(msg)
    whose = CLAIMANT if claim.contact_id == by.pk else ON_BEHALF
    after = record.model_copy(update={"reply": text})
    return _keep(
        claim,
        after,
        by=by,
        reason=f"Reply, written down by {whose}.",
        action="claim replied to",
        reply_by=whose,
    )


@transaction.atomic
def publish_claim(
    *,
    version: ClaimVersion,
    verdict: Verdict,
    kept: Literal["yes", "no", ""],
    by: User,
    n: int,
    reason: str,
) -> ClaimVersion:
    """Publish what assessors say of a claim, with the verdict and whether it was kept since.

    What was published before is then `revised`.

    Args:
        version: The claim as it stands; with the claimant, or published.
        verdict: The published verdict; empty where none is given in a word.
        kept: Whether it was kept since; empty is not known.
        by: Who publishes it.
        n: The version that the person saw.
        reason: Why.

    Raises:
        Refused: They may not.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
        NotNowError: It has not been with the claimant, or is withdrawn.
    """
    require(decide(Act.PUBLISH_CLAIM, facts_on(by, version)))
    claim = _locked(version, n)
    record = claim_record(version)
    if record.standing != "with_claimant" and not record.is_published:
        msg = "the claimant has not had the assessment; send it to them first"
        raise NotNowError(msg)
    now: Standing = "revised" if record.is_published else "published"
    after = record.model_copy(update={"standing": now, "assessment": verdict, "kept": kept})
    return _keep(
        claim, after, by=by, reason=reason, action="claim published", reply_by=version.reply_by
    )


@transaction.atomic
def withdraw_claim(*, version: ClaimVersion, by: User, n: int, reason: str) -> ClaimVersion:
    """Withdraw a claim: it moves nothing any more, and stays with the reason.

    Args:
        version: The claim as it stands.
        by: Who withdraws it.
        n: The version that the person saw.
        reason: Why.

    Raises:
        Refused: They may not.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
        NotNowError: It is withdrawn already.
    """
    require(decide(Act.PUBLISH_CLAIM, facts_on(by, version)))
    claim = _locked(version, n)
    record = claim_record(version)
    if record.standing == "withdrawn":
        msg = "the claim is withdrawn already"
        raise NotNowError(msg)
    after = record.model_copy(update={"standing": "withdrawn"})
    return _keep(
        claim, after, by=by, reason=reason, action="claim withdrawn", reply_by=version.reply_by
    )


@transaction.atomic
def read_in_claims(*, row: Round, round_: LibraryRound, source: str, by: User) -> None:
    """Keep the claims of a round's folder and what its experts say of them; part of another write.

    Args:
        row: The round, just made, with its panel.
        round_: As the library read it.
        source: The folder's name.
        by: Who reads it in.
    """
    members = {each.code: each for each in PanelMember.objects.filter(round=row)}
    for record in round_.claims:
        claim = Claim.objects.create(round=row, claim_id=record.id)
        reply_by = f"{source}, as the claimant's" if record.reply else ""
        _keep(
            claim,
            record,
            by=by,
            reason=f"Read in with {source}.",
            action="claim read in",
            reply_by=reply_by,
        )
        answers = [each for each in round_.judgements if each.effort == record.subject]
        assessors: dict[str, Assessor] = {}
        for n, answer in enumerate(answers, start=1):
            if answer.expert not in assessors:
                assessors[answer.expert] = Assessor.objects.create(
                    claim=claim,
                    person=members[answer.expert].person,
                    code=answer.expert,
                    from_folder=True,
                    handed_in_at=timezone.now(),
                )
            ClaimAnswer.objects.create(
                assessor=assessors[answer.expert],
                n=n,
                quantity=answer.quantity,
                record=answer.model_dump(mode="json"),
                claim_version=1,
            )


def working_days_after(day: dt.date, number: int) -> dt.date:
    """The day that lies so many working days later; holidays are not known.

    >>> working_days_after(dt.date(2027, 3, 5), 1)
    datetime.date(2027, 3, 8)
    """
    left = number
    while left:
        day += dt.timedelta(days=1)
        left -= day.weekday() < 5  # noqa: PLR2004 (Monday to Friday)
    return day


def _locked(version: ClaimVersion, n: int) -> Claim:
    """The claim; nobody else changes it until the transaction ends."""
    claim = Claim.objects.select_for_update().get(pk=version.claim_id)
    now = next(each for each in standing(version.claim.round) if each.claim_id == claim.pk)
    if now.n != n:
        raise ChangedMeanwhileError
    return claim


def start_assessing(version: ClaimVersion, *, by: User) -> None:
    """A draft of which somebody is asked is being assessed; part of another write."""
    record = claim_record(version)
    if record.standing == "draft":
        after = record.model_copy(update={"standing": "assessing"})
        _keep(
            version.claim,
            after,
            by=by,
            reason="Somebody was asked to assess it.",
            action="claim goes to its assessors",
            reply_by=version.reply_by,
        )


def _keep(
    claim: Claim,
    record: ClaimRecord,
    *,
    by: User,
    reason: str,
    action: str,
    reply_by: str = "",
) -> ClaimVersion:
    last = ClaimVersion.objects.filter(claim=claim).order_by("-n").first()
    made = ClaimVersion.objects.create(
        claim=claim,
        n=last.n + 1 if last else 1,
        record=record.model_dump(mode="json"),
        reply_by=reply_by,
        reason=reason,
        made_by=by,
    )
    record_event(
        action,
        by=by,
        subject=f"{claim.history_name}/{made.n}",
        round_=claim.round.slug,
        reason=reason,
        told={"standing": record.standing or "published"},
    )
    return made
