"""The institution's approach: written, proposed by one person, published by another."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from custodes_workbench.access import Act, Refused, by_one_person, decide, require
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import Institution, User
from custodes_workbench.rounds.models import Approach
from custodes_workbench.rounds.signals import approach_published


@transaction.atomic
def write_approach(*, text: str, by: User, version: int) -> Approach:
    """Save the draft of the next version; there is one draft at a time.

    Args:
        text: The whole text.
        by: Who writes it.
        version: Of the draft as the person saw it; 0 where there was none.

    Raises:
        Refused: They may not.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.WRITE_APPROACH, by.facts))
    institution, _ = Institution.objects.get_or_create(defaults={"name": "The institution"})
    draft = Approach.objects.select_for_update().filter(published_at=None).first()
    if draft is None:
        if version:
            raise ChangedMeanwhileError
        last = Approach.objects.filter(institution=institution).first()
        draft = Approach.objects.create(
            institution=institution, n=(last.n if last else 0) + 1, text=text, written_by=by
        )
    else:
        seen = Approach.objects.filter(pk=draft.pk, version=version)
        if not seen.update(text=text, written_by=by, proposed_by=None, version=F("version") + 1):
            raise ChangedMeanwhileError
    record_event("approach written", by=by, subject=f"approach {draft.n}")
    return draft


@transaction.atomic
def propose_approach(*, by: User) -> Approach:
    """Ask for the draft to be published; one person alone publishes it at once.

    Args:
        by: Who proposes it.

    Raises:
        Refused: They may not, or there is no draft.
    """
    require(decide(Act.WRITE_APPROACH, by.facts))
    draft = _draft()
    Approach.objects.filter(pk=draft.pk).update(proposed_by=by, version=F("version") + 1)
    record_event("approach proposed", by=by, subject=f"approach {draft.n}")
    if by.alone:
        return confirm_approach(by=by)
    return draft


@transaction.atomic
def confirm_approach(*, by: User) -> Approach:
    """Publish the proposed draft; it can never be changed afterwards.

    Args:
        by: Who confirms; not who proposed it, unless one person is alone.

    Raises:
        Refused: They may not, proposed it themselves, or nothing is proposed.
    """
    require(decide(Act.PUBLISH_APPROACH, by.facts))
    draft = _draft()
    if draft.proposed_by_id is None:
        msg = "Nobody has proposed this draft yet."
        raise Refused(msg)
    alone = by_one_person(
        Act.PUBLISH_APPROACH,
        prepared_by=draft.proposed_by_id,
        confirmed_by=by.pk,
        alone=by.alone,
    )
    Approach.objects.filter(pk=draft.pk).update(
        published_at=timezone.now(), published_by=by, by_one_person=alone
    )
    record_event("approach published", by=by, subject=f"approach {draft.n}", by_one_person=alone)
    published = Approach.objects.get(pk=draft.pk)
    approach_published.send(Approach, approach=published)
    return published


def _draft() -> Approach:
    draft = Approach.objects.select_for_update().filter(published_at=None).first()
    if draft is None:
        msg = "There is no draft."
        raise Refused(msg)
    return draft
