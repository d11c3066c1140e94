"""The tables of what is marked. No column holds restricted text, sealed or not, but `sealed`."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from custodes.disclosure import GROUNDS, Mark
from custodes_workbench.efforts.models import Effort

SEALED_MARKS = (Mark.RESTRICTED, Mark.RESTRICTED_EXISTENCE)
"""Marks under which a text is encrypted to its readers."""


class ReaderKey(models.Model):
    """A person's key pair; the private half is stored under their passphrase only."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reader_keys"
    )
    public = models.BinaryField()
    salt = models.BinaryField()
    cost = models.JSONField()
    wrapped = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(retired_at=None), name="one_reader_key"
            )
        ]

    def __str__(self) -> str:
        return f"key {self.pk} of person {self.person_id}"


class Item(models.Model):
    """Something with a mark: an effort, a part of it, a finding, a comment."""

    class Kind(models.TextChoices):
        """What it is."""

        EFFORT = "effort", "the effort itself"
        FIELD = "field", "field of the explanation"
        CLAIM = "claim", "claim"
        FINDING = "finding", "finding"
        COMMENT = "comment", "comment"

    effort = models.ForeignKey(Effort, on_delete=models.PROTECT, related_name="marked")
    n = models.PositiveIntegerField()
    """Its number in the round."""
    kind = models.CharField(max_length=10, choices=Kind.choices)
    place = models.CharField(max_length=80, blank=True)
    """The claim or the field that it belongs to, by its name there."""
    mark = models.CharField(max_length=24, choices=[(each.value, each.value) for each in Mark])
    review_by = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)
    """What is said, under a mark that does not seal; empty otherwise."""
    sealed = models.BinaryField(null=True)
    """What is said, encrypted to its readers."""
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of a salt, known to the readers, and the text."""
    generation = models.PositiveIntegerField(default=1)
    """How often it was sealed: once more with every reader who is taken away."""
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["n"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.n}"

    def get_absolute_url(self) -> str:
        """Where it is shown."""
        return reverse("handling:item", args=[self.effort.round.slug, self.n])

    @property
    def history_name(self) -> str:
        """How the history names it."""
        return f"marked {self.kind} {self.effort.round.slug}/{self.n}"

    @property
    def sealed_name(self) -> str:
        """What its ciphertext is bound to."""
        return f"item {self.pk} generation {self.generation}"

    @property
    def is_sealed(self) -> bool:
        """Whether its text is encrypted."""
        return self.mark in SEALED_MARKS

    @property
    def ground_told(self) -> str:
        """Why it is not open, in words."""
        marking = self.markings.order_by("-pk").first()
        return GROUNDS.get((marking.record.get("ground") if marking else "") or "", "")


class Marking(models.Model):
    """One decision on a mark; they all stay."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="markings")
    record = models.JSONField()
    """The library's `Marking` as JSON: both reasons, who was consulted, what would lift it."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.record['mark']} for {self.item_id}"


class Reader(models.Model):
    """A named reader of one sealed item, with the item's key wrapped for them."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="readers")
    key = models.ForeignKey(ReaderKey, on_delete=models.PROTECT, related_name="reads")
    ephemeral = models.BinaryField()
    wrapped = models.BinaryField()
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    named_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "key"], condition=models.Q(removed_at=None), name="reader_once"
            )
        ]

    def __str__(self) -> str:
        return f"person {self.key.person_id} reads {self.item_id}"


class Opening(models.Model):
    """That somebody opened an item."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="openings")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"person {self.person_id} opened {self.item_id}"


class Sharing(models.Model):
    """What was given to somebody who works on safeguards, and on which terms."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="sharings")
    recipient = models.CharField(max_length=200)
    purpose = models.TextField()
    shared_on = models.DateField()
    terms = models.TextField()
    what = models.TextField()
    """What exactly was given, named and not quoted."""
    acknowledged_on = models.DateField(null=True, blank=True)
    recall_asked_on = models.DateField(null=True, blank=True)
    recall_reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.item_id} to {self.recipient}"


class SafeguardsMember(models.Model):
    """Somebody whose stated work is safeguards on powerful systems; counts once they accepted."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="safeguards"
    )
    work = models.TextField()
    """Which safeguards on which systems they work on."""
    sponsor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    """Who answers for them."""
    proposed_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True)
    """When they accepted the terms."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at=None), name="safeguards_once"
            )
        ]

    def __str__(self) -> str:
        return f"person {self.person_id}, safeguards"
