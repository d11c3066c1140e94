"""A round with keys made, and something handed in under a mark."""

import datetime as dt

import pytest
from django.utils import timezone

from cast import a_workbench_round
from custodes.disclosure import Mark, Marking
from custodes_workbench.access import Stage
from custodes_workbench.efforts.models import Effort
from custodes_workbench.handling.models import Item
from custodes_workbench.handling.services import HandedIn, hand_in, make_reader_key, unlocked

CANARY = "xylophone-recipe-7f3a"
PASSPHRASE = "{}: five words at random"


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.BLIND)


@pytest.fixture
def first(row):
    return Effort.objects.select_related("round").get(round=row, effort_id="first")


@pytest.fixture
def keys(cast, row):
    """Private keys by name, of those who made one."""
    found = {}
    for name in ("lena", "omar", "ada", "alan"):
        make_reader_key(person=cast.people[name], passphrase=PASSPHRASE.format(name))
        found[name] = unlocked(person=cast.people[name], passphrase=PASSPHRASE.format(name))
    return found


@pytest.fixture
def marking():
    """A decision on a mark, by its word."""

    def made(mark=Mark.RESTRICTED, **more):
        today = timezone.localdate()
        told = {
            "mark": mark,
            "ground": "misuse",
            "reason": "It could be followed.",
            "against": "Nobody outside can check it.",
            "decided_by": "the lead officer",
            "decided_on": today,
            "review_by": today + dt.timedelta(days=300),
            "lifted_when": "The hole is closed.",
        }
        return Marking(**told | more)

    return made


@pytest.fixture
def handed(cast, first, keys, marking):
    """Hand something in."""

    def made(mark=Mark.RESTRICTED, *, by="lena", readers=("lena", "ada"), kind="finding"):
        named = readers if mark in (Mark.RESTRICTED, Mark.RESTRICTED_EXISTENCE) else ()
        item = hand_in(
            effort=first,
            given=HandedIn(
                kind=kind,
                marking=marking(mark),
                text="" if kind == "effort" else CANARY,
                readers=tuple(cast.people[name] for name in named),
            ),
            by=cast.now(by),
        )
        return Item.objects.select_related("effort__round").get(pk=item.pk)

    return made
