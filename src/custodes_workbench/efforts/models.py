"""The tables of the register: efforts, their revisions, screening, and who stands how to them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from custodes_workbench.access import Relation
from custodes_workbench.rounds.models import Round


class Effort(models.Model):
    """A proposed alignment effort in a round; what it says stands in its revisions."""

    class State(models.TextChoices):
        """How far a proposal is."""

        DRAFT = "draft", "draft"
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
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="applications"
    )
    """Who applied, where they have an account."""
    state_reason = models.TextField(blank=True)
    """Why it was screened out, withdrawn, or what more was asked for."""
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
