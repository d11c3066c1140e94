"""Reads of claims: which a reader sees, and what of signs, assessments and pools."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.urls import reverse

from custodes.disclosure import Mark, is_public, mark_of
from custodes.evidence import Claim as ClaimRecord
from custodes.evidence import (
    WarningSign,
    no_sign_of_benchmark,
    outcome_of,
    warning_signs,
)
from custodes.judgements import Judgement, PooledNumbers, pool
from custodes_workbench.access import Act, Facts, Purpose, Relation, Stage, decide
from custodes_workbench.claims.models import Assessor, ClaimAnswer, ClaimVersion
from custodes_workbench.claims.records import answer_record, claim_record, without_audits
from custodes_workbench.claims.selectors.computed import (
    answers_counted,
    aside_because,
    newest_answers,
    round_of,
    standing,
)
from custodes_workbench.claims.selectors.facts import facts_on
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.records import effort_record
from custodes_workbench.efforts.selectors import efforts_visible_to
from custodes_workbench.evidence.records import audit_record
from custodes_workbench.evidence.selectors import audits_visible_to
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import systems_of
from custodes_workbench.rounds.selectors import Reader, facts_of
from custodes_workbench.web.waiting import Waiting

FEWEST = 2
"""Fewest assessors without a conflict behind a pooled chance (paper p. 24)."""
_OPEN_STANDINGS = ("with_claimant", "published", "revised", "withdrawn", "")
"""From here on what assessors say is told to others than themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one assessor says of a claim, for a page."""

    code: str
    """The pseudonym."""
    told: Judgement
    """The answer to how likely the claim holds."""
    is_own: bool
    aside: str
    """Why it does not count; empty where it does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pooled:
    """What assessors say together."""

    assessors: int
    """How many without a conflict gave a range."""
    numbers: PooledNumbers | None
    """Their pool; none of fewer than two."""


def claims_visible_to(
    reader: Reader, round_: Round, purpose: Purpose = Purpose.PAGE
) -> list[ClaimVersion]:
    """The claims that a reader sees, as they stand; for every purpose the same.

    Args:
        reader: Signed in or not.
        round_: The round.
        purpose: What the reading is for.
    """
    if purpose is Purpose.COMPUTE:
        return []
    hidden = _marked_efforts_hidden_from(reader, round_)
    return [
        each
        for each in standing(round_)
        if claim_record(each).effort not in hidden and _sees(reader, each)
    ]


def claim_visible_to(reader: Reader, round_: Round, claim_id: str) -> ClaimVersion | None:
    """One claim as it stands; none where the reader does not see it.

    Args:
        reader: Signed in or not.
        round_: The round.
        claim_id: Its id.
    """
    for each in claims_visible_to(reader, round_):
        if each.claim.claim_id == claim_id:
            return each
    return None


def _marked_efforts_hidden_from(reader: Reader, round_: Round) -> set[str]:
    seen = {each.pk for each in efforts_visible_to(reader, round_)}
    others = Effort.objects.filter(round=round_).exclude(pk__in=seen)
    return {each.effort_id for each in others if not is_public(effort_record(each).handling)}


def _sees(reader: Reader, version: ClaimVersion) -> bool:
    facts, record = facts_on(reader, version), claim_record(version)
    if not decide(Act.SEE_CLAIM, facts):
        return False
    if not is_public(record.handling):
        if not decide(Act.SEE_MARKED_CLAIM, facts):
            return False
        is_within = mark_of(record.handling) is Mark.ROUND
        return is_within or version.claim.versions.filter(made_by_id=reader.pk).exists()
    return record.counts or _works_on(facts)


def _works_on(facts: Facts) -> bool:
    """Whether a reader sees claims for their role, and not because the round is published."""
    return bool(decide(Act.SEE_CLAIM, replace(facts, stage=Stage.CHOICE)))


def may_enter(reader: Reader, round_: Round) -> bool:
    """Whether a reader may write claims of a round down."""
    return bool(decide(Act.ENTER_CLAIM, facts_of(reader, round_)))


def round_with_claims(reader: Reader, slug: str) -> Round | None:
    """A round of which a reader sees a claim, or would if there were one; none otherwise.

    Args:
        reader: Signed in or not.
        slug: The round's address.
    """
    found = Round.objects.filter(slug=slug).prefetch_related("stages").first()
    if found is None:
        return None
    would = any(
        decide(Act.SEE_CLAIM, facts_of(reader, found, relation=each))
        for each in (Relation.STRANGER, Relation.ASSIGNED)
    )
    return found if would or claims_visible_to(reader, found) else None


def record_shown_to(reader: Reader, version: ClaimVersion) -> ClaimRecord:
    """A claim with the audits that the reader does not see told as withheld.

    Args:
        reader: Signed in or not; sees the claim.
        version: The claim as it stands.
    """
    record = claim_record(version)
    seen = {each.audit.audit_id for each in audits_visible_to(reader, version.claim.round)}
    shown = without_audits(record, set(record.evidence) - seen)
    if not sees_assessments(reader, version):
        return shown.model_copy(update={"assessment": "", "reply": ""})
    return shown


