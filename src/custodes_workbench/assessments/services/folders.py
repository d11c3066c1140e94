"""Reading a whole round in, from a folder or the example."""

from __future__ import annotations

from django.db import transaction

from custodes.rounds import Round as LibraryRound
from custodes_workbench.access import Stage
from custodes_workbench.challenges.services import read_in_challenges
from custodes_workbench.claims.services import read_in_claims
from custodes_workbench.efforts.services import add_efforts
from custodes_workbench.evidence.services import read_in_audits
from custodes_workbench.judgements.services import read_in_panel
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round, RoundStage
from custodes_workbench.rounds.services import make_round


@transaction.atomic
def read_in_round(*, round_: LibraryRound, source: str, by: User) -> Round:
    """Make a round of a folder that was read: settings, efforts, audits, claims, panel, answers.

    Args:
        round_: As the library read it.
        source: The folder's name, for the history.
        by: Who reads it in.

    Returns:
        The round, at assessment where it was judged, at set-up otherwise.

    Raises:
        Refused: They may not start a round.
    """
    row = make_round(round_=round_, stage=Stage.SET_UP, by=by)
    add_efforts(round_=row, efforts=round_.efforts, by=by, source=source)
    read_in_panel(row=row, round_=round_, by=by)
    read_in_challenges(row=row, challenges=round_.challenges, by=by)
    read_in_audits(row=row, audits=round_.audits, source=source, by=by)
    read_in_claims(row=row, round_=round_, source=source, by=by)
    if round_.judgements:
        RoundStage.objects.filter(round=row, name=Stage.SET_UP).update(is_active=False)
        RoundStage.objects.filter(round=row, name=Stage.ASSESSMENT).update(is_active=True)
    return Round.objects.get(pk=row.pk)
