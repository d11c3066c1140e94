"""Reads of marked things: who knows of them, who may open them, what the public is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from custodes.disclosure import (
    Audience,
    Ground,
    Mark,
    Marking,
    Withheld,
    is_told,
    mark_of,
    strictest,
    yearly_total,
)
from custodes_workbench.access import Act, Facts, Role, Ruling, decide
from custodes_workbench.efforts.models import Effort
from custodes_workbench.efforts.selectors import efforts_visible_to, facts_about
from custodes_workbench.handling.models import (
    SEALED_MARKS,
    Item,
    Opening,
    Reader,
    ReaderKey,
    SafeguardsMember,
    Sharing,
)
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import roles_held
from custodes_workbench.rounds.models import Round
from custodes_workbench.rounds.selectors import Reader as Whoever
from custodes_workbench.rounds.selectors import facts_of, rounds_visible_to
from custodes_workbench.web.waiting import Waiting

SOON = dt.timedelta(days=14)
"""So long before its day a review is announced."""


def key_of(person: User) -> ReaderKey | None:
    """The key pair that a person uses now; none before they made one."""
    return ReaderKey.objects.filter(person=person, retired_at=None).first()


def people_with_keys(effort: Effort) -> list[User]:
    """Who could be a named reader of something about an effort; only behind a ruling.

    Somebody with a conflict of interest is not among them.

    Args:
        effort: The effort.
    """
    people = User.objects.filter(reader_keys__retired_at=None, is_active=True).distinct()
    conflicted = effort.standings.filter(relation="conflicted", until=None)
    return list(people.exclude(pk__in=conflicted.values("person_id")).order_by("name", "pk"))


def people_offered_to(reader: User, effort: Effort) -> list[User]:
    """Whom somebody can name when they hand something in about an effort.

    Who may not see the panel is offered officers and themselves: a list of everybody with a key
    would tell an applicant who judges.

    Args:
        reader: Who hands in.
        effort: The effort.
    """
    everybody = people_with_keys(effort)
    if decide(Act.SEE_PANEL, facts_about(reader, effort)):
        return everybody
    return [each for each in everybody if _is_known_to(reader, each, effort)]


def name_shown_to(reader: User, person: User, item: Item) -> str:
    """What a reader of a list or a log is told of somebody: applicants do not learn who judges.

    Args:
        reader: Who reads it.
        person: Who is told of.
        item: The thing that it is about.
    """
    sees_panel = decide(Act.SEE_PANEL, facts_about(reader, item.effort))
    known = sees_panel or _is_known_to(reader, person, item.effort)
    return person.name if known else "somebody whose name is not shown to you"


def _is_known_to(reader: User, person: User, effort: Effort) -> bool:
    """Whether a person is the reader themselves, or in an office that is no secret."""
    held = roles_held(person)
    roles = held.get("", frozenset()) | held.get(effort.round.slug, frozenset())
    return person.pk == reader.pk or bool(roles & {Role.OFFICER, Role.LEAD_OFFICER, Role.AUDITOR})


def readers_of(item: Item) -> QuerySet[Reader]:
    """The named readers that an item has now; only behind a ruling."""
    rows = Reader.objects.filter(item=item, removed_at=None).select_related("key__person")
    return rows.order_by("key__person__name", "pk")


def is_in_safeguards(person: User) -> bool:
    """Whether somebody is in the safeguards group, with its terms accepted."""
    return SafeguardsMember.objects.filter(
        person=person, ended_at=None, accepted_at__isnull=False
    ).exists()


def facts_on(reader: Whoever, item: Item) -> Facts:
    """What a ruling about a marked thing is made from.

    Its named readers, the safeguards group where its mark says so, and whoever handed it in
    count as named readers; that alone opens no ciphertext.

    Args:
        reader: Signed in or not.
        item: The thing.
    """
    facts = facts_about(reader, item.effort)
    if isinstance(reader, User) and _is_named(reader, item):
        return replace(facts, roles=facts.roles | {Role.NAMED_READER})
    return facts


def _is_named(reader: User, item: Item) -> bool:
    if item.handed_in_by_id == reader.pk:
        return True
    if item.is_sealed:
        return Reader.objects.filter(item=item, key__person=reader, removed_at=None).exists()
    return item.mark == Mark.SAFEGUARDS and is_in_safeguards(reader)


def may_open(reader: Whoever, item: Item) -> Ruling:
    """Whether somebody may read what a marked thing says."""
    if item.mark == Mark.OPEN:
        seen = efforts_visible_to(reader, item.effort.round).filter(pk=item.effort_id).exists()
        return Ruling(allowed=seen, reason="" if seen else "You may not see this effort.")
    if item.mark == Mark.ROUND:
        return decide(Act.SEE_MARKED_EFFORT, facts_about(reader, item.effort))
    return decide(Act.OPEN_MARKED, facts_on(reader, item))


def items_visible_to(reader: Whoever, round_: Round) -> list[Item]:
    """The marked things of a round that a reader knows of, in the order of their numbers.

    Args:
        reader: Signed in or not.
        round_: The round.
    """
    rows = (
        Item.objects.filter(effort__round=round_)
        .select_related("effort__round", "handed_in_by")
        .prefetch_related("effort__revisions", "effort__round__stages", "markings")
    )
    return [each for each in rows if _is_seen(reader, each)]


def _is_seen(reader: Whoever, item: Item) -> bool:
    facts = facts_on(reader, item)
    hidden = Mark.RESTRICTED_EXISTENCE in (item.mark, _mark_of_effort(item.effort))
    if hidden and not decide(Act.SEE_HIDDEN_MARKS, facts):
        return False
    return bool(decide(Act.SEE_MARKS, facts) or may_open(reader, item))


def _mark_of_effort(effort: Effort) -> Mark:
    return mark_of(effort.revision.record.get("handling", ""))


def round_with_marks(reader: Whoever, slug: str) -> Round | None:
    """A round that a reader may see, or in which they are a named reader.

    Args:
        reader: Signed in or not.
        slug: The round's address.
    """
    seen = rounds_visible_to(reader).filter(slug=slug).first()
    if seen is not None:
        return seen
    found = Round.objects.filter(slug=slug).prefetch_related("stages").first()
    return found if found is not None and items_visible_to(reader, found) else None


def efforts_to_mark(reader: Whoever, round_: Round) -> list[Effort]:
    """The efforts about which a reader may hand something in under a mark."""
    return [
        each
        for each in efforts_visible_to(reader, round_)
        if decide(Act.HAND_IN_MARKED, facts_about(reader, each))
    ]


def openings_shown_to(reader: Whoever, item: Item) -> list[Opening] | None:
    """Who opened a thing and when; none for those who may not know."""
    if not decide(Act.SEE_OPENINGS, facts_on(reader, item)):
        return None
    return list(item.openings.select_related("person"))


def marking_of(item: Item) -> Marking:
    """The decision that holds now, as the library's record."""
    return Marking.model_validate(item.markings.all()[0].record)