def signs_shown_to(reader: Reader, version: ClaimVersion) -> tuple[WarningSign, ...] | None:
    """The warning signs of a claim, one by one; none at all where the reader may not see them.

    They rest on the audits and the other claims that the reader sees.

    Args:
        reader: Signed in or not; sees the claim.
        version: The claim as it stands.
    """
    if not decide(Act.SEE_CLAIM_SIGNS, facts_on(reader, version)):
        return None
    round_ = version.claim.round
    systems = {each.id: each for each in systems_of(round_)}
    records = [
        audit_record(each)
        for each in audits_visible_to(reader, round_)
        if not each.withdrawn_because
    ]
    audits = [outcome_of(each, systems[each.system]) for each in records]
    others = [record_shown_to(reader, each) for each in claims_visible_to(reader, round_)]
    return warning_signs(record_shown_to(reader, version), audits, others)


def no_sign_told(version: ClaimVersion) -> str:
    """Why the claim's benchmark gives no sign; for whoever sees its signs."""
    return no_sign_of_benchmark(claim_record(version))


def sees_assessments(reader: Reader, version: ClaimVersion) -> bool:
    """Whether a reader sees what assessors say: assessors after their own, others once all have.

    Args:
        reader: Signed in or not.
        version: The claim as it stands.
    """
    facts = facts_on(reader, version)
    if not decide(Act.SEE_CLAIM_ASSESSMENTS, facts):
        return False
    is_assessor = facts.own_handed_in
    return is_assessor or claim_record(version).standing in _OPEN_STANDINGS


def assessments_shown_to(reader: Reader, version: ClaimVersion) -> list[Said]:
    """What assessors say of a claim, by pseudonym; always one's own.

    Args:
        reader: Signed in or not; sees the claim.
        version: The claim as it stands.
    """
    sees = sees_assessments(reader, version)
    newest: dict[int, ClaimAnswer] = {}
    for row in newest_answers(version):
        if row.quantity == "claim_holds":
            newest[row.assessor_id] = row
    return [
        Said(
            code=row.assessor.code,
            told=answer_record(row),
            is_own=row.assessor.person_id == reader.pk,
            aside=aside_because(row.assessor, version),
        )
        for row in sorted(newest.values(), key=lambda each: each.assessor.code)
        if sees or row.assessor.person_id == reader.pk
    ]


def pooled_shown_to(reader: Reader, version: ClaimVersion) -> Pooled | None:
    """The pooled chance that a claim holds; none where the reader may not see assessments.

    Args:
        reader: Signed in or not; sees the claim.
        version: The claim as it stands.
    """
    if not sees_assessments(reader, version):
        return None
    subject = claim_record(version).subject
    whole = round_of(version.claim.round)
    if not answers_counted(version):
        return Pooled(assessors=0, numbers=None)
    asked = whole.model_copy(
        update={"judgements": tuple(each for each in whole.judgements if each.effort == subject)}
    )
    for each in pool(asked, method="linear").questions:
        if each.subject == subject and each.quantity == "claim_holds":
            heard = each.pool.experts if each.pool else 0
            return Pooled(assessors=heard, numbers=each.pool if heard >= FEWEST else None)
    return Pooled(assessors=0, numbers=None)


def progress_of(version: ClaimVersion) -> tuple[int, int]:
    """How many assessors have handed in, and how many are asked; only behind a ruling."""
    rows = Assessor.objects.filter(claim=version.claim, ended_because="")
    return rows.exclude(handed_in_at=None).count(), rows.count()


def own_assessor(person: Reader, version: ClaimVersion) -> Assessor | None:
    """As whom somebody assesses a claim; none where they do not."""
    if not isinstance(person, User):
        return None
    return Assessor.objects.filter(
        claim=version.claim, person=person, ended_because="", from_folder=False
    ).first()


def claims_that_wait(person: User) -> Iterator[Waiting]:
    """Claims that somebody has to assess, or to which they may reply.

    Args:
        person: With the roles of the request.
    """
    for round_ in Round.objects.filter(claims__isnull=False).distinct().prefetch_related("stages"):
        for each in claims_visible_to(person, round_):
            text = _waits(person, each)
            if text:
                url = reverse("claims:claim", args=[round_.slug, each.claim.claim_id])
                yield Waiting(text=text, url=url, round=round_.title)


def _waits(person: User, version: ClaimVersion) -> str:
    facts, record = facts_on(person, version), claim_record(version)
    if record.standing == "assessing" and not facts.own_handed_in:
        return f"Assess claim {record.id}" if decide(Act.ASSESS_CLAIM, facts) else ""
    may_reply = version.claim.contact_id == person.pk and decide(Act.REPLY_TO_CLAIM, facts)
    if record.standing == "with_claimant" and not record.reply and may_reply:
        return f"Reply to the assessment of claim {record.id}"
    return ""
