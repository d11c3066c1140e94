import datetime as dt

import pytest
from django.utils import timezone

from cast import a_workbench_round
from custodes_workbench.efforts.models import Effort
from custodes_workbench.judgements.models import Answer, ConflictOfInterest, PanelMember
from custodes_workbench.judgements.selectors.panel import (
    BECAUSE,
    STATEMENT_HOLDS,
    conflicts_that_wait,
    has_stated,
    keeps_out,
    panel_visible_to,
    progress_of,
    touched_by_conflict,
)
from panels import member_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("values", "out"),
    [
        ({"decided": ""}, True),
        ({"decided": "recuse"}, True),
        ({"decided": "block"}, True),
        ({"decided": "none"}, False),
        ({"decided": "note"}, False),
        ({"decided": "publish"}, False),
        ({"decided": "", "dismissed": True}, False),
        ({"type": "none"}, False),
    ],
)
def test_what_is_not_decided_keeps_out_as_the_library_says(cast, values, out):
    row = a_workbench_round(cast)
    conflict = ConflictOfInterest(
        **{"round": row, "person": cast.ada, "type": "employer", "declared": True, **values}
    )

    assert keeps_out(conflict) is out


@pytest.mark.parametrize(
    ("age", "holds"), [(dt.timedelta(0), True), (STATEMENT_HOLDS + dt.timedelta(1), False)]
)
def test_a_statement_of_interests_holds_for_a_year(cast, age, holds):
    row = a_workbench_round(cast)
    PanelMember.objects.update(statement_at=timezone.now() - age)

    assert has_stated(member_of(row, cast.ada)) is holds


def test_without_a_statement_nothing_is_known(cast):
    row = a_workbench_round(cast)

    assert not has_stated(member_of(row, cast.ada))


@pytest.mark.parametrize(
    ("name", "waits"), [("omar", 1), ("lena", 1), ("ada", 0), ("aud", 0), ("mallory", 0)]
)
def test_a_conflict_waits_for_officers(cast, name, waits):
    row = a_workbench_round(cast)
    ConflictOfInterest.objects.create(round=row, person=cast.ada, type="employer", declared=True)

    found = conflicts_that_wait(cast.now(name))

    assert [each.text for each in found] == ["Decide 1 conflict of interest"] * waits


def test_a_conflict_of_ones_own_does_not_wait_for_oneself(cast):
    row = a_workbench_round(cast)
    ConflictOfInterest.objects.create(round=row, person=cast.omar, type="employer", declared=True)

    assert conflicts_that_wait(cast.now("omar")) == []


@pytest.mark.parametrize("name", ["ada", "dina", "anna", "adam", "mallory"])
def test_others_see_no_panel_and_no_progress(cast, name):
    row = a_workbench_round(cast)

    assert list(panel_visible_to(cast.now(name), row)) == []
    assert progress_of(cast.now(name), row) == ([], [])


def test_an_effort_is_touched_once_an_answer_was_set_aside_for_a_conflict(cast):
    row = a_workbench_round(cast)
    effort = Effort.objects.get(round=row, effort_id="first")
    before = touched_by_conflict(effort)

    Answer.objects.create(
        member=member_of(row, cast.ada),
        effort=effort,
        subject="first",
        quantity="benefit",
        answer_round=1,
        record={},
        set_aside_because=BECAUSE,
    )

    assert (before, touched_by_conflict(effort)) == (False, True)
