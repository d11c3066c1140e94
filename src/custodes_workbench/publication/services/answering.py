"""Answering a critique in public, and withholding a text with a public reason."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from custodes.challenges import Challenge as ChallengeRecord
from custodes_workbench.access import Act, Refused, decide, require
from custodes_workbench.challenges.services import raise_challenge
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User
from custodes_workbench.publication.models import Correction, Critique, CritiqueStep
from custodes_workbench.publication.selectors import effort_of, facts_on, version_now

ANSWERS = ("answered", "upheld", "rejected")
"""What an answer can be."""


@transaction.atomic
def answer_critique(
    *, critique: Critique, status: str, answer: str, by: User, version: int
) -> None:
    """Answer, uphold or reject a critique; upheld, it opens a challenge or a correction.

    Before a decision is published an upheld critique is a challenge to the effort, which blocks
    support; afterwards it is a correction that the next publication and its feed carry.

    Args:
        critique: Which; it was confirmed.
        status: `answered`, `upheld` or `rejected`.
        answer: In words; for a rejection the reason.
        by: Who answers.
        version: Of the critique as the person saw it.

    Raises:
        Refused: They may not.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.ANSWER_CRITIQUE, facts_on(by, critique)))
    if status not in ANSWERS or critique.confirmed_at is None:
        msg = "A critique that was confirmed is answered, upheld or rejected."
        raise Refused(msg)
    _change(critique, version=version, status=status)
    _step(critique, status, answer, by=by)
    if status == "upheld":
        _act_on(critique, answer, by=by)


def _act_on(critique: Critique, answer: str, *, by: User) -> None:
    effort = effort_of(critique)
    if effort is None or Correction.objects.filter(critique=critique).exists():
        return
    if decide(Act.CHALLENGE, facts_on(by, critique)):
        text = f"Upheld critique {critique.critique_id} of {critique.page}: {critique.text}"
        given = ChallengeRecord(
            id="new", effort=effort.effort_id, by="new", text=text, status="open"
        )
        raise_challenge(effort=effort, given=given, by=by)
        return
    text = f"After critique {critique.critique_id} of {critique.page}: {answer}"
    Correction.objects.create(effort=effort, critique=critique, text=text)
    record_event(
        "correction opened",
        by=by,
        subject=effort.history_name,
        round_=effort.round.slug,
        reason=text,
    )


@transaction.atomic
def withhold_critique(*, critique: Critique, reason: str, by: User, version: int) -> None:
    """Take the text out of what the public reads; that it is there, and why, stays public.

    Args:
        critique: Which.
        reason: Why, in words that the public reads.
        by: Who moderates.
        version: Of the critique as the person saw it.

    Raises:
        Refused: They may not.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.ANSWER_CRITIQUE, facts_on(by, critique)))
    _change(critique, version=version, withheld=reason)
    _step(critique, "withheld", reason, by=by)


def _change(critique: Critique, *, version: int, **values: str) -> None:
    seen = Critique.objects.filter(pk=critique.pk, version=version)
    if not seen.update(**values, version=F("version") + 1):
        raise ChangedMeanwhileError


def _step(critique: Critique, what: str, text: str, *, by: User) -> None:
    CritiqueStep.objects.create(
        critique=critique, what=what, text=text, page_version=version_now(critique), by=by
    )
    record_event(
        f"critique {what}",
        by=by,
        subject=f"critique {critique.critique_id} of {critique.page}",
        round_=critique.round.slug if critique.round else "",
        reason=text,
    )
