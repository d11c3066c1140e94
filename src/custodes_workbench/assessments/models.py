"""The tables of computing: runs with their inputs and results."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse

from custodes_workbench.operations.models import Job
from custodes_workbench.rounds.models import Round


class Run(models.Model):
    """One computation of a round: its inputs as they were, and what came out."""

    class Kind(models.TextChoices):
        """What was computed."""

        ASSESS = "assess", "assessment"
        ASK = "ask", "what to ask next"
        CHOOSE = "choose", "choice"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="runs")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ASSESS)
    n = models.PositiveIntegerField()
    """Its number among the runs of this kind in this round, from 1."""
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="run")
    inputs_json = models.TextField()
    """The library's `Round` as JSON; a result needs no other table to be computed again.

    Text, because a database that knows JSON does not keep the order of keys.
    """
    inputs_sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    """SHA-256 of kind, inputs, options, seed, draws and version: the same key, the same bytes."""
    options = models.JSONField(default=dict)
    """What was asked for beyond the round: conditions, budget, caps."""
    seed = models.BigIntegerField()
    samples = models.PositiveIntegerField()
    library_version = models.CharField(max_length=40)
    result_json = models.TextField(blank=True)
    """`assessment.json`, `questions.json` or `choice.json`, byte for byte; empty until done."""
    own_json = models.TextField(blank=True)
    """Of an assessment: each expert's own result, for those alone who may see answers."""
    result_sha256 = models.CharField(max_length=64, blank=True)
    """SHA-256 of the result's file; a second run of the same inputs must give the same."""
    is_proposal = models.BooleanField(default=False)
    """Whether this choice is what the decision makers are proposed."""
    proposed_because = models.TextField(blank=True)
    """Why it was proposed; empty for what never was."""

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["round", "kind", "n"], name="run_once"),
            models.UniqueConstraint(fields=["round", "key"], name="run_key_once"),
            models.UniqueConstraint(
                fields=["round"], condition=models.Q(is_proposal=True), name="one_proposal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.n}"

    def get_absolute_url(self) -> str:
        """Where it is shown."""
        return reverse("assessments:run", args=[self.round.slug, self.kind, self.n])

    @property
    def is_done(self) -> bool:
        """Whether there is a result."""
        return bool(self.result_sha256)
