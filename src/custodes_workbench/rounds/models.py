"""The tables of a round: settings, stages, worldviews, and the institution's approach."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from custodes_workbench.access import SPOKEN, Stage
from custodes_workbench.people.models import Institution

STAGES = [(stage.value, SPOKEN[stage]) for stage in Stage]
"""Choices for a field that names a stage."""


AFTER_ITS_END = {
    Stage.CALL: "No application is begun or changed any more. What was sent in is screened next.",
    Stage.BLIND: "An answer now is kept and marked as late; it counts from the next time that a "
    "stage of answers closes.",
    Stage.DISCUSSION: "Nothing more can be said; what was said stays to be read.",
    Stage.REVISION: "An answer now is kept and marked as late; it counts from the next time that "
    "a stage of answers closes.",
    Stage.CHOICE: "Decisions can still be written down and released.",
    Stage.CHALLENGE: "No challenge is raised any more; those that were raised can still be "
    "answered and ruled on.",
}
"""What still happens in a stage whose end has passed, before the next one is opened."""


class Approach(models.Model):
    """How the institution decides, as one version of a text; a published one stays as it is."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="approach")
    n = models.PositiveIntegerField()
    """The version's number, from 1."""
    text = models.TextField()
    """Method, worldviews, limits, conflict rules, what is published, known mistakes."""
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    """Who wants it published; another person confirms."""
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    by_one_person = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-n"]
        constraints = [models.UniqueConstraint(fields=["institution", "n"], name="approach_once")]

    def __str__(self) -> str:
        return f"approach {self.n}"


class Round(models.Model):
    """A funding round: everything that its decisions are made from hangs on this row."""

    slug = models.SlugField(max_length=80, unique=True)
    """Its address."""
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="rounds")
    settings = models.JSONField()
    """What `round.toml` says: a `RoundSettings` as JSON."""
    systems = models.JSONField(default=list)
    """Systems that efforts act on, as in `systems.toml`."""
    mitigations = models.JSONField(default=list)
    """Every mitigation of the round as the library's record: its catalogue, changed or not."""
    approach = models.ForeignKey(Approach, on_delete=models.PROTECT, null=True)
    """The version that it runs under."""
    decides_instead = models.CharField(max_length=300, blank=True)
    """Who decides where a decision maker and every substitute have a conflict."""
    is_demo = models.BooleanField(default=False)
    """Whether its people are made up, so that one person alone can see as each of them."""
    made_at = models.DateTimeField(auto_now_add=True)
    frozen_because = models.TextField(blank=True)
    """Why everything stands still; empty when it does not."""
    back_to = models.CharField(max_length=20, choices=STAGES, blank=True)
    """The stage that somebody wants to go back to; a second person confirms."""
    back_because = models.TextField(blank=True)
    back_asked_by = models.ForeignKey(
        "people.User", on_delete=models.PROTECT, related_name="+", null=True
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where it is shown."""
        return reverse("rounds:round", args=[self.slug])

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.settings["title"])

    @property
    def currency(self) -> str:
        """Its currency's ISO 4217 code."""
        return str(self.settings["currency"])

    @property
    def stage(self) -> RoundStage:
        """The active stage."""
        return next(each for each in self.stages.all() if each.is_active)

    @property
    def is_public(self) -> bool:
        """Whether the public sees what was published of it."""
        return self.stage_name in (Stage.PUBLISHED, Stage.FOLLOW_UP)

    @property
    def stage_name(self) -> Stage:
        """The active stage's name."""
        return Stage(self.stage.name)


class Standstill(models.Model):
    """A time in which everything in a round stood still, and what was put right in it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="standstills")
    because = models.TextField()
    """Why, as everybody in the round reads it."""
    began_at = models.DateTimeField(auto_now_add=True)
    began_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    """Who stopped the round; none for the command line."""
    thaw_because = models.TextField(blank=True)
    """Why it may go on; a second person confirms."""
    thaw_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    ended_at = models.DateTimeField(null=True)
    back_to = models.DateTimeField(null=True)
    """Judgements after this time are, or would be, set aside; none where nobody asked for it."""
    back_because = models.TextField(blank=True)
    back_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True
    )
    new_letters = models.BooleanField(default=False)
    """Whether experts get fresh pseudonyms with it."""
    back_done_at = models.DateTimeField(null=True)
    """When it was carried out; none before a second person confirmed it."""
    by_one_person = models.BooleanField(default=False)
    """Whether one person did alone what takes two."""
    note = models.TextField(blank=True)
    """The draft incident note: what happened, what was exposed to whom, and what to publish."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-began_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=models.Q(ended_at__isnull=True), name="one_standstill"
            )
        ]

    def __str__(self) -> str:
        return f"standstill of {self.round_id} since {self.began_at:%F}"


class RoundStage(models.Model):
    """One stage of a round, with its dates and what may be done in it; stages are data."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="stages")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=20, choices=STAGES)
    is_active = models.BooleanField(default=False)
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    grace_minutes = models.PositiveIntegerField(default=0)
    closes_on = models.CharField(
        max_length=20,
        choices=[("clock", "on its date"), ("quorum_then_clock", "some time after the quorum")],
        default="clock",
    )
    quorum = models.PositiveSmallIntegerField(default=5)
    """How many have to hand in before the clock starts."""
    hours_after_quorum = models.PositiveIntegerField(default=72)
    quorum_at = models.DateTimeField(null=True, blank=True)
    """When the quorum was reached."""
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["round", "name"], name="stage_once"),
            models.UniqueConstraint(
                fields=["round"], condition=models.Q(is_active=True), name="one_active_stage"
            ),
        ]

    def __str__(self) -> str:
        return SPOKEN[Stage(self.name)]

    @property
    def is_over(self) -> bool:
        """Whether its end has passed."""
        return self.ends_at is not None and self.ends_at <= timezone.now()

    @property
    def is_last(self) -> bool:
        """Whether nobody opens the next stage: publishing does, or there is none."""
        return Stage(self.name) in (Stage.CHOICE, Stage.PUBLISHED, Stage.FOLLOW_UP)

    @property
    def after_its_end(self) -> str:
        """What happens now that its end has passed; empty before that."""
        if not self.is_over:
            return ""
        what = AFTER_ITS_END.get(Stage(self.name), "")
        return what if self.is_last else f"{what} The lead officer opens the next stage.".strip()

    @property
    def ends_at(self) -> dt.datetime | None:
        """When it closes by itself: some time after the quorum, at the latest on its date."""
        by_quorum = (
            self.quorum_at + dt.timedelta(hours=self.hours_after_quorum)
            if self.closes_on == "quorum_then_clock" and self.quorum_at
            else None
        )
        ends = [each for each in (by_quorum, self.closes_at) if each]
        return min(ends) + dt.timedelta(minutes=self.grace_minutes) if ends else None


class RoundWorldview(models.Model):
    """One version of a worldview of a round; the newest of a name counts."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="worldviews")
    order = models.PositiveSmallIntegerField()
    """Its place in results."""
    name = models.CharField(max_length=80)
    n = models.PositiveIntegerField(default=1)
    """The version's number, from 1."""
    record = models.JSONField()
    """The library's `Worldview` as JSON."""
    reason = models.TextField(blank=True)
    """Why it was changed."""
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["order", "-n"]
        constraints = [
            models.UniqueConstraint(fields=["round", "name", "n"], name="worldview_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.name}, version {self.n}"
