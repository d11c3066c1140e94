"""The tables of judging: panel, conflicts, assignments, answers, drafts, discussion."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from custodes.judgements import CONFLICT_TYPES, RULINGS
from custodes_workbench.access import SPOKEN, Stage
from custodes_workbench.efforts.models import Effort, Revision
from custodes_workbench.rounds.models import Round


class PanelMember(models.Model):
    """An expert of a round: asked, accepted, declined."""

    class State(models.TextChoices):
        """How far an invitation is."""

        PROPOSED = "proposed", "proposed"
        INVITED = "invited", "invited"
        ACCEPTED = "accepted", "accepted"
        DECLINED = "declined", "declined"
        REPLACED = "replaced", "replaced"
        WITHDRAWN = "withdrawn", "withdrawn"

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="panel")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panels"
    )
    code = models.CharField(max_length=100)
    """The code for lists across efforts, such as `E-07`; or the id in the folder read in."""
    from_folder = models.BooleanField(default=False)
    """Whether they came with a folder that was read in, where `code` is their id."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    declined_because = models.CharField(max_length=20, blank=True)
    """`conflict`, `not_my_field`, `too_much`, `other`."""
    declined_text = models.TextField(blank=True)
    weight = models.FloatField(default=1.0)
    """Weight in the pool; 1 is one voice."""
    most_efforts = models.PositiveSmallIntegerField(default=8)
    """How many efforts they are willing to judge."""
    invited_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    statement_at = models.DateTimeField(null=True, blank=True)
    """When they stated their interests for this round; none means unresolved."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="panel_member_once"),
            models.UniqueConstraint(fields=["round", "code"], name="panel_code_once"),
        ]

    def __str__(self) -> str:
        return self.code


class ConflictOfInterest(models.Model):
    """What may bias somebody; what was declared is never overwritten by what was decided."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conflicts"
    )
    effort = models.ForeignKey(
        Effort, on_delete=models.PROTECT, null=True, related_name="conflicts"
    )
    """With which effort; none is the whole round."""
    type = models.CharField(max_length=30, choices=[(each, each) for each in CONFLICT_TYPES])
    declared = models.BooleanField()
    """Whether the person said it; otherwise it was computed or told by somebody else."""
    text = models.TextField(blank=True)
    """What was said or found."""
    rule = models.CharField(max_length=80, blank=True)
    """Which rule found it."""
    strength = models.CharField(
        max_length=4, blank=True, choices=[("hard", "hard"), ("soft", "soft")]
    )
    """`hard` where a fact says so, `soft` where it may be so; empty where no rule found it."""
    found_at = models.DateTimeField(default=timezone.now)
    """When it was declared, found or told."""
    decided = models.CharField(
        max_length=10, blank=True, choices=[(each, each) for each in RULINGS]
    )
    """Empty is not decided yet, which blocks."""
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    by_one_person = models.BooleanField(default=False)
    """Whether one person alone cleared it, which takes two."""
    dismissed = models.BooleanField(default=False)
    pinned = models.BooleanField(default=False)
    weight = models.FloatField(null=True, blank=True)
    """The expert's weight times this, where `note` or `publish` was decided; none is 1."""
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    as_read = models.JSONField(default=dict)
    """What a folder that was read in says beyond these columns."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.type} of person {self.person_id}"


class ConflictRuling(models.Model):
    """A ruling as somebody gave it; never changed, so that the state of any day can be told.

    One that clears a conflict waits until a second person confirms it.
    """

    conflict = models.ForeignKey(
        ConflictOfInterest, on_delete=models.PROTECT, related_name="rulings"
    )
    decided = models.CharField(max_length=10, choices=[(each, each) for each in RULINGS])
    reason = models.TextField()
    dismissed = models.BooleanField(default=False)
    pinned = models.BooleanField(default=False)
    weight = models.FloatField(null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    """The second person, where it takes two."""
    holds_from = models.DateTimeField(null=True, blank=True)
    """Since when it holds; none while it waits, and where it was turned down."""
    turned_down_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.decided} on {self.conflict_id}"


class Interest(models.Model):
    """One line of a person's standing declaration: a tie that is not about one effort."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="declared_interests"
    )
    type = models.CharField(max_length=30, choices=[(each, each) for each in CONFLICT_TYPES])
    with_whom = models.CharField(max_length=200)
    """An organisation or a person, by name."""
    text = models.TextField(blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    stated_at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    """When the person said that it should not have been there; it stays."""

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.type} of person {self.person_id}"


