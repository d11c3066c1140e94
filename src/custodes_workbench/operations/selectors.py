"""Reads of the service."""

from __future__ import annotations

import uuid

from custodes_workbench.operations.models import Job


def job_by(pk: uuid.UUID) -> Job:
    """A job by its key.

    Raises:
        Job.DoesNotExist: There is none.
    """
    return Job.objects.get(pk=pk)
