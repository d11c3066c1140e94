"""The mark on an effort itself, as its row of `efforts.csv` says it."""

from __future__ import annotations

from custodes.disclosure import Mark
from custodes_workbench.efforts.models import Effort, Revision


def set_handling(effort: Effort, mark: Mark) -> None:
    """Write a mark into what the effort says now; answers stay bound to the same revision.

    Only for the app that keeps marks with their reasons: it asks for the ruling and writes the
    history, in the transaction of this change.

    Args:
        effort: The effort.
        mark: Its mark.
    """
    revision = Revision.objects.select_for_update().get(pk=effort.revision.pk)
    handling = "" if mark is Mark.OPEN else mark.value
    revision.record = revision.record | {"handling": handling}
    revision.save(update_fields=["record"])
