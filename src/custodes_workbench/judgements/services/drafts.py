"""Writes of drafts: what stands in an expert's form, saved while it is typed.

A draft is no act: it is nobody else's to see, so it has no entry in the history, where the time
and number of entries would tell who works on what.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from custodes_workbench.access import decide, require
from custodes_workbench.efforts.models import Effort
from custodes_workbench.judgements.models import Draft, PanelMember
from custodes_workbench.judgements.records import kept_fields
from custodes_workbench.judgements.selectors import ACT_OF, answer_round_of, facts_of_judge
from custodes_workbench.judgements.services.seats import seat_of
from custodes_workbench.people.models import User


class SavedElsewhere(Exception):  # noqa: N818 (it reads as what happened)
    """Another tab or device saved another text meanwhile; the draft holds it."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("another tab or device saved another text meanwhile")
        self.draft = draft


def open_answer_round(effort: Effort, by: User) -> int:
    """Which round of answers a person may answer in now.

    Args:
        effort: The effort.
        by: The expert.

    Raises:
        Refused: None is open to them, with the reason.
    """
    facts = facts_of_judge(by, effort)
    answer_round = answer_round_of(effort.round) or 1
    require(decide(ACT_OF[answer_round], facts))
    return answer_round


@transaction.atomic
def save_draft(
    *, effort: Effort, quantity: str, by: User, typed: Mapping[str, str], version: int
) -> Draft:
    """Keep what was typed; the same text again changes nothing.

    Args:
        effort: The effort.
        quantity: The question's name.
        by: The expert.
        typed: The form's fields.
        version: Of the draft as the form knew it; 0 where there was none.

    Raises:
        Refused: They may not answer now.
        SavedElsewhere: Another tab or device saved another text meanwhile.
    """
    answer_round = open_answer_round(effort, by)
    member = seat_of(effort=effort, by=by).member
    return keep(member, effort, quantity, answer_round, typed=typed, version=version)


def keep(
    member: PanelMember,
    effort: Effort,
    quantity: str,
    answer_round: int,
    *,
    typed: Mapping[str, str],
    version: int,
) -> Draft:
    """Write a draft at the version that the form knew.

    Raises:
        SavedElsewhere: It is at another version and holds another text.
    """
    text = kept_fields(typed)
    key = {"effort": effort, "quantity": quantity, "answer_round": answer_round}
    rows = Draft.objects.filter(member=member, **key)
    found = rows.first()
    if found is None:
        try:
            with transaction.atomic():
                return Draft.objects.create(member=member, typed=text, **key)
        except IntegrityError:  # the other tab was first by a hair
            found = rows.get()
    if found.typed == text:
        return found
    changed = rows.filter(version=version).update(
        typed=text, answer=None, saved_at=timezone.now(), version=F("version") + 1
    )
    if not changed:
        raise SavedElsewhere(rows.get())
    return rows.get()
