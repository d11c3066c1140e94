"""The tables of the history. Triggers refuse every change of an entry."""

from __future__ import annotations

from django.db import models
from django.urls import reverse


class Entry(models.Model):
    """One thing that was done or refused; never changed, never deleted."""

    n = models.PositiveBigIntegerField(primary_key=True)
    """Its place in the chain, from 1."""
    at = models.DateTimeField()
    """When, UTC."""
    actor = models.CharField(max_length=60)
    """Who: `person 12`, `worker` or `command line`. No name, so that a person can be forgotten."""
    true_actor = models.CharField(max_length=60, blank=True)
    """Who really sat there, where somebody acted as another."""
    role = models.CharField(max_length=40, blank=True)
    """In which role, where one was chosen."""
    action = models.CharField(max_length=80)
    """What was done, in the past tense."""
    object = models.CharField(max_length=200, blank=True)
    """What it was done to: `round demo`, `effort demo/honest-reporting`."""
    round = models.CharField(max_length=80, blank=True, db_index=True)
    """The round's address, where it was in a round."""
    by_one_person = models.BooleanField(default=False)
    """Whether one person did alone what takes two."""
    text_digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of salt and text of the side table; empty where there is no text."""
    previous_hash = models.CharField(max_length=64)
    """The hash of the entry before; zeros for the first."""
    hash = models.CharField(max_length=64)
    """SHA-256 of this entry as canonical JSON, the hash before included."""

    class Meta:
        ordering = ["n"]

    def __str__(self) -> str:
        return f"{self.n}: {self.actor} {self.action} {self.object}"


class EntryText(models.Model):
    """What an entry says in words; may be erased without breaking the chain."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="said")
    salt = models.CharField(max_length=64)
    """32 random bytes in hexadecimal, so that a short text cannot be guessed from its digest."""
    text = models.TextField()
    """A JSON object: `reason` and what else belongs to the entry."""

    def __str__(self) -> str:
        return f"text of entry {self.entry_id}"


class ChainTip(models.Model):
    """The last entry's number and hash; locked by whoever writes the next one."""

    n = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.n} {self.hash[:12]}"


class Root(models.Model):
    """The chain's last hash at a time, signed; whoever kept it finds a history written anew."""

    n = models.PositiveBigIntegerField(primary_key=True)
    """The last entry that it covers."""
    hash = models.CharField(max_length=64)
    """That entry's hash."""
    at = models.DateTimeField()
    """When it was signed, UTC."""
    key = models.CharField(max_length=64)
    """The Ed25519 public key, in hexadecimal."""
    signature = models.CharField(max_length=128)
    """The signature of the canonical JSON of hash, number and time, in hexadecimal."""

    class Meta:
        ordering = ["-n"]

    def __str__(self) -> str:
        return f"root {self.n} {self.hash[:12]}"

    def get_absolute_url(self) -> str:
        """Where its file is."""
        return reverse("history:root", args=[self.n])
