"""The tables of the register: efforts, their revisions, screening, and who stands how to them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from custodes.judgements import CONFLICT_TYPES
from custodes_workbench.access import Relation
from custodes_workbench.rounds.models import Round


class Effort(models.Model):
    """A proposed alignment effort in a round; what it says stands in its revisions."""

    class State(models.TextChoices):
        """How far a proposal is."""

        SUBMITTED = "submitted", "submitted"
        MORE_ASKED = "more_asked", "more was asked for"
        ACCEPTED = "accepted", "goes to the panel"
        REJECTED = "rejected", "screened out"
        WITHDRAWN = "withdrawn", "withdrawn"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="efforts")
    effort_id = models.CharField(max_length=100)
    """Its id in files and results."""
    order = models.PositiveIntegerField()
    """Its place in `efforts.csv`."""
    state = models.CharField(max_length=12, choices=State.choices, default=State.SUBMITTED)
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="applications"
    )
    """Who applied, where they have an account."""
    state_reason = models.TextField(blank=True)
    """Why it was screened out, withdrawn, or what more was asked for."""
    imported_in = models.ForeignKey(
        "Upload", on_delete=models.PROTECT, null=True, related_name="efforts"
    )
    """The file that it came with, where officers imported it."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["round", "effort_id"], name="effort_once")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is shown."""
        return reverse("efforts:effort", args=[self.round.slug, self.effort_id])

    @property
    def revision(self) -> Revision:
        """What it says now."""
        return self.revisions.all()[0]

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.revision.record["title"])

    @property
    def history_name(self) -> str:
        """How the history names it."""
        return f"effort {self.round.slug}/{self.effort_id}"


class Revision(models.Model):
    """What a proposal said at one time; every answer is bound to one."""

    effort = models.ForeignKey(Effort, on_delete=models.PROTECT, related_name="revisions")
    n = models.PositiveIntegerField()
    """Its number, from 1."""
    record = models.JSONField()
    """The library's `Effort` as JSON: one row of `efforts.csv`."""
    explanation = models.JSONField(default=dict)
    """The structured explanation: claims with stable ids, and what is asked once."""
    what_changed = models.TextField(blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["effort", "n"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.effort.effort_id}, revision {self.n}"


class Standing(models.Model):
    """How a person stands to an effort; the strictest that holds counts."""

    effort = models.ForeignKey(Effort, on_delete=models.PROTECT, related_name="standings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="standings"
    )
    relation = models.CharField(
        max_length=12,
        choices=[(each.value, each.value) for each in Relation if each is not Relation.STRANGER],
    )
    since = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=200, blank=True)
    """Which conflict, which assignment; no personal text."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["effort", "person", "relation"],
                condition=models.Q(until__isnull=True),
                name="standing_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.relation} {self.effort_id}"


class Unwanted(models.Model):
    """Somebody of whom an applicant says that they should not judge; officers alone read it."""

    effort = models.ForeignKey(Effort, on_delete=models.PROTECT, related_name="unwanted")
    name = models.CharField(max_length=200)
    """The person's name, or an organisation's."""
    type = models.CharField(max_length=30, choices=[(each, each) for each in CONFLICT_TYPES])
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"wish {self.pk} about effort {self.effort_id}"


class Application(models.Model):
    """What stands in an applicant's form; nobody else ever sees it.

    It is no effort until it is submitted, so that no list or count of efforts can tell of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="applications")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="application_drafts"
    )
    effort = models.ForeignKey(
        Effort, on_delete=models.PROTECT, null=True, related_name="applications"
    )
    """The effort of which it would be the next revision; none for a new one."""
    typed = models.JSONField(default=dict)
    """The form's fields as they were typed, by name."""
    claims = models.JSONField(default=list)
    """Ids of the claims, in order; an id is never given twice."""
    claims_made = models.PositiveIntegerField(default=0)
    """How many ids were given."""
    saved_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-saved_at"]
        constraints = [
            models.UniqueConstraint(fields=["effort", "person"], name="one_draft_of_a_revision")
        ]

    def __str__(self) -> str:
        return f"draft {self.id}"

    def get_absolute_url(self) -> str:
        """Where it is written."""
        return reverse("efforts:application", args=[self.round.slug, self.id])

    @property
    def title(self) -> str:
        """What it is called so far."""
        return str(self.typed.get("title", "")).strip() or "Application without a title"


class CallText(models.Model):
    """What officers say in the call of a round."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="call_text")
    sought = models.TextField(blank=True)
    """What is sought; empty shows a sentence that holds for every round."""
    published = models.TextField(blank=True)
    """What will be published of an application, beyond what the workbench says."""
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"call of {self.round}"


class Upload(models.Model):
    """A file of efforts that an officer sent, and what became of it."""

    class State(models.TextChoices):
        """How far an import is."""

        OPEN = "open", "not imported yet"
        DONE = "done", "imported"
        UNDONE = "undone", "taken back"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="uploads")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(max_length=200)
    content = models.BinaryField()
    """The file while it waits; empty once it was imported or has expired."""
    sha256 = models.CharField(max_length=64)
    column_map = models.JSONField(default=dict)
    """The library's `ColumnMap` as JSON; empty is guessed."""
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    sent_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    """When the file is forgotten if it was not imported."""
    done_in_stage = models.CharField(max_length=20, blank=True)
    """The stage in which it was imported; it can be taken back until the next."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.file_name}, {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        """Where its columns are mapped."""
        return reverse("efforts:columns", args=[self.round.slug, self.id])
