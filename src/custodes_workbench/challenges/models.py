"""The table of challenges."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from custodes.challenges import STATUSES
from custodes_workbench.efforts.models import Effort, Revision

APPLICANT, PANEL, OFFICER = "the applicant", "the experts who judge it", "a programme officer"
OWNERS = (APPLICANT, PANEL, OFFICER)
"""Who can be told to answer; never a person's name, for those who challenge read it."""
ANSWER_WORDS = 500
"""Words of an answer, and of a reply to it, unless an officer says otherwise; our choice."""
ANSWER_DAYS = 14
"""Days to answer that the form offers; our choice."""


class Challenge(models.Model):
    """An objection to an effort, a claim or a number; open, it stands in the way of a decision."""

    effort = models.ForeignKey(Effort, on_delete=models.PROTECT, related_name="challenges")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="challenges")
    """What the proposal said when it was challenged."""
    challenge_id = models.CharField(max_length=40)
    """Its id in files, used once in a round."""
    by = models.CharField(max_length=200)
    """A code, or the name that the folder read in gives."""
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="challenges"
    )
    """Who raised it here; none where it came with a folder."""
    claim = models.CharField(max_length=80, blank=True)
    """The claim of the explanation; empty is the whole effort."""
    text = models.TextField()
    quantity = models.CharField(max_length=80, blank=True)
    p05 = models.FloatField(null=True, blank=True)
    p50 = models.FloatField(null=True, blank=True)
    p95 = models.FloatField(null=True, blank=True)
    status = models.CharField(
        max_length=10, choices=[(each, each) for each in STATUSES], default="open"
    )
    owner = models.CharField(max_length=200, blank=True)
    """Who must answer it, as everybody is told."""
    words = models.PositiveIntegerField(default=ANSWER_WORDS)
    """The most words of an answer, and of the reply to it."""
    answer = models.TextField(blank=True)
    answered_as = models.CharField(max_length=200, blank=True)
    """As what somebody answered, in words."""
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, related_name="+"
    )
    """What the proposal said when it was answered."""
    may_reply = models.BooleanField(default=True)
    """Whether whoever raised it may reply once to the answer."""
    reply = models.TextField(blank=True)
    ruled_as = models.CharField(max_length=200, blank=True)
    """As what somebody ruled, in words."""
    ruling = models.TextField(blank=True)
    """Why it was upheld or rejected."""
    due = models.DateField(null=True, blank=True)
    """Until when it should be answered."""
    raised_at = models.DateTimeField(auto_now_add=True)
    as_read = models.JSONField(default=dict)
    """What a folder that was read in says beyond these columns."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["challenge_id"]
        constraints = [
            models.UniqueConstraint(fields=["effort", "challenge_id"], name="challenge_once")
        ]

    def __str__(self) -> str:
        return self.challenge_id
