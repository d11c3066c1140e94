"""What a round assumes: its settings, its worldviews, its mitigations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from custodes.mitigations import Mitigation
from custodes.quantities import Assumption
from custodes.rounds import RoundSettings
from custodes.worldviews import Worldview
from custodes_workbench.access import Act, decide, require
from custodes_workbench.history.services import record_event
from custodes_workbench.operations.saves import ChangedMeanwhileError
from custodes_workbench.people.models import User
from custodes_workbench.rounds.models import Round, RoundWorldview
from custodes_workbench.rounds.records import mitigations_of, settings_of, worldview_of
from custodes_workbench.rounds.selectors import facts_of, worldviews_now


@transaction.atomic
def change_settings(
    *, round_: Round, settings: RoundSettings, by: User, version: int, reason: str = ""
) -> None:
    """Replace what `round.toml` would say; the worldviews stay what they are.

    Args:
        round_: The round.
        settings: The new settings.
        by: Who changes them.
        version: Of the round as the person saw it.
        reason: Why.

    Raises:
        Refused: They may not now.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.SET_UP_ROUND, facts_of(by, round_)))
    told = settings.model_copy(update={"worldviews": settings_of(round_).worldviews})
    _replace(round_, version, settings=told.model_dump(mode="json"))
    record_event(
        "settings changed",
        by=by,
        subject=f"round {round_.slug}",
        round_=round_.slug,
        reason=reason,
        told={"settings": told.model_dump(mode="json", exclude_defaults=True)},
    )


@transaction.atomic
def take_worldviews(
    *, round_: Round, views: Sequence[Worldview], by: User, version: int, reason: str = ""
) -> None:
    """Set which worldviews the round has, in the order of results.

    Args:
        round_: The round.
        views: All of them, at least one; one that differs from the round's newest of its name
            becomes a new version of it.
        by: Who sets them.
        version: Of the round as the person saw it.
        reason: Why a worldview has a new version.

    Raises:
        Refused: They may not now.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.EDIT_WORLDVIEWS, facts_of(by, round_)))
    names = tuple(dict.fromkeys(each.name for each in views))
    told = settings_of(round_).model_copy(update={"worldviews": names})
    _replace(round_, version, settings=told.model_dump(mode="json"))
    newest = {row.name: row for row in round_.worldviews.order_by("n")}
    for order, view in enumerate({each.name: each for each in views}.values()):
        row = newest.get(view.name)
        if row is None or worldview_of(row) != view:
            RoundWorldview.objects.create(
                round=round_,
                order=order,
                name=view.name,
                n=row.n + 1 if row else 1,
                record=view.model_dump(mode="json"),
                reason=reason if row else "",
                made_by=by,
            )
        RoundWorldview.objects.filter(round=round_, name=view.name).update(order=order)
    record_event(
        "worldviews set",
        by=by,
        subject=f"round {round_.slug}",
        round_=round_.slug,
        told={"worldviews": names},
    )


@transaction.atomic
def change_worldview(
    *, round_: Round, name: str, changes: Mapping[str, Assumption], by: User, n: int, reason: str
) -> RoundWorldview:
    """Write a new version of a worldview; the old one stays.

    Args:
        round_: The round.
        name: The worldview's.
        changes: Quantities with their new ranges and grounds.
        by: Who changes it.
        n: The version that the person saw.
        reason: Why.

    Raises:
        Refused: They may not now.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.EDIT_WORLDVIEWS, facts_of(by, round_)))
    Round.objects.select_for_update().get(pk=round_.pk)
    row = {each.name: each for each in worldviews_now(round_)}[name]
    if row.n != n:
        raise ChangedMeanwhileError
    view = worldview_of(row)
    changed = view.model_copy(update={"quantities": {**view.quantities, **changes}})
    made = RoundWorldview.objects.create(
        round=round_,
        order=row.order,
        name=name,
        n=n + 1,
        record=changed.model_dump(mode="json"),
        reason=reason,
        made_by=by,
    )
    record_event(
        "worldview changed",
        by=by,
        subject=f"worldview {round_.slug}/{name}/{n + 1}",
        round_=round_.slug,
        reason=reason,
        told={"quantities": sorted(changes)},
    )
    return made


@transaction.atomic
def change_mitigation(
    *, round_: Round, mitigation: Mitigation, by: User, version: int, reason: str
) -> None:
    """Replace one mitigation of a round.

    Args:
        round_: The round.
        mitigation: As it should be; it has the id of one that is there.
        by: Who changes it.
        version: Of the round as the person saw it.
        reason: Why.

    Raises:
        Refused: They may not now.
        ChangedMeanwhileError: Somebody else has saved meanwhile.
    """
    require(decide(Act.EDIT_WORLDVIEWS, facts_of(by, round_)))
    kept = [mitigation if each.id == mitigation.id else each for each in mitigations_of(round_)]
    _replace(round_, version, mitigations=[each.model_dump(mode="json") for each in kept])
    record_event(
        "mitigation changed",
        by=by,
        subject=f"mitigation {round_.slug}/{mitigation.id}",
        round_=round_.slug,
        reason=reason,
    )


def _replace(round_: Round, version: int, **values: Any) -> None:  # noqa: ANN401 (columns)
    """Save what a person has seen, and only then."""
    seen = Round.objects.filter(pk=round_.pk, version=version)
    if not seen.update(version=F("version") + 1, **values):
        raise ChangedMeanwhileError
