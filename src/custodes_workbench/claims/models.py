"""The tables of claims: what was said, who assesses it, and what they say."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from custodes_workbench.rounds.models import Round

REPLY_DAYS = 15
"""Working days that a claimant has to reply, unless an officer says otherwise; our choice."""


class Claim(models.Model):
    """A claim of a round; what it says, and how far it is, stands in its versions."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="claims")
    claim_id = models.CharField(max_length=80)
    """Its id in the round."""
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    """Who may reply for the claimant; none where an officer writes the reply down."""
    reply_due = models.DateField(null=True, blank=True)
    """Until when the claimant may reply before the assessment is published."""

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "claim_id"], name="claim_id_once")]

    def __str__(self) -> str:
        return self.claim_id

    def get_absolute_url(self) -> str:
        """Where it is shown."""
        return reverse("claims:claim", args=[self.round.slug, self.claim_id])

    @property
    def history_name(self) -> str:
        """How the history names it."""
        return f"claim {self.round.slug}/{self.claim_id}"


class ClaimVersion(models.Model):
    """What a claim says from one moment on, with its standing; it is never changed."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    """Its number, from 1; the highest stands."""
    record = models.JSONField()
    """The library's `Claim` as JSON."""
    reply_by = models.CharField(max_length=200, blank=True)
    """As what somebody wrote the reply down, in words; empty where there is none."""
    reason = models.TextField()
    """Why this version was made."""
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["claim", "n"], name="claim_version_once")]

    def __str__(self) -> str:
        return f"version {self.n}"


class Assessor(models.Model):
    """Somebody assesses a claim, under a pseudonym that no other claim shares."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="assessors")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="claims_assessed"
    )
    code = models.CharField(max_length=100)
    """The pseudonym: `A`, `B`, drawn by lot; or the expert's id in the folder read in."""
    from_folder = models.BooleanField(default=False)
    """Whether they came with a folder, where `code` is their id."""
    ended_because = models.TextField(blank=True)
    """Why it was taken away; what they said stays and does not count."""
    handed_in_at = models.DateTimeField(null=True, blank=True)
    """When they first said something; signs and others' assessments are shown from then on."""

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "person"], name="assessor_once"),
            models.UniqueConstraint(fields=["claim", "code"], name="assessor_code_once"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def computed_as(self) -> str:
        """The expert's id in a computation; pseudonyms of different claims are unrelated."""
        return self.code if self.from_folder else f"claim:{self.claim.claim_id}/{self.code}"


class ClaimAnswer(models.Model):
    """One answer about a claim as it was given; never changed: a new one stands beside it."""

    assessor = models.ForeignKey(Assessor, on_delete=models.PROTECT, related_name="answers")
    n = models.PositiveIntegerField()
    """Its number among the answers of the assessor, from 1."""
    quantity = models.CharField(max_length=80)
    """What was asked; the newest of each counts."""
    record = models.JSONField()
    """The library's `Judgement` as JSON."""
    claim_version = models.PositiveIntegerField()
    """The version of the claim that it was given to."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["assessor", "n"]
        constraints = [models.UniqueConstraint(fields=["assessor", "n"], name="claim_answer_once")]

    def __str__(self) -> str:
        return f"answer {self.n}"
