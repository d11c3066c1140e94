"""Making a round."""

from __future__ import annotations

import re

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes.exchange import is_demo_round
from custodes.rounds import Round as LibraryRound
from custodes_workbench.access import Act, Stage, decide, require
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import Institution, User
from custodes_workbench.people.selectors import the_institution
from custodes_workbench.rounds.models import Round, RoundStage, RoundWorldview
from custodes_workbench.rounds.selectors import facts_of


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


def new_round_starts_with() -> dict[str, str]:
    """What a new round begins with: the institution's name, currency and verdict."""
    found = the_institution()
    if found is None:
        return {}
    return {"institution": found.name, "currency": found.currency, "verdict": found.verdict}


def _free_slug(title: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-")[:60] or "round"
    taken = set(Round.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 2)))
    return next(each for each in names if each not in taken)


@transaction.atomic
def say_who_decides_instead(*, round_: Round, who: str, by: User, version: int) -> None:
    """Say who decides where a decision maker and every substitute have a conflict.

    Args:
        round_: The round.
        who: A name or an office.
        by: Who says so.
        version: Of the round as the person saw it.

    Raises:
        Refused: They may not give roles in this round.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.GIVE_ROLES, facts_of(by, round_)))
    seen = Round.objects.filter(pk=round_.pk, version=version)
    if not seen.update(decides_instead=who.strip(), version=F("version") + 1):
        raise ChangedMeanwhileError
    record_event(
        "said who decides instead",
        by=by,
        subject=f"round {round_.slug}",
        round_=round_.slug,
        told={"who": who.strip()},
    )
