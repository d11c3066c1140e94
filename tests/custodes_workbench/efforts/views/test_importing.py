import io
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cast import a_workbench_round, at_stage, stand
from custodes_workbench.access import Relation, Stage
from custodes_workbench.efforts.models import Effort, Upload
from custodes_workbench.history.models import Entry

pytestmark = pytest.mark.django_db

GOOD = """Project title,Organisation,Amount (USD),Why,Notes
Tripwires for deception,A laboratory,250000,It stops deployment,one
Honest reporting,Another laboratory,100000,It tells the truth,two
"""
BAD = GOOD + "No amount,Third laboratory,,Because,three\n"


@pytest.fixture
def row(cast, client):
    client.force_login(cast.omar)
    return a_workbench_round(cast, Stage.SCREENING)


def upload(client, row, text=GOOD, name="grants.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    sent = SimpleUploadedFile(name, content)
    return client.post(reverse("efforts:imports", args=[row.slug]), {"file": sent})


def at(name, row):
    kept = Upload.objects.latest("sent_at")
    return reverse(f"efforts:{name}", args=[row.slug, kept.pk])


def run(client, row, **changes):
    kept = Upload.objects.latest("sent_at")
    return client.post(at("check", row), {"version": kept.version} | changes)


def test_columns_are_guessed_with_examples_and_the_unused_told(client, row):
    answer = upload(client, row)
    page = client.get(answer.url).content.decode()

    assert "Tripwires for deception" in page
    assert "usual name" in page
    assert "Why" in page.partition("What is not used")[2]


def test_a_dry_run_writes_nothing(client, row):
    upload(client, row)

    page = client.get(at("check", row)).content.decode()

    assert "Tripwires for deception" in page
    assert Effort.objects.filter(round=row).count() == 2


def test_an_import_goes_to_screening_and_forgets_the_file(client, row):
    upload(client, row)

    run(client, row)

    made = Effort.objects.filter(imported_in__isnull=False)
    kept = Upload.objects.get()
    assert [each.revision.record["title"] for each in made] == [
        "Tripwires for deception",
        "Honest reporting",
    ]
    assert {each.state for each in made} == {Effort.State.SUBMITTED}
    assert {each.order for each in made} == {2, 3}
    assert (kept.state, bytes(kept.content)) == (Upload.State.DONE, b"")
    assert Entry.objects.filter(action="efforts imported").count() == 2


def test_a_refused_row_stops_all_of_it_and_is_told_with_its_cure(client, row):
    upload(client, row, BAD)

    page = client.get(at("check", row)).content.decode()
    answer = run(client, row)

    refused = page.partition("Refused rows</caption>")[2]
    assert ">4<" in refused
    assert "Amount (USD)" in refused
    assert answer.status_code == 400
    assert Effort.objects.filter(round=row).count() == 2


def test_refused_rows_are_left_out_only_knowingly(client, row):
    upload(client, row, BAD)

    answer = run(client, row, leave_out="on")

    assert answer.status_code == 302
    assert Effort.objects.filter(round=row).count() == 4


def test_refused_rows_can_be_taken_and_start_no_formula(client, row):
    upload(client, row, GOOD + "=1+1,Third,,Because,three\n")

    text = client.get(at("refused", row)).content.decode()

    assert "'=1+1" in text


def test_another_column_can_be_chosen(client, row):
    upload(client, row)
    kept = Upload.objects.get()
    chosen = {
        "version": kept.version,
        "column_title": "Project title",
        "column_cost": "Amount (USD)",
        "column_explanation": "Why",
        "currency": "USD",
    }

    answer = client.post(kept.get_absolute_url(), chosen)
    run(client, row)

    made = Effort.objects.filter(imported_in=kept).first()
    assert answer.url == at("check", row)
    assert made.revision.record["explanation"] == "It stops deployment"
    assert made.revision.record["applicant"] == ""


def test_a_file_whose_columns_say_nothing_can_be_mapped_by_hand(client, row):
    upload(client, row, "a,b\nTripwires,5000\n")

    cannot = client.get(at("check", row))
    page = client.get(at("columns", row))

    assert cannot.status_code == 400
    assert "no column is recognised as a title" in cannot.content.decode()
    assert "choose it among the columns" in cannot.content.decode()
    assert "MAP.toml" not in cannot.content.decode()
    assert page.status_code == 200


def test_a_currency_that_nothing_says_is_written_on_the_page(client, row):
    upload(client, row, "title,cost\nTripwires,5000\n")
    kept = Upload.objects.get()

    cannot = client.get(at("check", row)).content.decode()
    told = {"version": 1, "column_title": "title", "column_cost": "cost", "currency": "usd"}
    client.post(kept.get_absolute_url(), told)
    run(client, row)

    assert "write the currency below the columns" in cannot
    assert "--currency" not in cannot
    assert Effort.objects.get(imported_in=kept).revision.record["currency"] == "USD"


SAME = "title,organisation,amount,currency,date\n{},Some laboratory,123457,USD,2026-10-01\n"


def test_a_likely_duplicate_is_told_unless_a_conflict_hides_it(cast, client, row):
    upload(client, row, SAME.format("Honest reporting under pressure"))
    run(client, row)
    upload(client, row, SAME.format("Honest reports under pressure"))

    before = client.get(at("check", row)).content.decode()
    stand(Effort.objects.latest("pk"), cast.omar, Relation.CONFLICTED)
    after = client.get(at("check", row)).content.decode()

    assert "Honest reporting under pressure" in before
    assert "Honest reporting under pressure" not in after


def test_the_map_can_be_taken_as_a_file(client, row):
    upload(client, row)

    answer = client.get(at("column_map", row))

    assert 'title = "Project title"' in answer.content.decode()


def test_what_is_there_already_is_refused(client, row):
    upload(client, row)
    run(client, row)
    upload(client, row)

    page = client.get(at("check", row)).content.decode()

    assert "is in efforts.csv already" in page.replace("&#x27;", "'")


def test_an_import_is_taken_back_and_a_mended_file_goes_in(client, row):
    upload(client, row)
    run(client, row)

    client.post(at("take_back", row))
    first = Upload.objects.latest("sent_at")
    upload(client, row)
    again = run(client, row)

    gone = Effort.objects.filter(imported_in=first)
    assert {each.state for each in gone} == {Effort.State.WITHDRAWN}
    assert Entry.objects.filter(action="import taken back").count() == 1
    assert again.status_code == 302
    assert Effort.objects.filter(state=Effort.State.SUBMITTED).count() == 2


def test_an_import_stays_once_the_round_has_moved_on(client, row):
    upload(client, row)
    run(client, row)
    at_stage(row, Stage.INVITING)

    answer = client.post(at("take_back", row))

    assert answer.status_code == 403
    assert not Effort.objects.filter(state=Effort.State.WITHDRAWN).exists()


def test_a_file_is_forgotten_after_its_time(client, row):
    upload(client, row)
    Upload.objects.update(expires_at=timezone.now())

    answer = client.get(at("columns", row))

    assert answer.status_code == 404


def test_another_officers_file_is_not_there(cast, client, row):
    upload(client, row)
    client.force_login(cast.lena)

    answers = [client.get(at(name, row)) for name in ("columns", "check", "column_map")]

    assert [each.status_code for each in answers] == [404, 404, 404]


@pytest.mark.parametrize("name", ["dina", "ada", "alan", "mallory", "aud", "anna"])
def test_importing_is_for_officers(cast, client, row, name):
    client.force_login(cast.people[name])

    answer = upload(client, row)

    assert answer.status_code == 404
    assert not Upload.objects.exists()


def test_nothing_is_imported_once_the_panel_has_begun(client, row):
    at_stage(row, Stage.BLIND)

    assert upload(client, row).status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.pdf", b"%PDF"),
        ("big.csv", b"title,cost\n" + b"x" * (8 * 1024 * 1024)),
        ("empty.csv", b""),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_at_once(client, row, name, content):
    answer = upload(client, row, content, name)

    assert answer.status_code == 400
    assert not Upload.objects.exists()


def a_workbook(sheet):
    parts = io.BytesIO()
    with zipfile.ZipFile(parts, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/worksheets/sheet1.xml", sheet)
    return parts.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("bomb.xlsx", a_workbook(b"<row>" + b" " * 210_000_000), "unpacks to"),
        ("entity.xlsx", a_workbook(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"), "XML entities"),
        ("torn.xlsx", b"PK\x03\x04torn", "not a workbook"),
        ("deep.json", b"[" * 100_000, ""),
        ("zero.csv", b"\x00\xff\xfe\x00", ""),
    ],
    ids=["bomb", "entity", "torn", "deep", "zero"],
)
def test_a_hostile_file_is_refused_quickly(client, row, name, content, told):
    upload(client, row, content, name)
    start = time.perf_counter()

    answer = client.get(at("check", row))

    assert time.perf_counter() - start < 2
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert Effort.objects.filter(round=row).count() == 2
