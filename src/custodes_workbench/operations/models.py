"""The tables behind the service: posts that were done, jobs, mail."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Post(models.Model):
    """A form that was sent and carried out; sent again, it is answered and not repeated."""

    key = models.UUIDField(primary_key=True)
    """Made when the form was shown."""
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True)
    at = models.DateTimeField(auto_now_add=True)
    answered_with = models.CharField(max_length=500, blank=True)
    """Where the person was sent afterwards."""

    def __str__(self) -> str:
        return f"{self.key} at {self.at:%F %T}"


class Job(models.Model):
    """A piece of background work; this row is the truth about it."""

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=40)
    """Which work: `assess`, `choose`, `ask`, `publish`."""
    subject = models.CharField(max_length=200)
    """What it works on, as the kind understands it."""
    round = models.CharField(max_length=80, blank=True)
    """The round's address."""
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs"
    )
    idempotency_key = models.CharField(max_length=200, unique=True)
    """Asked for twice, it is one job."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)
    """Why it failed, or what it is doing, in a sentence."""
    cancel_asked = models.BooleanField(default=False)
    lease_owner = models.CharField(max_length=80, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["state", "asked_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}: {self.state}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (self.State.DONE, self.State.FAILED, self.State.CANCELLED)


class Mail(models.Model):
    """A mail that waits to be sent, or what became of it; it says little and holds a link."""

    class State(models.TextChoices):
        """What became of it."""

        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        DROPPED = "dropped"

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mail")
    kind = models.CharField(max_length=40)
    """What it is, as the app that wrote it says: `invitation`, `round went back`."""
    subject = models.CharField(max_length=200)
    """What it speaks of, as the kind understands it; never shown."""
    round = models.CharField(max_length=80, blank=True)
    """The round's address, where it is about one: while the round stands still, it waits."""
    template = models.CharField(max_length=100)
    """Its text: the first line is the mail's subject."""
    about = models.CharField(max_length=200)
    """What it names: a round's title, the institution."""
    link = models.CharField(max_length=500, blank=True)
    """Where it leads; forgotten once it was sent, because it may be a key."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    note = models.CharField(max_length=200, blank=True)
    """Why it was not sent."""
    queued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    queued_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-queued_at", "-pk"]
        indexes = [models.Index(fields=["state", "queued_at"])]

    def __str__(self) -> str:
        return f"{self.kind}: {self.state}"
