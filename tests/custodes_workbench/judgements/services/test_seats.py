import pytest

from cast import a_workbench_round
from custodes_workbench.access import Refused, Stage
from custodes_workbench.judgements.models import Assignment
from custodes_workbench.judgements.services.seats import seat_of
from workbench_answers import the_effort

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.BLIND)


def test_seat_is_the_assignment(cast, row):
    assert seat_of(effort=the_effort(row), by=cast.now("ada")).letter == "C"


def test_who_is_on_no_panel_has_no_seat(cast, row):
    with pytest.raises(Refused, match="not on the panel"):
        seat_of(effort=the_effort(row), by=cast.now("mallory"))


def test_assignment_that_was_taken_away_is_no_seat(cast, row):
    Assignment.objects.filter(member__person=cast.ada).update(ended_because="conflict")

    with pytest.raises(Refused):
        seat_of(effort=the_effort(row), by=cast.now("ada"))


def test_one_person_alone_sits_at_every_effort_under_one_code(cast, row):
    me = cast.now("lena")
    me.alone, me.acting_as = True, "expert"

    seats = [seat_of(effort=the_effort(row, each), by=me) for each in ("first", "second")]

    assert len({each.member_id for each in seats}) == 1
    assert seat_of(effort=the_effort(row), by=me).pk == seats[0].pk
