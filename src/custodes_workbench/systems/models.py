"""The tables of systems: what was changed in them, and scenarios kept in a round."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from custodes_workbench.rounds.models import Round


class KeptScenario(models.Model):
    """A solved scenario as it was when somebody kept it; it is never changed."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="kept_scenarios")
    n = models.PositiveIntegerField()
    """Its number in the round, from 1."""
    name = models.CharField(max_length=120)
    """What the case is called."""
    scenario = models.CharField(max_length=20)
    """Which scenario."""
    typed = models.JSONField()
    """The keys that were changed, with the values as they were typed."""
    result_json = models.TextField()
    """`scenario.json`, byte for byte."""
    library_version = models.CharField(max_length=40)
    reason = models.TextField()
    """Why it was kept."""
    kept_at = models.DateTimeField(auto_now_add=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["round", "n"], name="kept_scenario_number_once"),
            models.UniqueConstraint(fields=["round", "name"], name="kept_scenario_name_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where it is shown."""
        return reverse("systems:kept_one", args=[self.round.slug, self.n])


class SystemVersion(models.Model):
    """One change of a system of a round, with its ground; the round's row holds what stands."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="system_versions")
    system_id = models.CharField(max_length=80)
    n = models.PositiveIntegerField()
    """The version that the change made; the first is what the round began with, or an addition."""
    before = models.JSONField(null=True)
    """The library's `System` as it was; none where the system was added."""
    record = models.JSONField()
    """As it is from then on."""
    reason = models.TextField()
    """Why it was changed."""
    source = models.TextField()
    """Where a reader can check it."""
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["system_id", "-n"]
        constraints = [
            models.UniqueConstraint(fields=["round", "system_id", "n"], name="system_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.system_id}, version {self.n}"
