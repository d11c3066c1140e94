"""What is hidden from a reader changes nothing in what they are answered, to the byte (bar S3)."""

import functools
import sys
from pathlib import Path

import pytest

from cast import at_stage
from custodes_workbench.access import Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.services import start_run
from custodes_workbench.operations.services import run_next_job
from custodes_workbench.rounds.models import Round
from own_database import ON_POSTGRESQL

sys.path.append(str(Path(__file__).parent))
import twins  # (found only after the line above)
from addresses import addresses
from world import make_world

pytestmark = [
    pytest.mark.django_db,
    *([pytest.mark.long] if ON_POSTGRESQL else []),
]

NEVER_THEIRS = (
    *(twins.unwanted, twins.applications, twins.withheld_critiques, twins.conflicts),
    twins.restricted_effort,
)
"""Hidden from everybody without an office, at every stage."""
BEFORE_PUBLICATION = (twins.remarks, twins.decisions, twins.reports)
BEFORE_CLOSE = (twins.answers_of_others, twins.another_answer, twins.drafts)
CASES = {
    ("grace", Stage.BLIND): (
        *(twins.answers_of_others, twins.another_answer, twins.challenges),
        *(*NEVER_THEIRS, *BEFORE_PUBLICATION),
    ),
    ("anna", Stage.CHOICE): (
        *(twins.restricted_effort, twins.unwanted, twins.applications, twins.drafts),
        *(twins.withheld_critiques, *BEFORE_PUBLICATION),
    ),
    ("mallory", Stage.PUBLISHED): (*NEVER_THEIRS, twins.drafts, twins.remarks, twins.reports),
    ("anna", Stage.BLIND): (
        *(*BEFORE_CLOSE, twins.restricted_effort, twins.unwanted, twins.applications),
        *(twins.withheld_critiques, *BEFORE_PUBLICATION),
    ),
    ("dina", Stage.BLIND): (*BEFORE_CLOSE, twins.unwanted, twins.applications),
    ("omar", Stage.BLIND): BEFORE_CLOSE,
    ("aud", Stage.BLIND): BEFORE_CLOSE,
    ("alan", Stage.DISCUSSION): (
        *(*BEFORE_CLOSE, twins.withheld_critiques, twins.conflicts, twins.restricted_effort),
        *BEFORE_PUBLICATION,
    ),
    ("rhea", Stage.CHALLENGE): (*NEVER_THEIRS, twins.drafts, *BEFORE_PUBLICATION),
    ("nobody", Stage.FOLLOW_UP): (*NEVER_THEIRS, twins.drafts, twins.remarks, twins.reports),
}
"""By reader and stage: what is hidden from them then."""
NAMES_ARE_THEIRS = ("omar", "aud", "dina")
EVERY_TIME = 3
"""So many cases are tried at every change on SQLite; the others by `make test-long`."""


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    made = make_world()
    twins.restrict(made.row)
    at_stage(made.row, Stage.CHOICE)
    lena = made.cast.now("lena")
    start_run(round_=Round.objects.get(pk=made.row.pk), kind=Run.Kind.CHOOSE, by=lena)
    run_next_job("a test")
    return made


def hidden(reader, stage):
    """One change of everything that is hidden from a reader at a stage."""
    changes = [*CASES[reader, stage]]
    if reader not in NAMES_ARE_THEIRS:
        changes.append(functools.partial(twins.identities, reader))
    for change in changes:
        change()


@pytest.mark.parametrize(
    "cases",
    [
        pytest.param([*CASES][:EVERY_TIME], id="at every change"),
        pytest.param([*CASES][EVERY_TIME:], id="the others", marks=pytest.mark.long),
    ],
)
def test_what_is_hidden_changes_no_answer(world, cases):
    changed = []

    for reader, stage in cases:
        at_stage(world.row, stage)
        found = twins.differences(
            world.clients[reader],
            addresses(world.examples),
            functools.partial(hidden, reader, stage),
        )
        changed += [f"{each} for {reader} at {stage.value}" for each in found]

    assert changed == []


def test_a_change_is_seen_by_who_may_see_it(world):
    """Twins whose difference nobody could see would prove nothing."""
    shown = ("efforts:effort ", "judgements:discussion ", "decisions:decision ")
    asked = [each for each in addresses(world.examples) if each.name.startswith(shown)]

    for reader, stage, change in (
        ("lena", Stage.CHOICE, twins.restricted_effort),
        ("ada", Stage.DISCUSSION, twins.answers_of_others),
        ("omar", Stage.CHOICE, twins.decisions),
    ):
        at_stage(world.row, stage)

        assert twins.differences(world.clients[reader], asked, change), reader
