"""The outbox: mails are queued with what causes them, looked at, and sent by a person."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from custodes_workbench.access import Act, Refused, decide, require
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.models import Mail
from custodes_workbench.operations.selectors import mails_visible_to
from custodes_workbench.web.waiting import Waiting

if TYPE_CHECKING:
    from custodes_workbench.people.models import User

StillWanted: TypeAlias = "Callable[[Mail], bool]"
"""Whether a mail's recipient may still get it; asked again when it is sent."""
UNREACHABLE = ".invalid"
"""No mail goes to such an address: it belongs to nobody (RFC 2606)."""

_KINDS: dict[str, StillWanted] = {}
_STOPPED: list[Callable[[str], bool]] = []


def register_mail(kind: str, still_wanted: StillWanted) -> None:
    """Add a kind of mail; called once, when the app is ready."""
    _KINDS[kind] = still_wanted


def hold_mail_of(is_stopped: Callable[[str], bool]) -> None:
    """Add what says that the mails about a round wait; called once, when the app is ready.

    Args:
        is_stopped: Whether the round at an address stands still.
    """
    _STOPPED.append(is_stopped)


def is_held(mail: Mail) -> bool:
    """Whether a mail waits because its round stands still."""
    return bool(mail.round) and any(each(mail.round) for each in _STOPPED)


def mails_that_wait(person: User) -> list[Waiting]:
    """The mails that somebody has to look at and send; those that are held are left out.

    Args:
        person: With the roles of the request.
    """
    queued = mails_visible_to(person.facts).filter(state=Mail.State.QUEUED)
    number = sum(not is_held(each) for each in queued)
    if not number:
        return []
    text = f"Send {number} mail{'s' if number > 1 else ''} from the outbox"
    return [Waiting(text=text, url=reverse("operations:outbox"))]


def queue_mail(  # noqa: PLR0913 (the columns of a mail)
    *,
    to: User,
    kind: str,
    subject: str,
    template: str,
    about: str,
    link: str,
    by: User,
    round_: str = "",
) -> Mail | None:
    """Put a mail into the outbox, in the transaction of what causes it.

    Args:
        to: Who gets it.
        kind: As it was registered.
        subject: What it speaks of, as the kind understands it.
        template: Its text; the first line is the mail's subject.
        about: What it names: a round's title, the institution.
        link: Where it leads.
        by: Who causes it.
        round_: The round's address, where it is about one.

    Returns:
        The mail; none where the person has no address.
    """
    if not to.email or to.email.endswith(UNREACHABLE):
        return None
    return Mail.objects.create(
        to=to,
        kind=kind,
        subject=subject,
        template=template,
        about=about,
        link=link,
        queued_by=by,
        round=round_,
    )


def drop_mail(*, kind: str, subject: str) -> None:
    """Take back what was not sent yet and is no longer right.

    Args:
        kind: Of the mail.
        subject: What it speaks of.
    """
    waiting = Mail.objects.filter(kind=kind, subject=subject, state=Mail.State.QUEUED)
    waiting.update(state=Mail.State.DROPPED, note="taken back", link="", ended_at=timezone.now())


@transaction.atomic
def send_queued(*, by: User, count: int) -> tuple[int, int, int]:
    """Send what waits, oldest first, each to one person; never with copies.

    Mails about a round that stands still go on waiting.

    Args:
        by: Who sends it.
        count: How many the person saw waiting.

    Returns:
        How many were sent, failed, and dropped because their recipient may not get them any more.

    Raises:
        Refused: They may not, or another number waits now.
    """
    require(decide(Act.SEND_MAIL, by.facts))
    waiting = Mail.objects.select_for_update(of=("self",)).filter(state=Mail.State.QUEUED)
    rows = waiting.select_related("to").order_by("pk")
    mails = [each for each in rows if not is_held(each)]
    if len(mails) != count:
        msg = f"{len(mails)} mails wait now, not {count}. Look at them, then send them."
        raise Refused(msg)
    ended = [_send(each) for each in mails]
    told = {state.value: ended.count(state) for state in Mail.State if state in ended}
    record_event("mail sent", by=by, subject="outbox", told=told)
    states = (Mail.State.SENT, Mail.State.FAILED, Mail.State.DROPPED)
    sent, failed, dropped = (ended.count(each) for each in states)
    return sent, failed, dropped


def text_of(mail: Mail, *, link: str) -> tuple[str, str]:
    """The subject and the body of a mail, as its recipient reads it.

    Args:
        mail: Which.
        link: Where it leads; for a look at it, something that is no key.
    """
    told = {"name": mail.to.name, "about": mail.about, "link": link}
    first, _, rest = render_to_string(mail.template, told).partition("\n")
    return first.strip(), rest.strip() + "\n"


def _send(mail: Mail) -> Mail.State:
    state, note = Mail.State.SENT, ""
    if not mail.to.email or not _KINDS[mail.kind](mail):
        state, note = Mail.State.DROPPED, "no longer for this person"
    else:
        subject, body = text_of(mail, link=mail.link)
        try:
            EmailMessage(subject=subject, body=body, to=[mail.to.email]).send()
        except (OSError, smtplib.SMTPException) as error:
            state, note = Mail.State.FAILED, f"the mail server refused: {error}"[:200]
    Mail.objects.filter(pk=mail.pk).update(
        state=state,
        note=note,
        link=mail.link if state == Mail.State.FAILED else "",
        ended_at=timezone.now(),
    )
    return state


@transaction.atomic
def try_again(*, mail: Mail, by: User) -> None:
    """Put a mail that failed back among those that wait.

    Args:
        mail: Which.
        by: Who asks.

    Raises:
        Refused: They may not.
    """
    require(decide(Act.SEND_MAIL, by.facts))
    failed = Mail.objects.filter(pk=mail.pk, state=Mail.State.FAILED)
    if failed.update(state=Mail.State.QUEUED, note="", ended_at=None):
        record_event("mail queued again", by=by, subject=f"mail {mail.pk}")
