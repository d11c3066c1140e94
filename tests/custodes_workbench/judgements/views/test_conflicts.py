import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from answers import bare
from cast import a_workbench_round
from custodes_workbench.access import Stage
from custodes_workbench.judgements.models import ConflictOfInterest
from panels import a_conflict, rule_on

pytestmark = pytest.mark.django_db


def address(name, row, *parts):
    """Where a page of conflicts is."""
    return reverse(f"judgements:{name}", args=[row.slug, *parts])


def test_a_conflict_is_cleared_by_two_on_its_page(cast, client):
    row = a_workbench_round(cast)
    conflict = a_conflict(row, cast.ada, text="same laboratory")
    page = address("conflict", row, conflict.pk)
    told = {"version": 1, "decided": "none", "reason": "another Ada"}
    client.force_login(cast.omar)

    client.post(page, told)
    own = client.get(page).content.decode()
    refused = client.post(address("confirm", row, conflict.pk), {"version": 2})
    client.force_login(cast.lena)
    waits = client.get("/").content.decode()
    shown = client.get(page).content.decode()
    client.post(address("confirm", row, conflict.pk), {"version": 2})

    conflict.refresh_from_db()
    assert "Take this back" in own
    assert "Confirm that there is no conflict" not in own
    assert refused.status_code == 403
    assert "Decide 1 conflict of interest" in waits
    assert "Confirm that there is no conflict" in shown
    assert (conflict.decided, conflict.reason) == ("none", "another Ada")
    assert "Confirmed by Lena" in client.get(page).content.decode()


def test_a_clearing_is_turned_down_on_its_page(cast, client):
    row = a_workbench_round(cast)
    conflict = a_conflict(row, cast.ada)
    rule_on(conflict, cast, "none", second="")
    client.force_login(cast.lena)

    client.post(address("confirm", row, conflict.pk), {"version": 2, "does": "turn down"})
    again = client.post(address("confirm", row, conflict.pk), {"version": 3})

    conflict.refresh_from_db()
    assert conflict.decided == ""
    assert again.status_code == 400


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"decided": "recuse", "weight": "0.5"}, "a weight goes with note or publish"),
        ({"decided": "note", "weight": "0"}, "greater than or equal to"),
        ({"decided": "note", "dismissed": "on"}, "choose none as well"),
        ({"decided": "note", "reason": ""}, "required"),
    ],
)
def test_a_ruling_that_does_not_fit_is_sent_back(cast, client, told, wrong):
    row = a_workbench_round(cast)
    conflict = a_conflict(row, cast.ada)
    client.force_login(cast.omar)

    answer = client.post(
        address("conflict", row, conflict.pk), {"version": 1, "reason": "x", **told}
    )

    assert answer.status_code == 400
    assert wrong in answer.content.decode()


def test_the_page_of_a_conflict_looks_to_others_as_if_it_did_not_exist(cast, client):
    row = a_workbench_round(cast)
    conflict = a_conflict(row, cast.grace)
    client.force_login(cast.ada)

    not_theirs = client.get(address("conflict", row, conflict.pk))
    nothing = client.get(address("conflict", row, 999999))

    assert (not_theirs.status_code, bare(not_theirs)) == (404, bare(nothing))


def test_an_officer_with_a_conflict_does_not_see_others_conflicts_with_that_effort(cast, client):
    row = a_workbench_round(cast)
    rule_on(a_conflict(row, cast.omar), cast, "recuse", by="lena")
    conflict = a_conflict(row, cast.ada)
    client.force_login(cast.omar)

    assert client.get(address("conflict", row, conflict.pk)).status_code == 404


def test_the_report_is_exported_as_it_is_shown(cast, client):
    row = a_workbench_round(cast, Stage.ASSESSMENT)
    a_conflict(row, cast.ada, text="=works there", rule="organisation")
    client.force_login(cast.omar)
    page = address("conflicts", row)

    named = client.get(page, {"as": "csv", "is_rule": "organisation"}).content.decode()
    client.force_login(cast.anna)
    coded = client.get(page, {"as": "csv"}).content.decode()

    (line,) = csv.DictReader(io.StringIO(named))
    assert (line["name"], line["effort"], line["evidence"]) == ("Ada", "first", "'=works there")
    assert "Ada" not in coded
    assert "works there" not in coded
    assert "E-01" in coded


@pytest.mark.parametrize("on", ["2020-01-01", "no day"])
def test_the_report_is_told_as_of_a_day(cast, client, on):
    row = a_workbench_round(cast)
    a_conflict(row, cast.ada, text="works there")
    client.force_login(cast.omar)

    page = client.get(address("conflicts", row), {"on": on}).content.decode()

    assert ("works there" in page) is (on == "no day")


def test_conflicts_of_everybody_are_looked_for_at_once(cast, client):
    row = a_workbench_round(cast)
    cast.dina.affiliations = "Alan's laboratory"
    cast.dina.save()
    client.force_login(cast.lena)

    client.post(address("look_at_all", row))

    assert ConflictOfInterest.objects.filter(person=cast.dina, rule="organisation").exists()
    assert timezone.localdate() == ConflictOfInterest.objects.first().found_at.date()


def test_the_file_of_conflicts_is_for_who_sees_the_panel(cast, client):
    row = a_workbench_round(cast)
    a_conflict(row, cast.ada)

    statuses = {}
    for name in ("omar", "aud", "dina", "anna", "ada"):
        client.force_login(cast.people[name])
        statuses[name] = client.get(address("conflicts_file", row)).status_code

    assert statuses == {"omar": 200, "aud": 200, "dina": 404, "anna": 404, "ada": 404}


def test_a_file_of_conflicts_is_read_back(cast, client):
    row = a_workbench_round(cast)
    a_conflict(row, cast.ada, text="same laboratory")
    client.force_login(cast.omar)
    away = client.get(address("conflicts_file", row)).content
    ruled = away.replace(b",no,,,", b",no,recuse,works there,", 1)

    answer = client.post(
        address("take_conflicts", row), {"file": SimpleUploadedFile("conflicts.csv", ruled)}
    )

    found = ConflictOfInterest.objects.get()
    assert answer.status_code == 302
    assert (found.decided, found.reason) == ("recuse", "works there")


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"expert,effort,type\nE-99,first,employer\n", "nobody of this round"),
        (b"expert,effort,type\nE-01,first,uncle\n", "is not in the list"),
        (b"name,effort\nE-01,first\n", "conflicts.csv"),
        (b"", "empty"),
    ],
)
def test_a_file_that_is_wrong_is_sent_back_with_what_is(cast, client, content, wrong):
    row = a_workbench_round(cast)
    client.force_login(cast.omar)

    answer = client.post(
        address("take_conflicts", row), {"file": SimpleUploadedFile("conflicts.csv", content)}
    )

    assert answer.status_code == 400
    assert wrong in answer.content.decode()
    assert not ConflictOfInterest.objects.exists()
