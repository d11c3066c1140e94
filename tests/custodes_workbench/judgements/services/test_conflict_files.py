import datetime as dt

import pytest

from cast import a_workbench_round
from custodes.errors import InputError
from custodes.judgements import Conflict
from custodes_workbench.access import Refused, Relation
from custodes_workbench.efforts.selectors import relations_in
from custodes_workbench.judgements.models import ConflictOfInterest
from custodes_workbench.judgements.selectors.report import conflicts_filed
from custodes_workbench.judgements.services.conflict_files import take_conflicts
from panels import a_conflict, rule_on

pytestmark = pytest.mark.django_db


def taken(cast, row, *conflicts, by="omar"):
    """What became of a file with these conflicts."""
    return take_conflicts(
        round_=row, conflicts=conflicts, rows=range(2, 2 + len(conflicts)), by=cast.now(by)
    )


def a_row(**values):
    """A row of the file about the first of the panel."""
    return Conflict.model_validate(
        {"expert": "E-01", "effort": "first", "type": "employer", "declared": "no", **values}
    )


def test_a_file_goes_away_and_comes_back_without_a_change(cast):
    row = a_workbench_round(cast)
    a_conflict(row, cast.dina, type="family", declared=True, since=dt.date(2020, 1, 2))
    rule_on(a_conflict(row, cast.ada, strength="soft"), cast, "note", weight=0.5)
    before = conflicts_filed(cast.now("omar"), row)

    told = taken(cast, row, *before)

    assert (told.new, told.ruled, told.waiting) == (0, 0, 0)
    assert conflicts_filed(cast.now("omar"), row) == before


def test_what_is_new_is_added_and_ruled_by_whoever_sends_it(cast):
    row = a_workbench_round(cast)

    told = taken(
        cast,
        row,
        a_row(decided="recuse", reason="works there", decided_by="somebody"),
        a_row(expert="E-02", effort="", type="family"),
        a_row(expert="E-03", decided="none", reason="long ago"),
        a_row(expert="E-04", type="none", effort=""),
    )

    first, second, third, _ = ConflictOfInterest.objects.order_by("pk")
    assert (told.new, told.ruled, told.waiting) == (4, 1, 1)
    assert (first.decided, first.decided_by) == ("recuse", cast.omar)
    assert (second.effort, second.decided, third.decided) == (None, "", "")
    assert set(relations_in(cast.now("grace"), row).values()) == {Relation.CONFLICTED}


def test_all_that_is_wrong_is_told_with_its_row_and_nothing_is_kept(cast):
    row = a_workbench_round(cast)

    with pytest.raises(InputError) as caught:
        taken(
            cast,
            row,
            a_row(),
            a_row(expert="E-99"),
            a_row(effort="third", decided="note"),
            a_row(dismissed="yes", decided="note", reason="x"),
        )

    places = [(each.row, each.field) for each in caught.value.faults]
    assert places == [(3, "expert"), (4, "effort"), (4, "reason"), (5, "decided")]
    assert not ConflictOfInterest.objects.exists()


def test_nobody_decides_their_own_by_a_file(cast):
    row = a_workbench_round(cast)
    own = f"person-{cast.omar.pk}"

    with pytest.raises(InputError, match="not yours to decide"):
        taken(cast, row, a_row(expert=own, decided="note", reason="it is nothing"))

    assert not ConflictOfInterest.objects.exists()


@pytest.mark.parametrize("name", ["aud", "dina", "anna", "ada"])
def test_others_send_no_file(cast, name):
    row = a_workbench_round(cast)

    with pytest.raises(Refused):
        taken(cast, row, a_row(), by=name)