def told_of(round_: Round) -> list[Withheld]:
    """What the public is told of the marked things of a round.

    What is derived from an effort has the stricter of both marks. Things about efforts that did
    not go to the panel are not told: nor are those efforts.

    Args:
        round_: The round.
    """
    return [
        Withheld(
            what=item.kind,
            ground=_ground(item),
            review_by=item.review_by,
            digest=item.digest,
        )
        for item in _public_items(round_)
    ]


def _public_items(round_: Round) -> Iterator[Item]:
    rows = Item.objects.filter(
        effort__round=round_, effort__state=Effort.State.ACCEPTED, erased_at=None
    )
    for item in rows.select_related("effort").prefetch_related("effort__revisions", "markings"):
        mark = strictest([Mark(item.mark), _mark_of_effort(item.effort)])
        if item.mark != Mark.OPEN and is_told(mark, Audience.PUBLIC):
            yield item


def _ground(item: Item) -> Ground | None:
    return marking_of(item).ground


def unexplained_efforts(round_: Round) -> int:
    """How many efforts are withheld without a decision that says why."""
    explained = {each.effort_id for each in _public_items(round_) if each.kind == "effort"}
    rows = Effort.objects.filter(round=round_, state=Effort.State.ACCEPTED)
    return sum(
        mark is not Mark.OPEN and is_told(mark, Audience.PUBLIC)
        for each in rows.prefetch_related("revisions")
        if each.pk not in explained
        for mark in [_mark_of_effort(each)]
    )


def overdue_numbers(round_: Round) -> list[int]:
    """The numbers of marked things that should have been looked at again, for everybody."""
    today = timezone.localdate()
    return [each.n for each in _public_items(round_) if each.review_by and each.review_by < today]


def hidden_in_year(year: int) -> str:
    """How many things of a year exist in secret, in all rounds; a small number as a range."""
    rows = Item.objects.filter(mark=Mark.RESTRICTED_EXISTENCE, at__year=year)
    return yearly_total(rows.count())


def marks_that_wait(person: User) -> Iterator[Waiting]:
    """Reviews that are due, for those who decide on marks; terms that wait for a member."""
    proposed = SafeguardsMember.objects.filter(person=person, ended_at=None, accepted_at=None)
    if proposed.exists():
        yield Waiting(
            text="Read the terms of the safeguards group", url=reverse("handling:safeguards")
        )
    rows = Item.objects.filter(review_by__lt=timezone.localdate() + SOON, erased_at=None)
    for item in rows.exclude(mark=Mark.OPEN).select_related("effort__round"):
        if decide(Act.SET_MARK, facts_on(person, item)) and item.review_by:
            yield Waiting(
                text=f"Review the mark on {item.get_kind_display()} {item.n}",
                url=item.get_absolute_url(),
                round=item.effort.round.title,
                due=dt.datetime.combine(item.review_by, dt.time.max, dt.UTC),
            )


def membership_of(person: User) -> SafeguardsMember | None:
    """Somebody's own place in the safeguards group, accepted or not; none without one."""
    return SafeguardsMember.objects.filter(person=person, ended_at=None).first()


def sharings_of(item: Item) -> QuerySet[Sharing]:
    """The sharings of a thing, newest first; only behind a ruling."""
    return Sharing.objects.filter(item=item).select_related("item__effort__round")


def members_visible_to(facts: Facts) -> QuerySet[SafeguardsMember]:
    """The safeguards group, for those who lead it; nobody for others.

    Args:
        facts: Of the reader, outside a round.
    """
    if not decide(Act.LEAD_SAFEGUARDS, facts):
        return SafeguardsMember.objects.none()
    return SafeguardsMember.objects.select_related("person", "sponsor")


def may_see_withheld(reader: Whoever, round_: Round) -> bool:
    """Whether somebody may see what of a round is withheld from the public."""
    return bool(decide(Act.SEE_WITHHELD, facts_of(reader, round_)))


def broken_seals() -> Iterator[str]:
    """Marked things that hold clear text where they must not, or cannot be opened by anybody."""
    for item in Item.objects.filter(mark__in=SEALED_MARKS).exclude(kind="effort"):
        if item.text:
            yield f"{item.history_name}: it is marked {item.mark} and holds readable text"
        if item.erased_at is None and not (item.sealed and readers_of(item).exists()):
            yield f"{item.history_name}: nobody can open it"
