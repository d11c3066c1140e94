"""The tables of deciding: decisions with their conditions and dissent, and what was published."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from custodes.decisions import ApproachVersion
from custodes.decisions import Critique as CritiqueRecord
from custodes.decisions import Decision as DecisionRecord
from custodes.exchange import approach_from_toml, critiques_from_csv, decisions_from_toml
from custodes.rounds import Round as LibraryRound
from custodes_workbench.assessments.models import Run
from custodes_workbench.efforts.models import Effort
from custodes_workbench.operations.models import Job
from custodes_workbench.rounds.models import Round


class Decision(models.Model):
    """What was decided about one effort, on which results; pending until it is released."""

    effort = models.OneToOneField(Effort, on_delete=models.PROTECT, related_name="decision")
    outcome = models.CharField(
        max_length=10,
        choices=[("support", "support"), ("reject", "do not support"), ("defer", "defer")],
    )
    amount = models.FloatField(null=True, blank=True)
    """In the round's currency; none is the effort's cost."""
    reasons = models.TextField()
    challenges = models.JSONField(default=list)
    """Challenges that were answered and weighed, by id."""
    assessment = models.ForeignKey(Run, on_delete=models.PROTECT, null=True, related_name="+")
    choice = models.ForeignKey(Run, on_delete=models.PROTECT, null=True, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    by_one_person = models.BooleanField(default=False)
    stands = models.CharField(
        max_length=20,
        blank=True,
        choices=[("stands", "it stands"), ("looked_at_again", "it is looked at again")],
    )
    """What was said after an answer was set aside for a conflict; empty is nothing yet."""
    stands_because = models.TextField(blank=True)
    stands_said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    stands_said_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.outcome} {self.effort.effort_id}"


class Condition(models.Model):
    """What support depends on."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="conditions")
    mitigation = models.CharField(max_length=100, blank=True)
    """The mitigation's id; empty where it is a text alone."""
    text = models.TextField()
    challenge = models.CharField(max_length=40, blank=True)
    """The challenge that it answers, by id."""
    owner = models.CharField(max_length=200, blank=True)
    evidence = models.TextField(blank=True)
    """What has to be shown for it to count as met."""
    due = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=8,
        choices=[("open", "open"), ("met", "met"), ("not_met", "not met"), ("waived", "waived")],
        default="open",
    )
    reason = models.TextField(blank=True)
    """Why it was not met or waived; what showed that it was met."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.mitigation or self.text[:40]


class Dissent(models.Model):
    """What somebody who decided held against it; published with it."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="dissents")
    by = models.CharField(max_length=200)
    """A name or an office that may be public."""
    text = models.TextField()

    def __str__(self) -> str:
        return self.by


class FollowUp(models.Model):
    """One step after a decision; it stays as it was written."""

    KINDS = (
        ("report", "report"),
        ("condition", "condition"),
        ("extend", "extended"),
        ("suspend", "suspended"),
        ("end", "ended"),
    )

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="follow_ups")
    condition = models.ForeignKey(
        Condition, on_delete=models.PROTECT, null=True, related_name="follow_ups"
    )
    """The condition that it is about, if it is about one."""
    on = models.DateField()
    kind = models.CharField(max_length=10, choices=KINDS)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"


class Publication(models.Model):
    """The public site of a round, as one release; every release stays."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="publications")
    n = models.PositiveIntegerField()
    """Its number, from 1."""
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    released_at = models.DateTimeField(null=True, blank=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="publications")
    """The assessment that it shows."""
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="publication")
    decisions = models.TextField(blank=True)
    """The released decisions at that moment, as `decisions.toml`."""
    approach = models.TextField(blank=True)
    """The published versions of the approach at that moment, as `approach.toml`."""
    critiques = models.TextField(blank=True)
    """The public critiques at that moment, as `critiques.csv`."""
    site_sha256 = models.CharField(max_length=64, blank=True)
    """SHA-256 of the site's manifest; empty before it is ready."""
    by_one_person = models.BooleanField(default=False)

    class Meta:
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["round", "n"], name="publication_once")]

    def __str__(self) -> str:
        return f"publication {self.n}"

    def decisions_read(self, round_: LibraryRound) -> tuple[DecisionRecord, ...]:
        """The released decisions at that moment.

        Args:
            round_: The round that was published.
        """
        return decisions_from_toml(self.decisions, round_)

    def approach_read(self) -> tuple[ApproachVersion, ...]:
        """The published versions of the approach at that moment."""
        return approach_from_toml(self.approach)

    def critiques_read(self) -> tuple[CritiqueRecord, ...]:
        """The public critiques at that moment."""
        return critiques_from_csv(self.critiques)
