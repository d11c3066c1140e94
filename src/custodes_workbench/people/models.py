"""Users, the institution they work for, and the roles they hold in it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from custodes_workbench.access import Facts, Role

if TYPE_CHECKING:
    from collections.abc import Mapping

ROLES = [(role.value, role.value.replace("_", " ")) for role in Role]
"""Choices for a field that names a role."""


class People(BaseUserManager["User"]):
    """Finds people by mail address, as signing in does."""


class User(AbstractBaseUser):
    """A person: with an account, or only named, as an expert of a round that was read in."""

    email = models.EmailField(unique=True, null=True, blank=True)
    """How they sign in; none for somebody without an account."""
    name = models.CharField(max_length=200)
    """As they want to be called."""
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    aliases = models.TextField(blank=True)
    """Other names they write or wrote under, one a line."""
    affiliations = models.TextField(blank=True)
    """Organisations, one a line."""
    expertise = models.TextField(blank=True)
    """What they know about: hazards, kinds of effort, problems; one a line."""
    interests = models.TextField(blank=True)
    """What they declare, in their own words."""
    interests_stated_on = models.DateField(null=True, blank=True)
    """The day of that statement; none means that it was never made."""
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = People()

    acting_as: str = ""
    """The role acted in, set for a request where one person is alone."""
    alone: bool = False
    """Whether this request is one person's on their own workbench."""
    held: Mapping[str, frozenset[Role]] = {}
    """Roles by round address, `` for the institution's; set for a request."""

    def __str__(self) -> str:
        return self.name

    @property
    def history_name(self) -> str:
        """How the history names them: never by name."""
        return f"person {self.pk}"

    @cached_property
    def facts(self) -> Facts:
        """What is known of them outside a round."""
        return Facts(roles=self.roles_in(""), alone=self.alone)

    def roles_in(self, round_: str) -> frozenset[Role]:
        """The roles that count in a round; the institution's roles count in every round.

        Args:
            round_: The round's address; empty outside a round.
        """
        if self.alone:
            return frozenset({Role(self.acting_as)}) if self.acting_as else frozenset()
        everywhere = self.held.get("", frozenset())
        return everywhere | self.held.get(round_, frozenset()) | {Role.PUBLIC}


class Institution(models.Model):
    """The public-interest institution that decides what to support."""

    name = models.CharField(max_length=200, unique=True)
    currency = models.CharField(max_length=3, default="GBP")
    """ISO 4217 code that new rounds start with."""
    verdict = models.CharField(
        max_length=20,
        choices=[("risk", "the change in risk"), ("social-value", "the social value")],
        default="risk",
    )
    """What decides in new rounds."""
    contact = models.CharField(max_length=200, blank=True)
    """Where the public can write to."""
    anonymous_critique = models.BooleanField(default=False)
    """Whether public critique needs no mail address."""
    organisations = models.TextField(blank=True)
    """Names of one organisation, a line each, parted by `=`: conflicts are looked for with it."""
    proposed = models.JSONField(default=dict, blank=True)
    """Settings that somebody wants; another person confirms."""
    proposed_because = models.TextField(blank=True)
    proposed_by = models.ForeignKey(
        "people.User", on_delete=models.PROTECT, related_name="+", null=True
    )
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role that a person holds in the institution or in a round, from a day to a day."""

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=ROLES)
    round = models.CharField(max_length=80, blank=True, db_index=True)
    """The round's address; empty for a role in the institution, which counts in every round."""
    substitute = models.BooleanField(default=False)
    """Whether a decision maker stands in for one with a conflict."""
    since = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    """Who gave it; none for the first administrator."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role", "round"],
                condition=models.Q(until__isnull=True),
                name="membership_role_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.role}"


class Invitation(models.Model):
    """An invitation into the institution: one person, one role, one address that works once."""

    class End(models.TextChoices):
        """How it ended."""

        ACCEPTED = "accepted"
        WITHDRAWN = "withdrawn"

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=20, choices=ROLES)
    token_digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the address's token; the token itself is kept nowhere."""
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=10, choices=End.choices, blank=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.person} as {self.role}"
