"""A rule that is loosened on purpose is noticed: by the walk that looks for words, or by twins."""

import sys
from pathlib import Path

import pytest

from cast import at_stage
from custodes_workbench import access
from custodes_workbench.access import Act, Permit, Relation, Role, Stage
from own_database import ON_POSTGRESQL

sys.path.append(str(Path(__file__).parent))
import twins  # (found only after the line above)
from addresses import addresses
from permission_table import NEVER, read_table
from test_permissions import may_know
from world import heard, make_world

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.long,
    pytest.mark.skipif(ON_POSTGRESQL, reason="the gate knows no database; walked on SQLite"),
]

_PANEL = (Act.SEE_ANSWERS, Act.SEE_DISCUSSION)
_CONFLICTS = (Act.SEE_CONFLICT_REPORT, Act.SEE_PANEL)
SEEDS = {
    "answers": (_PANEL, Role.EXPERT, "grace", Stage.DISCUSSION, "answer"),
    "discussion": (_PANEL, Role.EXPERT, "grace", Stage.DISCUSSION, "remark of the panel"),
    "conflicts": (_CONFLICTS, Role.ANALYST, "anna", Stage.BLIND, "conflict"),
    "panel": ((Act.SEE_PANEL,), Role.ANALYST, "anna", Stage.BLIND, "expert's name"),
    "memo": ((Act.SEE_DECISION,), Role.ANALYST, "anna", Stage.CHOICE, "decision"),
    "follow-up": ((Act.SEE_FOLLOW_UP,), Role.ANALYST, "anna", Stage.PUBLISHED, "follow-up"),
    "marked": ((Act.SEE_MARKED_EFFORT,), Role.ANALYST, "anna", Stage.CHOICE, "marked"),
}
"""By channel: the acts that are opened, to whom, who asks, when, and the word that gets out.

Some channels have two guards, and it takes both to open them.
"""


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_world()


def loosened(acts, role):
    """The table with one row more for each act: a role may it always."""
    row = Permit(
        roles=frozenset({role}),
        stages=frozenset({*Stage, None}),
        relations=frozenset(Relation),
    )
    return {**access.PERMITTED, **{act: (*access.PERMITTED[act], row) for act in acts}}


@pytest.mark.parametrize("channel", SEEDS)
def test_a_word_that_gets_out_is_met_by_the_walk(world, monkeypatch, channel):
    acts, role, reader, stage, word = SEEDS[channel]
    at_stage(world.row, stage)
    monkeypatch.setattr(access, "PERMITTED", loosened(acts, role))

    met = {
        address.name
        for address in addresses(world.examples)
        for method in ("get", "post")
        if word in heard(world.clients[reader], address, method)[1]
    }

    assert reader not in may_know(word, stage)
    assert met


def test_an_address_that_opens_is_met_by_the_table(world, monkeypatch):
    """The history says little on its first page, so that no word need get out."""
    at_stage(world.row, Stage.BLIND)
    monkeypatch.setattr(access, "PERMITTED", loosened((Act.READ_HISTORY,), Role.OFFICER))
    table = read_table()

    opened = {
        address.name
        for address in addresses(world.examples)
        if address.name.startswith("history:")
        and heard(world.clients["omar"], address, "get")[0]
        and table[address.name, "get", "omar"] == NEVER
    }

    assert opened == {"history:chain", "history:entries"}


def test_a_whole_that_a_hidden_effort_is_in_is_noticed_by_twins(world, monkeypatch):
    """Sums, orders, comparisons and the folder of a run: no word of the effort stands in them."""
    twins.restrict(world.row)
    at_stage(world.row, Stage.CHOICE)
    monkeypatch.setattr(access, "OF_THE_WHOLE", frozenset())

    found = twins.differences(
        world.clients["anna"], addresses(world.examples), twins.restricted_effort
    )

    assert found
