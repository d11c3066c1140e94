"""Reads of the service."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet

from custodes_workbench.access import Act, Facts, decide
from custodes_workbench.operations.models import Job, Mail


def job_by(pk: uuid.UUID) -> Job:
    """A job by its key.

    Raises:
        Job.DoesNotExist: There is none.
    """
    return Job.objects.get(pk=pk)


def mails_visible_to(facts: Facts) -> QuerySet[Mail]:
    """The outbox, newest first, for those who send it; nothing for others.

    Args:
        facts: Of the reader, outside a round.
    """
    if not decide(Act.SEND_MAIL, facts):
        return Mail.objects.none()
    return Mail.objects.select_related("to")
