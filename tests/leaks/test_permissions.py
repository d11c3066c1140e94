"""Every address, for every reader, at every stage, by every method, against one reviewed table."""

import itertools
import sys
from pathlib import Path

import pytest
from django.urls import NoReverseMatch

from cast import at_stage
from custodes_workbench.access import Stage
from own_database import ON_POSTGRESQL

sys.path.append(str(Path(__file__).parent))
from addresses import addresses  # (found only after the line above)
from permission_table import ALWAYS, NEVER, read_table
from world import CANARIES, READERS, heard, make_world

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(ON_POSTGRESQL, reason="the gate knows no database; walked on SQLite"),
]
EVERY_TIME = ((Stage.BLIND, "get"), (Stage.BLIND, "post"), (Stage.PUBLISHED, "get"))
"""Walks at every change; the others are left to `make test-long`, for each takes half a minute."""
BEFORE_CLOSE = (Stage.SET_UP, Stage.CALL, Stage.SCREENING, Stage.INVITING, Stage.BLIND)
BEFORE_BLIND = BEFORE_CLOSE[:-1]
STAFF = {"lena", "omar", "aud"}
HISTORY = {"lena", "aud"}
PUBLIC = (Stage.PUBLISHED, Stage.FOLLOW_UP)
NOBODYS = {"sealed", "text of a sample", "unconfirmed critique"}
"""Words that nobody here reads: nobody unlocked a key, or has the link."""


def may_know(word, stage):
    """Who may ever read a word at a stage."""
    if word == "draft":
        return {"grace"}
    if word == "blind assessment of a claim":
        return {"grace"}
    if word == "application":
        return {"alan"}
    if word in ("conflict", "declared interest"):
        return {*STAFF, "carl"}
    if word == "who should not judge":
        return {"lena", "omar", "alan"}
    if word == "withheld critique":
        return {"lena", "omar"}
    if word in ("expert's name", "expert's mail"):
        return {*STAFF, "adam", "ada"}
    if word in NOBODYS:
        return set()
    if word == "decision":
        deciding = {*STAFF, "dina", "sven"} if stage is Stage.CHOICE else HISTORY
        return set(READERS) if stage in PUBLIC else deciding
    if word == "follow-up":
        return {*STAFF, "dina", "sven", "alan"} if stage in PUBLIC else HISTORY
    if word == "remark of the panel":
        return set() if stage in BEFORE_CLOSE else {"ada", *STAFF}
    if word == "marked audit":
        return {*STAFF, "dina", "sven", "reg"}
    if word == "marked":
        judging = set() if stage in BEFORE_BLIND else {"ada", "grace"}
        deciding = set() if stage in (Stage.SET_UP, Stage.CALL) else {"dina", "sven"}
        return {*STAFF, "alan"} | judging | deciding
    if stage in BEFORE_CLOSE:
        return {"ada"}
    if word == "number as pages round it":  # an input of results, told to who sees those
        return set(READERS)
    if stage in (Stage.DISCUSSION, Stage.REVISION):
        return {"ada", *STAFF}
    if stage in PUBLIC:
        return set(READERS)
    return {"ada", "dina", "sven", "anna", *STAFF}


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_world()


@pytest.mark.parametrize(
    ("stage", "method"),
    [
        pytest.param(*walk, marks=() if walk in EVERY_TIME else pytest.mark.long)
        for walk in itertools.product(Stage, ("get", "post"))
    ],
)
def test_who_is_heard_is_in_the_table_and_hidden_words_stay_hidden(world, stage, method):
    at_stage(world.row, stage)
    table = read_table()
    wrong, leaks, badly = [], [], set()

    for address in addresses(world.examples):
        if not address.in_round and stage is not Stage.BLIND:
            continue
        for reader in READERS:
            was_heard, words, faults = heard(world.clients[reader], address, method)
            badly |= {f"{each} at {address.name}" for each in faults}
            cell = table[address.name, method, reader]
            expected = cell == ALWAYS or (cell != NEVER and stage.value in cell.split())
            if was_heard != expected:
                wrong.append(f"{method} {address.name} as {reader}: {was_heard}, table: {cell}")
            leaks += [
                f"{word} at {method} {address.name} for {reader}"
                for word in words
                if reader not in may_know(word, stage)
            ]

    assert leaks == []
    assert wrong == []
    assert badly == set()


def test_the_words_are_found_where_they_may_be_read(world):
    """A walk that never met the words would find no leak either; it ends when all were met."""
    missing = set(CANARIES) - NOBODYS
    for stage in (Stage.BLIND, Stage.CHOICE, Stage.DISCUSSION, Stage.FOLLOW_UP):
        at_stage(world.row, stage)
        for reader in ("lena", "ada", "grace", "adam", "alan"):
            for address in addresses(world.examples) if missing else ():
                method = "post" if address.name == "handling:open" else "get"
                missing -= heard(world.clients[reader], address, method)[1]
                if not missing:
                    return

    assert missing == set()


def test_every_address_has_a_line_and_every_line_an_address(world):
    assert {name for name, _, _ in read_table()} == {
        each.name for each in addresses(world.examples)
    }


def test_an_address_without_an_example_is_noticed(world):
    with pytest.raises((KeyError, NoReverseMatch)):
        addresses({key: value for key, value in world.examples.items() if key != "slug"})
