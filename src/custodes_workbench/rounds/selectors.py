"""Reads of rounds: which a person sees, and the facts that rulings in a round are made from."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from custodes_workbench.access import Act, Facts, Purpose, Relation, Role, decide
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Approach, Round, RoundWorldview

_NOBODYS = frozenset({Role.PUBLIC})

Reader = User | AnonymousUser
"""Somebody who asks for a page, signed in or not."""


def facts_of(
    reader: Reader,
    round_: Round,
    *,
    relation: Relation = Relation.STRANGER,
    own_handed_in: bool = False,
) -> Facts:
    """What a ruling in a round is made from.

    Args:
        reader: Signed in or not.
        round_: The round.
        relation: How the reader stands to the thing, where there is one.
        own_handed_in: Whether the reader has handed in an answer to the thing.
    """
    roles = reader.roles_in(round_.slug) if isinstance(reader, User) else _NOBODYS
    return Facts(
        roles=roles,
        stage=round_.stage_name,
        relation=relation,
        own_handed_in=own_handed_in,
        closed=round_.stage.is_over,
        alone=isinstance(reader, User) and reader.alone,
    )


def rounds_visible_to(reader: Reader, purpose: Purpose = Purpose.PAGE) -> QuerySet[Round]:
    """The rounds that a reader sees, newest first; for every purpose the same.

    Args:
        reader: Signed in or not.
        purpose: What the reading is for.
    """
    everything = Round.objects.prefetch_related("stages")
    if purpose is Purpose.COMPUTE:
        return everything.none()
    seen = [each.pk for each in everything if decide(Act.SEE_ROUND, facts_of(reader, each))]
    return everything.filter(pk__in=seen)


def worldviews_now(round_: Round) -> list[RoundWorldview]:
    """The newest version of each worldview, in the order of results."""
    newest: dict[str, RoundWorldview] = {}
    for row in round_.worldviews.order_by("order", "n"):
        newest[row.name] = row
    named = set(round_.settings["worldviews"])
    return sorted((row for row in newest.values() if row.name in named), key=lambda row: row.order)


def approaches_visible_to(reader: Reader) -> QuerySet[Approach]:
    """Versions of the approach: all for those who write it, the published ones for others."""
    facts = reader.facts if isinstance(reader, User) else Facts(roles=_NOBODYS)
    if decide(Act.WRITE_APPROACH, facts):
        return Approach.objects.all()
    return Approach.objects.filter(published_at__isnull=False)
