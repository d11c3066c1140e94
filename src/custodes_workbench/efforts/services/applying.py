"""Writes of applicants: drafts, submitting, revising, withdrawing.

A draft is no act: it is nobody else's to see, so it has no entry in the history.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes_workbench.access import Act, Refused, Relation, Role, Ruling, decide, require
from custodes_workbench.efforts.models import Application, Effort, Revision, Standing
from custodes_workbench.efforts.records import (
    FormFault,
    ReadApplication,
    explanation_of,
    kept,
    read_application,
    typed_of,
)
from custodes_workbench.efforts.selectors import facts_about
from custodes_workbench.efforts.services.adding import next_order
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import User
from custodes_workbench.people.services import become_applicant
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.records import settings_of
from custodes_workbench.rounds.selectors import facts_of

MOST_CLAIMS = 20
"""So many claims has one application at most."""
MOST_DRAFTS = 20
"""So many drafts has one person in one round at most."""
_RUN_THE_ROUND = frozenset(
    {Role.OFFICER, Role.LEAD_OFFICER, Role.DECISION_MAKER, Role.EXPERT, Role.AUDITOR}
)


class SavedElsewhere(Exception):  # noqa: N818 (it reads as what happened)
    """Another tab or device saved another text meanwhile; the draft holds it."""

    def __init__(self, draft: Application) -> None:
        super().__init__("another tab or device saved another text meanwhile")
        self.draft = draft


@transaction.atomic
def begin_application(*, round_: Round, by: User) -> Application:
    """Start an application; during the call any signed-in person may, and becomes an applicant.

    Args:
        round_: The round.
        by: Who applies.

    Raises:
        Refused: There is no call, they help to run the round, or they have too many drafts.
    """
    require(_may_apply(by, round_))
    if Application.objects.filter(round=round_, person=by).count() >= MOST_DRAFTS:
        msg = f"You have {MOST_DRAFTS} drafts in this round; finish or drop one first."
        raise Refused(msg)
    become_applicant(person=by, round_=round_.slug, facts=facts_of(by, round_))
    return Application.objects.create(
        round=round_, person=by, claims=["c1"], claims_made=1, typed={}
    )


def _may_apply(by: User, round_: Round) -> Ruling:
    facts = facts_of(by, round_)
    if not by.alone and facts.roles & _RUN_THE_ROUND:
        reason = "You may not apply to this round: you help to run it, judge in it or decide."
        return Ruling(allowed=False, reason=reason)
    return decide(Act.APPLY, facts)


@transaction.atomic
def begin_revision(*, effort: Effort, by: User) -> Application:
    """Open the form on what was sent in, to change it or to answer what was asked.

    Args:
        effort: The person's own effort.
        by: The applicant.

    Raises:
        Refused: It is not theirs, or cannot be changed now.
    """
    require(may_revise(by, effort))
    revision = effort.revision
    claims = [claim.id for claim in explanation_of(revision).claims] or ["c1"]
    made = max([int(claim[1:]) for claim in _claims_ever(effort)] or [1])
    draft, _ = Application.objects.get_or_create(
        effort=effort,
        person=by,
        defaults={
            "round": effort.round,
            "typed": typed_of(revision),
            "claims": claims,
            "claims_made": made,
        },
    )
    return draft


def _claims_ever(effort: Effort) -> set[str]:
    return {
        claim.id
        for revision in effort.revisions.all()
        for claim in explanation_of(revision).claims
    }


def may_revise(by: User, effort: Effort) -> Ruling:
    """Whether an applicant may send a next revision: in the call, or when more was asked for.

    Args:
        by: The applicant.
        effort: Their effort.
    """
    facts = facts_about(by, effort)
    if facts.relation is not Relation.OWN:
        return Ruling(allowed=False, reason="You may not change this application: not yours.")
    ruling = decide(Act.EDIT_APPLICATION, facts)
    if not ruling:
        return ruling
    open_states = {Effort.State.MORE_ASKED}
    if decide(Act.APPLY, facts):
        open_states.add(Effort.State.SUBMITTED)
    if effort.state in open_states:
        return Ruling(allowed=True)
    return Ruling(
        allowed=False, reason=f"You may not change this application: {effort.get_state_display()}."
    )


def may_write(by: User, draft: Application) -> Ruling:
    """Whether a draft can still be written and sent.

    Args:
        by: Its writer.
        draft: The draft.
    """
    return may_revise(by, draft.effort) if draft.effort else _may_apply(by, draft.round)


@transaction.atomic
def save_draft(
    *, draft: Application, by: User, posted: Mapping[str, str], version: int
) -> Application:
    """Keep what was typed; the same text again changes nothing.

    Args:
        draft: The draft.
        by: Its writer.
        posted: The form's fields.
        version: Of the draft as the form knew it.

    Raises:
        Refused: Nothing can be sent any more.
        SavedElsewhere: Another tab or device saved another text meanwhile.
    """
    require(may_write(by, draft))
    current = _still_there(draft, by)
    typed = kept(posted, current.claims)
    if typed == current.typed:
        return current
    return _update(current, version, typed=typed)


def _still_there(draft: Application, by: User) -> Application:
    """The draft, locked; another tab may have sent it in or thrown it away meanwhile."""
    rows = Application.objects.select_for_update().filter(pk=draft.pk, person=by)
    current = rows.first()
    if current is None:
        msg = "This draft was sent in or thrown away meanwhile."
        raise Refused(msg)
    return current


def _update(current: Application, version: int, **values: object) -> Application:
    rows = Application.objects.filter(pk=current.pk, version=version)
    changed = rows.update(saved_at=timezone.now(), version=F("version") + 1, **values)
    fresh = Application.objects.select_related("round", "effort").get(pk=current.pk)
    if not changed:
        raise SavedElsewhere(fresh)
    return fresh


@transaction.atomic
def add_claim(*, draft: Application, by: User) -> Application:
    """Add an empty claim, under an id that no other claim ever had.

    Args:
        draft: As it was just saved.
        by: Its writer.

    Raises:
        Refused: There are too many, or nothing can be sent any more.
    """
    require(may_write(by, draft))
    if len(draft.claims) >= MOST_CLAIMS:
        msg = f"An application has at most {MOST_CLAIMS} claims."
        raise Refused(msg)
    made = draft.claims_made + 1
    return _update(draft, draft.version, claims=[*draft.claims, f"c{made}"], claims_made=made)


@transaction.atomic
def remove_claim(*, draft: Application, by: User, claim: str) -> Application:
    """Take a claim out of a draft, with what was typed about it.

    Args:
        draft: As it was just saved.
        by: Its writer.
        claim: The claim's id.

    Raises:
        Refused: Nothing can be sent any more.
    """
    require(may_write(by, draft))
    typed = {name: text for name, text in draft.typed.items() if not name.startswith(f"{claim}-")}
    claims = [each for each in draft.claims if each != claim]
    return _update(draft, draft.version, claims=claims, typed=typed)


@transaction.atomic
def drop_draft(*, draft: Application, by: User) -> None:
    """Throw a draft away; what was sent in stays as it is.

    Args:
        draft: The draft.
        by: Its writer.
    """
    Application.objects.filter(pk=draft.pk, person=by).delete()


def read_draft(draft: Application) -> ReadApplication:
    """What a draft says, with everything that is wrong with it.

    Args:
        draft: The draft.
    """
    effort_id = draft.effort.effort_id if draft.effort else _free_id(draft)
    currency = settings_of(draft.round).currency
    read = read_application(draft.typed, draft.claims, effort_id=effort_id, currency=currency)
    if draft.effort and not str(draft.typed.get("what_changed", "")).strip():
        read.faults.append(
            FormFault("what_changed", "What changed", "it is not answered; write an answer")
        )
        read.record = None
    return read


@transaction.atomic
def submit_application(*, draft: Application, by: User) -> Effort | None:
    """Send a draft in: a new effort, or the next revision of one; none where it has faults.

    Args:
        draft: As it was just saved.
        by: Its writer.

    Raises:
        Refused: Nothing can be sent any more.
    """
    require(may_write(by, draft))
    Round.objects.select_for_update().get(pk=draft.round_id)  # one id and one place each
    _still_there(draft, by)
    read = read_draft(draft)
    if read.record is None or read.explanation is None:
        return None
    effort = draft.effort or Effort.objects.create(
        round=draft.round,
        effort_id=read.record.id,
        order=next_order(draft.round),
        applicant=by,
    )
    last = effort.revisions.first()
    Revision.objects.create(
        effort=effort,
        n=last.n + 1 if last else 1,
        record=read.record.model_dump(mode="json"),
        explanation=read.explanation.model_dump(mode="json"),
        what_changed=str(draft.typed.get("what_changed", "")),
        by=by,
    )
    if last is None:
        Standing.objects.create(effort=effort, person=by, relation=Relation.OWN, because="applied")
    else:
        Effort.objects.filter(pk=effort.pk).update(
            state=Effort.State.SUBMITTED, version=F("version") + 1
        )
    draft.delete()
    record_event(
        "application revised" if last else "application submitted",
        by=by,
        subject=effort.history_name,
        round_=effort.round.slug,
        told={"revision": last.n + 1 if last else 1},
    )
    return Effort.objects.select_related("round").get(pk=effort.pk)


def _free_id(draft: Application) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", draft.title.casefold()).strip("-")[:60] or "effort"
    taken = set(
        Effort.objects.filter(round=draft.round_id, effort_id__startswith=stem).values_list(
            "effort_id", flat=True
        )
    )
    # a number after the title would tell that somebody else has the same one
    names = iter(lambda: f"{stem}-{secrets.token_hex(3)}", "")
    return next(each for each in names if each not in taken)


@transaction.atomic
def withdraw_application(*, effort: Effort, by: User, reason: str, version: int) -> None:
    """Take an application back; it stays in the register as withdrawn.

    Args:
        effort: The person's own effort.
        by: The applicant.
        reason: Why.
        version: Of the effort as the person saw it.

    Raises:
        Refused: They may not, gave no reason, or it changed meanwhile.
    """
    require(decide(Act.WITHDRAW_APPLICATION, facts_about(by, effort)))
    if not reason.strip():
        msg = "Say why you withdraw it."
        raise Refused(msg)
    rows = Effort.objects.filter(pk=effort.pk, version=version).exclude(
        state__in=(Effort.State.WITHDRAWN, Effort.State.REJECTED)
    )
    if not rows.update(
        state=Effort.State.WITHDRAWN, state_reason=reason, version=F("version") + 1
    ):
        msg = "This application changed meanwhile; look at it again."
        raise Refused(msg)
    Application.objects.filter(effort=effort).delete()
    record_event(
        "application withdrawn",
        by=by,
        subject=effort.history_name,
        round_=effort.round.slug,
        reason=reason,
    )
