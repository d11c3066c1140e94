import datetime as dt

import pytest
from django.utils import timezone

from cast import a_workbench_round, at_stage
from custodes_workbench.access import Stage
from custodes_workbench.judgements.models import ConflictOfInterest, ConflictRuling
from custodes_workbench.judgements.selectors.report import conflict_report, conflicts_filed
from custodes_workbench.people.models import User
from panels import a_conflict, rule_on

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
HIDDEN = ("name", "evidence", "reason", "decided_by")


def found(rows, code):
    """The lines about conflicts of one person."""
    return [row for row in rows if row["code"] == code and row["type"] != "statement of interests"]


def test_the_report_tells_what_stood_on_a_day(cast):
    row = a_workbench_round(cast)
    conflict = a_conflict(row, cast.ada, text="works there", rule="organisation", strength="hard")
    rule_on(conflict, cast, "recuse")
    rule_on(conflict, cast, "note")
    now = timezone.now()
    first, second = ConflictRuling.objects.order_by("pk")
    ConflictOfInterest.objects.update(found_at=now - dt.timedelta(days=3))
    ConflictRuling.objects.filter(pk=first.pk).update(holds_from=now - dt.timedelta(days=2))
    ConflictRuling.objects.filter(pk=second.pk).update(holds_from=now - dt.timedelta(days=1))
    omar = cast.now("omar")

    told = [
        [each["result"] for each in found(conflict_report(omar, row, TODAY() - ago), "E-01")]
        for ago in (dt.timedelta(4), dt.timedelta(3), dt.timedelta(2), dt.timedelta(1))
    ]

    assert told == [[], ["unresolved: blocked"], ["recuse"], ["note"]]


def test_everybody_who_judges_or_decides_stands_with_their_statement(cast):
    row = a_workbench_round(cast)
    User.objects.filter(pk=cast.dina.pk).update(interests_stated_on=TODAY())
    User.objects.filter(pk=cast.omar.pk).update(interests_stated_on=TODAY() - dt.timedelta(400))

    rows = conflict_report(cast.now("lena"), row, TODAY())

    told = {row["name"]: row["result"] for row in rows if row["type"] == "statement of interests"}
    assert {"Dina": "holds", "Ada": "never made"}.items() <= told.items()
    assert "Omar" in told
    assert {"Mallory", "Adam", "Alan"}.isdisjoint(told)


@pytest.mark.parametrize("name", ["dina", "anna"])
def test_others_read_codes_and_no_evidence(cast, name):
    row = a_workbench_round(cast, Stage.ASSESSMENT)
    conflict = a_conflict(row, cast.grace, text="works at Alan's")
    rule_on(conflict, cast, "publish")

    rows = conflict_report(cast.now(name), row, TODAY())

    assert [each["result"] for each in found(rows, "E-02")] == ["publish"]
    assert not any(key in each for each in rows for key in HIDDEN)


@pytest.mark.parametrize(
    ("name", "stage"),
    [
        ("dina", Stage.BLIND),
        ("ada", Stage.ASSESSMENT),
        ("rhea", Stage.CHALLENGE),
        ("adam", Stage.ASSESSMENT),
    ],
)
def test_nobody_else_reads_the_report(cast, name, stage):
    row = a_workbench_round(cast)
    a_conflict(row, cast.grace)
    at_stage(row, stage)

    assert conflict_report(cast.now(name), row, TODAY()) == []


def test_whoever_has_a_conflict_reads_nothing_of_that_effort(cast):
    row = a_workbench_round(cast)
    rule_on(a_conflict(row, cast.omar), cast, "recuse", by="lena")
    a_conflict(row, cast.ada)

    rows = conflict_report(cast.now("omar"), row, TODAY())

    assert found(rows, "E-01") == []
    assert not any(row["effort"] == "first" for row in rows)


def test_the_file_holds_staff_too_and_the_library_reads_it(cast):
    row = a_workbench_round(cast)
    a_conflict(row, cast.dina, type="family", declared=True)
    rule_on(a_conflict(row, cast.ada), cast, "note", weight=0.5)

    rows = {each.expert: each for each in conflicts_filed(cast.now("omar"), row)}

    assert set(rows) == {"E-01", f"person-{cast.dina.pk}"}
    assert (rows["E-01"].weight, rows["E-01"].decided) == (0.5, "note")
    assert rows[f"person-{cast.dina.pk}"].keeps_out
