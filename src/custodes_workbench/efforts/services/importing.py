"""Writes of imports: keeping a file, its map, importing it, taking an import back."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes.exchange import ColumnMap, EffortsImport, against_round, with_suggested_kinds
from custodes_workbench.access import Act, Refused, decide, require
from custodes_workbench.efforts.models import Effort, Upload
from custodes_workbench.efforts.records import read_upload
from custodes_workbench.efforts.selectors import efforts_held
from custodes_workbench.efforts.services.adding import add_efforts
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import facts_of

KEPT_FOR = dt.timedelta(days=2)
"""How long a file waits to be imported."""
MOST_WAITING = 5
"""So many files of one person wait in one round; the oldest makes room."""


@transaction.atomic
def keep_upload(*, round_: Round, name: str, content: bytes, by: User) -> Upload:
    """Keep a file until it is imported; the only thing that is kept between the steps.

    Args:
        round_: The round.
        name: The file's name, with an ending that we read.
        content: The file.
        by: The officer.

    Raises:
        Refused: They may not import into this round now.
    """
    require(decide(Act.IMPORT_EFFORTS, facts_of(by, round_)))
    waiting = Upload.objects.filter(state=Upload.State.OPEN)
    waiting.filter(expires_at__lt=timezone.now()).delete()
    mine = waiting.filter(round=round_, person=by).values_list("pk", flat=True)
    Upload.objects.filter(pk__in=list(mine)[MOST_WAITING - 1 :]).delete()
    return Upload.objects.create(
        round=round_,
        person=by,
        file_name=name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        expires_at=timezone.now() + KEPT_FOR,
    )


@transaction.atomic
def keep_column_map(*, upload: Upload, columns: ColumnMap | None, by: User, version: int) -> None:
    """Keep which of their columns is which of ours.

    Args:
        upload: The file.
        columns: The map; none is guessed anew.
        by: The officer who sent the file.
        version: Of the upload as the officer saw it.

    Raises:
        Refused: They may not import now, or it changed meanwhile.
    """
    require(decide(Act.IMPORT_EFFORTS, facts_of(by, upload.round)))
    rows = Upload.objects.filter(pk=upload.pk, version=version, state=Upload.State.OPEN)
    told = columns.model_dump(mode="json") if columns else {}
    if not rows.update(column_map=told, version=F("version") + 1):
        msg = "This import changed meanwhile, in another tab; look at it again."
        raise Refused(msg)


def dry_run(upload: Upload) -> EffortsImport:
    """What an import would create and refuse, beside what the round holds; nothing is written.

    Args:
        upload: The file with its map.

    Raises:
        InputError: It is no table, or cannot be read as efforts.
    """
    read = with_suggested_kinds(read_upload(upload))
    return against_round(read, efforts_held(upload.round))


@transaction.atomic
def import_upload(
    *, upload: Upload, by: User, version: int, leave_out_refused: bool
) -> list[Effort]:
    """Put every effort of a file into the round, to be screened: all of them, or none.

    Args:
        upload: The file with its map.
        by: The officer who sent the file.
        version: Of the upload as the officer saw it.
        leave_out_refused: Whether rows that are no efforts are left out knowingly.

    Raises:
        InputError: The file cannot be read.
        Refused: They may not now, a row was refused, nothing is left, or it changed meanwhile.
    """
    require(decide(Act.IMPORT_EFFORTS, facts_of(by, upload.round)))
    round_ = Round.objects.select_for_update().get(pk=upload.round_id)
    read = dry_run(upload)
    if read.refused and not leave_out_refused:
        msg = "Some rows were refused; mend the file or the map, or say that they are left out."
        raise Refused(msg)
    if not read.efforts:
        msg = "There is nothing to import in this file."
        raise Refused(msg)
    rows = Upload.objects.filter(pk=upload.pk, version=version, state=Upload.State.OPEN)
    if not rows.update(
        state=Upload.State.DONE,
        content=b"",
        done_in_stage=round_.stage_name.value,
        version=F("version") + 1,
    ):
        msg = "This import changed meanwhile, in another tab; look at it again."
        raise Refused(msg)
    source = f"upload {upload.pk}, SHA-256 {upload.sha256}, rows left out: {len(read.refused)}"
    return add_efforts(round_=round_, efforts=read.efforts, by=by, source=source, upload=upload)


def may_take_back(upload: Upload, by: User) -> bool:
    """Whether an import can still be taken back: until the round's next stage.

    Args:
        upload: The import.
        by: The officer.
    """
    return (
        upload.state == Upload.State.DONE
        and upload.round.stage_name.value == upload.done_in_stage
        and bool(decide(Act.IMPORT_EFFORTS, facts_of(by, upload.round)))
    )


@transaction.atomic
def take_back_import(*, upload: Upload, by: User) -> int:
    """Withdraw what an import created; its ids are free again for a mended file.

    Args:
        upload: The import.
        by: The officer.

    Returns:
        How many efforts were withdrawn.

    Raises:
        Refused: The round has moved on, or they may not.
    """
    if not may_take_back(upload, by):
        msg = "An import can be taken back only until the round's next stage."
        raise Refused(msg)
    rows = Upload.objects.filter(pk=upload.pk, state=Upload.State.DONE)
    if not rows.update(state=Upload.State.UNDONE, version=F("version") + 1):
        msg = "This import was taken back already."
        raise Refused(msg)
    number = 0
    for effort in Effort.objects.filter(imported_in=upload):
        Effort.objects.filter(pk=effort.pk).update(
            state=Effort.State.WITHDRAWN,
            state_reason="the import was taken back",
            effort_id=f"{effort.effort_id[:70]}.taken-back-{effort.pk}",
            version=F("version") + 1,
        )
        number += 1
    record_event(
        "import taken back",
        by=by,
        subject=f"round {upload.round.slug}",
        round_=upload.round.slug,
        told={"number": number, "upload": str(upload.pk)},
    )
    return number
