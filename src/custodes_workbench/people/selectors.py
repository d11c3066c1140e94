"""Reads about people: their roles, and whether one person is alone."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Mapping

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from custodes_workbench.access import Act, Facts, Role, decide
from custodes_workbench.operations.models import Mail
from custodes_workbench.people.models import Institution, Invitation, Membership, User
from custodes_workbench.web.waiting import Waiting

SALT = "a place in the institution"
"""What an invitation into the institution is signed with."""
HOLDS = dt.timedelta(days=14)
"""How long such an invitation holds."""
STATEMENT_HOLDS = dt.timedelta(days=365)
"""How long a statement of interests holds; after that it is as if there were none."""


AS_SUBSTITUTE = {Role.LEAD_OFFICER: Role.OFFICER}
"""What a substitute is where nobody has a conflict, if that is another role."""
AT_WORK = (Role.OFFICER, Role.LEAD_OFFICER, Role.DECISION_MAKER, Role.ANALYST)
"""Roles whose holders rule, decide or compute, so that their conflicts matter."""


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


def statement_has_expired(person: User) -> bool:
    """Whether somebody stated their interests once, and has not renewed it within a year."""
    made = person.interests_stated_on
    return made is not None and timezone.localdate() - made >= STATEMENT_HOLDS


def roles_held(person: User) -> Mapping[str, frozenset[Role]]:
    """The roles held now, by round address; `` for the institution's.

    Args:
        person: With an account or without.
    """
    now = timezone.now()
    rows = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=now), person=person)
    held: dict[str, set[Role]] = defaultdict(set)
    for round_, role, substitute in rows.values_list("round", "role", "substitute"):
        held[round_].add(AS_SUBSTITUTE.get(Role(role), Role(role)) if substitute else Role(role))
    return {round_: frozenset(roles) for round_, roles in held.items()}


def acting(person: User) -> User:
    """A person with the roles that count now, as a request would load them.

    Args:
        person: With an account; alone, they act as the lead officer.
    """
    person.held, person.alone = roles_held(person), is_alone()
    person.acting_as = Role.LEAD_OFFICER.value if person.alone else ""
    return person


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


def change_that_waits(person: User) -> list[Waiting]:
    """The change of the institution that a second person has to confirm.

    Args:
        person: With the roles of the request.
    """
    found = the_institution()
    if found is None or found.proposed_by_id in (None, person.pk):
        return []
    if not decide(Act.EDIT_INSTITUTION, person.facts):
        return []
    text = "Confirm a change of the institution's settings"
    return [Waiting(text=text, url=reverse("people:institution"))]


def digest_of_token(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def invitation_of(token: str) -> Invitation | None:
    """The invitation behind a token; none where it is forged, expired, used or withdrawn.

    It dies also when whoever made it may not give roles any more.

    Args:
        token: From the address.
    """
    try:
        signing.loads(token, salt=SALT, max_age=HOLDS)
    except signing.BadSignature:
        return None
    found = (
        Invitation.objects.select_related("person", "made_by")
        .filter(token_digest=digest_of_token(token), ended_at=None)
        .first()
    )
    if found is None:
        return None
    giver = Facts(roles=roles_held(found.made_by).get("", frozenset()))
    return found if decide(Act.GIVE_ROLES, giver) else None


def invitations_visible_to(facts: Facts) -> QuerySet[Invitation]:
    """Invitations that wait for an answer, for those who may make them; none for others.

    Args:
        facts: Of the reader, outside a round.
    """
    if not decide(Act.GIVE_ROLES, facts):
        return Invitation.objects.none()
    since = timezone.now() - HOLDS
    waiting = Invitation.objects.filter(ended_at=None, made_at__gt=since)
    return waiting.select_related("person", "made_by")


def is_still_invited(mail: Mail) -> bool:
    """Whether the mail of an invitation into the institution is still right."""
    return Invitation.objects.filter(pk=int(mail.subject), ended_at=None).exists()


def roles_history(person: User) -> QuerySet[Membership]:
    """Every role that somebody holds or held, newest first; only behind a ruling."""
    rows = Membership.objects.filter(person=person).select_related("given_by")
    return rows.order_by("-since", "role")


def memberships_of(person: User) -> QuerySet[Membership]:
    """The roles that somebody holds now; only behind a ruling."""
    now = timezone.now()
    return Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now), person=person
    ).order_by("round", "role")


def roles_in_round(round_: str) -> QuerySet[Membership]:
    """Who holds which role in one round; only behind a ruling.

    Args:
        round_: The round's address.
    """
    now = timezone.now()
    rows = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=now), round=round_)
    return rows.select_related("person").order_by("role", "person__name")


def people_at_work(round_: str) -> QuerySet[User]:
    """Who rules, decides or computes in a round; only behind a ruling.

    Args:
        round_: The round's address.
    """
    now = timezone.now()
    held = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now), round__in=("", round_), role__in=AT_WORK
    )
    return User.objects.filter(pk__in=held.values("person"))


def principals_of(role: Role, round_: str) -> list[User]:
    """Who holds a role in a round in their own right; only behind a ruling.

    Args:
        role: Such as a decision maker.
        round_: The round's address; the institution's roles count too.
    """
    return _holders(role, round_, substitute=False)


def substitutes_of(role: Role, round_: str) -> list[User]:
    """Who stands in for the holders of a role in a round; only behind a ruling.

    Args:
        role: Such as a decision maker.
        round_: The round's address.
    """
    return _holders(role, round_, substitute=True)


def substitute_roles(person: User, round_: str) -> frozenset[Role]:
    """The roles that a person holds in a round only as a substitute.

    Args:
        person: Who is signed in.
        round_: The round's address.
    """
    now = timezone.now()
    held = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now), person=person, round__in=("", round_)
    )
    rows = set(held.values_list("role", "substitute"))
    return frozenset(Role(role) for role, only in rows if only and (role, False) not in rows)


def _holders(role: Role, round_: str, *, substitute: bool) -> list[User]:
    now = timezone.now()
    held = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now),
        role=role,
        round__in=("", round_),
        substitute=substitute,
    )
    return list(User.objects.filter(pk__in=held.values("person")).order_by("pk"))


def roles_in_institution() -> frozenset[str]:
    """The roles that somebody holds in the institution now; nobody is named."""
    now = timezone.now()
    rows = Membership.objects.filter(Q(until__isnull=True) | Q(until__gt=now), round="")
    return frozenset(rows.values_list("role", flat=True))


def auditors() -> QuerySet[User]:
    """Who audits the institution now."""
    now = timezone.now()
    held = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=now), round="", role=Role.AUDITOR.value
    )
    return User.objects.filter(pk__in=held.values("person")).order_by("pk")


def is_still_auditor(mail: Mail) -> bool:
    """Whether the recipient of a root still audits."""
    return auditors().filter(pk=mail.to_id).exists()


MFA_ROLES = frozenset(Role) - {Role.PUBLIC, Role.APPLICANT, Role.RED_TEAMER}
"""Roles that can see what is blind or restricted; they should have a second factor."""


def should_set_up_second_factor(person: User) -> bool:
    """Whether somebody sees blind or restricted things with a password alone.

    One person on a laptop has no password to protect.

    Args:
        person: With the roles of the request.
    """
    held = frozenset().union(*person.held.values())
    return not person.alone and bool(held & MFA_ROLES) and not is_mfa_enabled(person)
