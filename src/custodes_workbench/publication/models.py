"""The tables of public critique: what was written, each step of its answer, corrections."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from custodes.decisions import CRITIQUE_STATUSES
from custodes_workbench.efforts.models import Effort
from custodes_workbench.rounds.models import Round


class Critique(models.Model):
    """What somebody holds against a version of a public page; no mail address is kept."""

    number = models.PositiveIntegerField(null=True, unique=True)
    """Its number, given when it is confirmed; none before."""
    round = models.ForeignKey(Round, on_delete=models.PROTECT, null=True, related_name="critiques")
    """The round that the page is about; none for the approach."""
    page = models.CharField(max_length=160)
    """`approach`, `effort:ID`, `decision:ID` or `system:ID`."""
    page_version = models.CharField(max_length=40)
    """Which version of the page was read: of the approach, or of the round's publication."""
    by = models.CharField(max_length=200, blank=True)
    """As its author wants to be named; empty is anonymous."""
    text = models.TextField()
    """As it was written; it is never changed."""
    status = models.CharField(
        max_length=10, choices=[(each, each) for each in CRITIQUE_STATUSES], default="received"
    )
    withheld = models.TextField(blank=True)
    """Why a moderator took the text out of what the public reads; public itself."""
    filed_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(null=True)
    """When its author confirmed it; before, nobody sees it."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.critique_id

    def get_absolute_url(self) -> str:
        """Where it is shown."""
        return reverse("publication:critique", args=[self.number])

    @property
    def critique_id(self) -> str:
        """Its id in files and on pages."""
        return f"q{self.number}"

    @property
    def subject(self) -> str:
        """The id of what the page is about; empty for the approach."""
        return self.page.partition(":")[2]


class CritiqueStep(models.Model):
    """What became of a critique, step by step; every step stays and is public, without a name."""

    critique = models.ForeignKey(Critique, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(
        max_length=10,
        choices=[
            ("answered", "answered"),
            ("upheld", "upheld"),
            ("rejected", "rejected"),
            ("reopened", "reopened"),
            ("withheld", "text withheld"),
        ],
    )
    text = models.TextField()
    """The answer, or why."""
    page_version = models.CharField(max_length=40)
    """The version of the page at that time."""
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    """Who did it; none where a change of the page did."""

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.critique}: {self.what}"


class Correction(models.Model):
    """What is corrected about a published effort after an upheld critique."""

    effort = models.ForeignKey(Effort, on_delete=models.PROTECT, related_name="corrections")
    critique = models.OneToOneField(Critique, on_delete=models.PROTECT, related_name="correction")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"correction after {self.critique}"
