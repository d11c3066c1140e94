"""Reads of rounds: which a person sees, and the facts that rulings in a round are made from."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.urls import reverse

from custodes.decisions import ApproachVersion
from custodes_workbench.access import SPOKEN, Act, Facts, Purpose, Relation, Role, Stage, decide
from custodes_workbench.operations.models import Mail
from custodes_workbench.people.models import User
from custodes_workbench.people.selectors import (
    is_alone,
    roles_held,
    roles_in_institution,
    roles_in_round,
)
from custodes_workbench.rounds.models import Approach, Round, RoundWorldview, Standstill
from custodes_workbench.web.missing import Missing
from custodes_workbench.web.waiting import Waiting

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
    stage = round_.stage
    return Facts(
        roles=roles,
        stage=Stage(stage.name),
        relation=relation,
        own_handed_in=own_handed_in,
        closed=stage.is_over,
        alone=isinstance(reader, User) and reader.alone,
        frozen_because=round_.frozen_because,
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
    # the settings, systems and mitigations of every round are long, and no ruling asks for them
    rows = everything.only("slug", "frozen_because")
    seen = [each.pk for each in rows if decide(Act.SEE_ROUND, facts_of(reader, each))]
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


def newest_approach() -> Approach | None:
    """The version of the approach that is published now; none before the first."""
    return Approach.objects.filter(published_at__isnull=False).first()


def standstill_of(round_: Round) -> Standstill | None:
    """The standstill that a round is in; none while it goes on."""
    return round_.standstills.filter(ended_at=None).first()


def is_frozen(slug: str) -> bool:
    """Whether the round at an address stands still; not where there is none."""
    return Standstill.objects.filter(round__slug=slug, ended_at=None).exists()


def not_rolled_back(round_: Round, field: str) -> Q:
    """The condition that a time of a row lies in no stretch that was rolled back.

    Args:
        round_: The round.
        field: The row's time.
    """
    condition = Q()
    for each in round_.standstills.filter(back_done_at__isnull=False):
        condition &= ~Q(**{f"{field}__gt": each.back_to, f"{field}__lte": each.back_done_at})
    return condition


def published_approach() -> tuple[ApproachVersion, ...]:
    """Every published version as the library's record, the first one first."""
    rows = Approach.objects.filter(published_at__isnull=False).order_by("n")
    return tuple(
        ApproachVersion(
            n=each.n,
            published_on=each.published_at.date(),
            text=each.text,
            by_one_person=each.by_one_person,
        )
        for each in rows
        if each.published_at
    )


def waits_at_rounds(person: User) -> list[Waiting]:
    """What a second person has to confirm, and rounds whose stage is over or that stand still.

    Args:
        person: With the roles of the request.
    """
    found = []
    if decide(Act.PUBLISH_APPROACH, person.facts):
        drafts = Approach.objects.filter(published_at=None, proposed_by__isnull=False)
        found += [
            Waiting(
                text=f"Publish version {each.n} of the approach", url=reverse("rounds:approach")
            )
            for each in drafts.exclude(proposed_by=person)
        ]
    asked = rounds_visible_to(person, Purpose.LIST).exclude(back_to="")
    for row in asked.exclude(back_asked_by=person):
        if decide(Act.CONFIRM_MOVE_BACK, facts_of(person, row)):
            url = reverse("rounds:stages", args=[row.slug])
            found.append(
                Waiting(text="Confirm that the round goes back", url=url, round=row.title)
            )
    for row in rounds_visible_to(person, Purpose.LIST):
        stage = row.stage
        if stage.is_over and not stage.is_last and decide(Act.MOVE_STAGE, facts_of(person, row)):
            found.append(
                Waiting(
                    text=f"Open the stage after {stage}",
                    url=reverse("rounds:stages", args=[row.slug]),
                    round=row.title,
                    due=stage.ends_at,
                )
            )
    for row in rounds_visible_to(person, Purpose.LIST).exclude(frozen_because=""):
        if decide(Act.THAW, facts_of(person, row)):
            url = reverse("judgements:standstill", args=[row.slug])
            found.append(Waiting(text="This round stands still", url=url, round=row.title))
    return found


def missing_at_rounds(round_: Round) -> list[Missing]:
    """What a round lacks in its own settings before experts answer.

    Args:
        round_: With its stages.
    """
    if round_.stage.order > list(Stage).index(Stage.INVITING):
        return []
    found = []
    stages = {each.name: each for each in round_.stages.all()}
    to_stages = reverse("rounds:stages", args=[round_.slug])
    for name in (Stage.CALL, Stage.BLIND, Stage.REVISION):
        stage = stages.get(name.value)
        if stage is not None and stage.closes_at is None:
            text = f"Say when {SPOKEN[name]} closes at the latest."
            found.append(Missing(text=text, url=to_stages))
    if newest_approach() is None:
        text = "Publish how the institution decides."
        found.append(Missing(text=text, url=reverse("rounds:approach")))
    if not round_.decides_instead and not is_alone():
        text = "Say who decides where decision makers and substitutes all have a conflict."
        found.append(Missing(text=text, url=reverse("rounds:people", args=[round_.slug])))
    held = {*roles_in_institution(), *(each.role for each in roles_in_round(round_.slug))}
    if Role.DECISION_MAKER not in held and not is_alone():
        text = "Name a decision maker."
        found.append(Missing(text=text, url=reverse("rounds:people", args=[round_.slug])))
    return found


def is_still_there(mail: Mail) -> bool:
    """Whether the recipient of a mail about a round still has a role in it."""
    return mail.subject in roles_held(mail.to)