class Assignment(models.Model):
    """A panel member judges an effort, under a letter that no other effort shares."""

    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="assignments")
    effort = models.ForeignKey(Effort, on_delete=models.PROTECT, related_name="assignments")
    letter = models.CharField(max_length=100)
    """The pseudonym on this effort's pages and in results: `A`, `B`; in random order."""
    ended_because = models.TextField(blank=True)
    """Why it was taken away; the answers stay and are set aside."""
    handed_in_at = models.DateTimeField(null=True, blank=True)
    """When the blind answers were handed in."""
    revised_at = models.DateTimeField(null=True, blank=True)
    """When the second round was handed in, kept or revised alike."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["effort_id", "letter"]
        constraints = [
            models.UniqueConstraint(fields=["member", "effort"], name="assignment_once"),
            models.UniqueConstraint(fields=["effort", "letter"], name="letter_once"),
        ]

    def __str__(self) -> str:
        return f"{self.letter} on effort {self.effort_id}"

    @property
    def computed_as(self) -> str:
        """The expert's id in a computation; letters of different efforts are unrelated."""
        if self.member.from_folder:
            return self.member.code
        return f"{self.effort.effort_id}/{self.letter}"


class Answer(models.Model):
    """One answer as it was given; never changed: a new one stands beside it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="answers")
    effort = models.ForeignKey(Effort, on_delete=models.PROTECT, null=True, related_name="answers")
    """The effort judged; none where `subject` is a system, a mitigation or a world."""
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, related_name="answers"
    )
    """What the proposal said when it was judged."""
    subject = models.CharField(max_length=120)
    """As in the column `effort` of `judgements.csv`."""
    quantity = models.CharField(max_length=80)
    answer_round = models.PositiveSmallIntegerField(choices=[(1, "blind"), (2, "revised")])
    record = models.JSONField()
    """The library's `Judgement` as JSON."""
    at = models.DateTimeField(auto_now_add=True)
    is_late = models.BooleanField(default=False)
    set_aside_because = models.TextField(blank=True)
    """Why it does not count any more; it stays."""

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["effort", "quantity", "answer_round"])]

    def __str__(self) -> str:
        return f"answer {self.id}"


class Draft(models.Model):
    """What stands in an expert's form, saved as an answer or not; nobody else ever sees it."""

    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="drafts")
    effort = models.ForeignKey(Effort, on_delete=models.PROTECT, related_name="drafts")
    quantity = models.CharField(max_length=80)
    answer_round = models.PositiveSmallIntegerField()
    typed = models.JSONField(default=dict)
    """The form's fields as they were typed."""
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, related_name="+")
    """The answer that it became; none while what stands here was not saved as one."""
    saved_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "effort", "quantity", "answer_round"], name="draft_once"
            )
        ]

    def __str__(self) -> str:
        return f"draft of {self.quantity}"


class Comment(models.Model):
    """A remark in the discussion, under the writer's letter; the stage is told, not the minute."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    effort = models.ForeignKey(Effort, on_delete=models.PROTECT, related_name="comments")
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, null=True, related_name="comments"
    )
    """Who wrote it; none where an officer did."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=120)
    """A quantity's name, or `claim:ID`."""
    answers_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    text = models.TextField()
    stage = models.CharField(max_length=20)
    at = models.DateTimeField(auto_now_add=True)
    is_question = models.BooleanField(default=False)
    """Whether it asks something."""
    is_answered = models.BooleanField(default=False)
    """Whether whoever asked, or the panel, takes it as answered."""

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"comment {self.id}"

    @property
    def stage_told(self) -> str:
        """In which stage it was said: all that is told of its time."""
        return SPOKEN[Stage(self.stage)]


class ReleasedPool(models.Model):
    """A pool as readers of aggregates were shown it: what differs by one or two is not shown."""

    effort = models.ForeignKey(Effort, on_delete=models.PROTECT, related_name="released_pools")
    quantity = models.CharField(max_length=80)
    answers = models.JSONField()
    """The ids of the answers in it, by letter."""
    record = models.JSONField()
    """The library's `PooledQuestion` as JSON, without what is withheld."""
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"pool of {self.quantity}"


class SeedAnswer(models.Model):
    """An answer to a calibration question whose truth is known."""

    member = models.ForeignKey(PanelMember, on_delete=models.PROTECT, related_name="seeds")
    record = models.JSONField()
    """The library's `CalibrationAnswer` as JSON."""

    def __str__(self) -> str:
        return f"seed of {self.member}"
