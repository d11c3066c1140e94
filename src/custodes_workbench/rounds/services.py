"""Writes of rounds: making one, opening and closing its stages."""

from __future__ import annotations

import re

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes.exchange import is_demo_round
from custodes.rounds import Round as LibraryRound
from custodes_workbench.access import SPOKEN, Act, Refused, Stage, decide, require
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import Institution, User
from custodes_workbench.rounds.models import Round, RoundStage, RoundWorldview
from custodes_workbench.rounds.selectors import facts_of

ALWAYS = (Stage.SET_UP, Stage.BLIND, Stage.ASSESSMENT, Stage.CHOICE, Stage.PUBLISHED)
"""Stages that no round leaves out."""


@transaction.atomic
def make_round(*, round_: LibraryRound, stage: Stage, by: User) -> Round:
    """Store a round's settings, worldviews, systems and mitigations, with all its stages.

    Args:
        round_: As the library read or made it; its efforts and answers are stored by their apps.
        stage: Which stage is active.
        by: Who starts it.

    Raises:
        Refused: They may not start a round.
    """
    require(decide(Act.START_ROUND, by.facts))
    settings = round_.settings
    institution, _ = Institution.objects.get_or_create(name=settings.institution)
    row = Round.objects.create(
        slug=_free_slug(settings.title),
        institution=institution,
        settings=settings.model_dump(mode="json"),
        systems=[each.model_dump(mode="json") for each in round_.systems],
        mitigations=[each.model_dump(mode="json") for each in round_.mitigations],
        is_demo=is_demo_round(settings),
    )
    now = timezone.now()
    for order, each in enumerate(Stage):
        RoundStage.objects.create(
            round=row,
            order=order,
            name=each.value,
            is_active=each is stage,
            opened_at=now if each is stage else None,
            closes_on="quorum_then_clock" if each is Stage.BLIND else "clock",
        )
    for order, worldview in enumerate(round_.worldviews):
        RoundWorldview.objects.create(
            round=row,
            order=order,
            name=worldview.name,
            record=worldview.model_dump(mode="json"),
            made_by=by,
        )
    record_event("round started", by=by, subject=f"round {row.slug}", round_=row.slug)
    return row


@transaction.atomic
def move_to_stage(*, round_: Round, to: Stage, by: User, reason: str, version: int) -> None:
    """Close the active stage and open another; going back takes two people.

    Args:
        round_: The round.
        to: The stage to open.
        by: Who opens it.
        reason: Why; required for going back and for closing early.
        version: Of the round as the person saw it.

    Raises:
        Refused: They may not, the stage is not of this round, or the round moved meanwhile.
    """
    current = Round.objects.select_for_update().get(pk=round_.pk)
    now = current.stage
    wanted = current.stages.filter(name=to.value).first()
    if wanted is None:
        msg = f"This round has no stage {SPOKEN[to]}."
        raise Refused(msg)
    back = wanted.order < now.order
    facts = facts_of(by, current)
    require(decide(Act.MOVE_STAGE_BACK if back else Act.MOVE_STAGE, facts))
    if current.version != version:
        msg = f"The round has moved to {now} meanwhile; look at it again."
        raise Refused(msg)
    if back and not reason.strip():
        msg = "Say why the round goes back; everybody who is affected will read it."
        raise Refused(msg)
    at = timezone.now()
    RoundStage.objects.filter(pk=now.pk).update(is_active=False, closed_at=at)
    RoundStage.objects.filter(pk=wanted.pk).update(is_active=True, opened_at=at, closed_at=None)
    Round.objects.filter(pk=current.pk).update(version=F("version") + 1)
    record_event(
        "stage moved back" if back else "stage opened",
        by=by,
        subject=f"stage {to.value}",
        round_=current.slug,
        reason=reason,
        by_one_person=back and by.alone,
    )


def _free_slug(title: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60] or "round"
    taken = set(Round.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 2)))
    return next(each for each in names if each not in taken)
