"""Writes of calls: what is sought."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from custodes_workbench.access import Act, decide, require
from custodes_workbench.efforts.models import CallText
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of


@transaction.atomic
def write_call(*, round_: Round, sought: str, published: str, by: User, version: int) -> None:
    """Say what a call seeks, and what of an application will be published.

    Args:
        round_: The round.
        sought: What is sought.
        published: What will be published.
        by: The officer.
        version: Of the text as the officer saw it; 0 where there was none.

    Raises:
        Refused: They may not change this round's settings now.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.SET_UP_ROUND, facts_of(by, round_)))
    said = {"sought": sought, "published": published}
    if version == 0:
        _, made = CallText.objects.get_or_create(round=round_, defaults=said)
        if not made:
            raise ChangedMeanwhileError
    elif not CallText.objects.filter(round=round_, version=version).update(
        version=F("version") + 1, **said
    ):
        raise ChangedMeanwhileError
    record_event(
        "call written", by=by, subject=f"round {round_.slug}", round_=round_.slug, told=said
    )
