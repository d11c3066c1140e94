"""Filing a critique without an account, and confirming it by a signed link."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from custodes_workbench.access import Act, Facts, Refused, Role, decide, require
from custodes_workbench.history.services import record_event
from custodes_workbench.people.models import Institution
from custodes_workbench.publication.models import Critique
from custodes_workbench.publication.selectors import PublicPage, may_criticise_unnamed
from custodes_workbench.rounds.selectors import facts_of

SALT = "publication.critique"
"""Keeps the signature of a link from fitting another purpose."""
HOLDS = 3 * 24 * 60 * 60
"""Seconds for which a link holds."""


class Critic:
    """Somebody without an account, as the history names them."""

    history_name = "a critic"
    acting_as = Role.PUBLIC.value


@transaction.atomic
def file_critique(*, about: PublicPage, text: str, by: str, has_address: bool) -> Critique:
    """Keep a critique; nobody sees it before its author confirms it.

    Without a mail address it is public at once, where the institution allows that.

    Args:
        about: The page, in the version that stands now.
        text: What is held against it.
        by: As its author wants to be named; empty is anonymous.
        has_address: Whether a link goes to a mail address, which is not kept.

    Raises:
        Refused: The page is not public, or an address is needed.
    """
    facts = (
        facts_of(AnonymousUser(), about.round)
        if about.round
        else Facts(roles=frozenset({Role.PUBLIC}))
    )
    require(decide(Act.CRITICISE, facts))
    if not has_address and not may_criticise_unnamed():
        msg = "A critique needs a mail address, to which a link is sent that confirms it."
        raise Refused(msg)
    made = Critique.objects.create(
        round=about.round, page=about.page, page_version=about.version, by=by, text=text
    )
    return made if has_address else confirm_critique(critique=made)


@transaction.atomic
def confirm_critique(*, critique: Critique) -> Critique:
    """Make a critique public; confirmed again, it stays as it is.

    Args:
        critique: Which; whoever asks has shown that it is theirs.
    """
    Institution.objects.select_for_update().first()  # one number each
    row = Critique.objects.select_for_update().get(pk=critique.pk)
    if row.confirmed_at is None:
        last = Critique.objects.aggregate(last=Max("number"))["last"] or 0
        row.number, row.confirmed_at = last + 1, timezone.now()
        row.save(update_fields=["number", "confirmed_at"])
        record_event(
            "critique received",
            by=Critic(),
            subject=f"critique {row.critique_id} of {row.page}",
            round_=row.round.slug if row.round else "",
        )
    return row


def token_of(critique: Critique) -> str:
    """What the link in the mail carries."""
    return signing.dumps(critique.pk, salt=SALT)


def critique_of(token: str) -> Critique | None:
    """The critique that a link is about; none where the link does not hold."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=HOLDS)
    except signing.BadSignature:
        return None
    return Critique.objects.select_related("round").filter(pk=pk).first()
