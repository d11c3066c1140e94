"""Reads about people: their roles, and whether one person is alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from custodes_workbench.access import Act, Facts, Role, decide
from custodes_workbench.people.models import Institution, Membership, User


def with_accounts() -> QuerySet[User]:
    """People who can sign in."""
    return User.objects.filter(is_active=True, email__isnull=False)


def has_account(person: User) -> bool:
    """Whether somebody can sign in by themselves."""
    return person.is_active and bool(person.email) and person.has_usable_password()


def is_alone() -> bool:
    """Whether one person runs this workbench by themselves, on their own machine.

    It ends for good when a second person has an account.
    """
    return settings.ALONE and with_accounts().count() <= 1


def roles_held(person: User) -> Mapping[str, frozenset[Role]]:
    """The roles held now, by round address; `` for the institution's.

    Args:
        person: With an account or without.
    """
    now = timezone.now()
    rows = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=now), person=person)
    held: dict[str, set[Role]] = defaultdict(set)
    for round_, role in rows.values_list("round", "role"):
        held[round_].add(Role(role))
    return {round_: frozenset(roles) for round_, roles in held.items()}


def people_visible_to(facts: Facts) -> QuerySet[User]:
    """People with their details, for those who give roles or set panels; nobody for others.

    Args:
        facts: Of the reader.
    """
    acts = (Act.GIVE_ROLES, Act.SET_PANEL)
    if not any(decide(act, facts) for act in acts):
        return User.objects.none()
    return User.objects.order_by("name", "pk")


def the_institution() -> Institution | None:
    """The institution of this workbench; none before it was set up."""
    return Institution.objects.order_by("pk").first()
