import io
import zipfile

import pytest
from django.urls import reverse

import custodes
from answers import bare
from cast import a_workbench_round, stand
from custodes.exchange import read_round, result_text
from custodes_workbench.access import Relation, Stage
from custodes_workbench.assessments.models import Run
from custodes_workbench.assessments.records import assessment_of
from custodes_workbench.claims.selectors import round_of
from custodes_workbench.efforts.models import Effort, Revision
from custodes_workbench.operations.models import Job
from custodes_workbench.operations.services import run_next_job
from custodes_workbench.rounds.models import Round
from workbench_runs import a_done_run, moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    return a_workbench_round(cast, Stage.ASSESSMENT)


@pytest.fixture
def get(cast, client):
    def got(name, view, *args, **more):
        client.force_login(cast.people[name])
        return client.get(reverse(f"assessments:{view}", args=args), **more)

    return got


@pytest.fixture
def post(cast, client):
    def sent(name, view, *args, **data):
        client.force_login(cast.people[name])
        return client.post(reverse(f"assessments:{view}", args=args), data)

    return sent


def test_an_officer_runs_an_assessment_and_reads_it(row, get, post):
    sent = post("omar", "start", row.slug, "assess")
    waiting = get("omar", "run", row.slug, "assess", 1)
    run_next_job("a test")

    done = get("omar", "run", row.slug, "assess", 1)

    assert sent.url == reverse("assessments:run", args=[row.slug, "assess", 1])
    assert "Waiting to begin" in waiting.content.decode()
    assert "Differences below the standard error are not differences" in done.content.decode()
    assert {each["effort"] for each in done.context["listing"].rows} == {"first", "second"}


def test_progress_is_a_fragment_for_htmx_and_a_page_without(row, get, post):
    post("omar", "start", row.slug, "assess")

    fragment = get("omar", "progress", row.slug, "assess", 1, headers={"HX-Request": "true"})
    page = get("omar", "progress", row.slug, "assess", 1)

    assert b"<progress" in fragment.content
    assert b"<html" not in fragment.content
    assert page.status_code == 302


def test_progress_of_what_is_done_asks_for_the_page(cast, row, get):
    a_done_run(cast, row)

    answer = get("omar", "progress", row.slug, "assess", 1, headers={"HX-Request": "true"})

    assert answer.headers["HX-Refresh"] == "true"


def test_a_run_that_is_stopped_says_so(row, get, post):
    post("omar", "start", row.slug, "assess")
    post("omar", "cancel", row.slug, "assess", 1)

    page = get("omar", "run", row.slug, "assess", 1)

    assert Run.objects.get().job.state == Job.State.CANCELLED
    assert "It was stopped" in page.content.decode()


def test_a_run_that_failed_says_why(row, get, post):
    post("omar", "start", row.slug, "assess")
    Run.objects.update(inputs_json="{}")
    run_next_job("a test")

    page = get("omar", "run", row.slug, "assess", 1).content.decode()

    assert "It did not work" in page
    assert "This is our fault" in page


@pytest.mark.parametrize(
    ("name", "status"),
    [
        *((name, 200) for name in ("lena", "anna", "dina", "aud", "ada")),
        *((name, 404) for name in ("rhea", "alan", "adam", "mallory")),
    ],
)
def test_results_are_for(cast, row, get, name, status):
    a_done_run(cast, row)

    answer = get(name, "run", row.slug, "assess", 1)

    assert answer.status_code == status


def test_an_expert_sees_the_efforts_assigned_to_them_and_no_others(cast, row, get):
    a_done_run(cast, row)

    page = get("grace", "run", row.slug, "assess", 1)

    assert [each["effort"] for each in page.context["listing"].rows] == ["first"]
    assert "efforts/second" not in page.content.decode()


def test_a_red_teamer_sees_results_at_challenges_and_nothing_that_holds_answers(cast, row, get):
    a_done_run(cast, row)
    moved(row, Stage.CHALLENGE)

    page = get("rhea", "run", row.slug, "assess", 1)
    files = [
        get("rhea", "download", row.slug, "assess", 1),
        get("rhea", "inputs", row.slug, "assess", 1),
        get("rhea", "report", row.slug, 1, "index.html"),
    ]

    assert page.status_code == 200
    assert {each.status_code for each in files} == {404}


def test_the_report_is_made_once_when_somebody_asks_for_it(
    cast, row, get, post, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    a_done_run(cast, row)
    place = (row.slug, 1, "index.html")

    asked = get("omar", "report", *place)
    post("omar", "report", *place)
    post("anna", "report", *place)
    waits = get("omar", "report", *place)
    before = get("omar", "report", row.slug, 1, "manifest.txt")
    assert run_next_job("a test")
    assert not run_next_job("a test")
    made = get("omar", "report", *place)

    assert "Make the report" in asked.content.decode()
    assert "It is being made" in waits.content.decode()
    assert before.status_code == 404
    assert "efforts/first.html" in made.content.decode()


def test_a_report_is_not_made_of_what_is_not_computed_yet(row, get, post):
    post("omar", "start", row.slug, "assess")

    refused = post("omar", "report", row.slug, 1, "index.html")

    assert "is not done yet" in refused.content.decode()
    assert Job.objects.count() == 1


@pytest.mark.parametrize("view", ["download", "inputs"])
@pytest.mark.parametrize("name", ["ada", "alan", "mallory"])
def test_files_of_a_run_are_not_for(cast, row, get, name, view):
    a_done_run(cast, row)

    assert get(name, view, row.slug, "assess", 1).status_code == 404


def test_a_conflict_hides_the_effort_the_files_and_what_is_made_of_all(cast, row, get):
    stand(Effort.objects.get(round=row, effort_id="second"), cast.dina, Relation.CONFLICTED)
    a_done_run(cast, row)

    page = get("dina", "run", row.slug, "assess", 1)
    files = [
        get("dina", "download", row.slug, "assess", 1),
        get("dina", "inputs", row.slug, "assess", 1),
        get("dina", "report", row.slug, 1, "index.html"),
        get("dina", "compare", row.slug, 1, 1),
    ]

    assert [each["effort"] for each in page.context["listing"].rows] == ["first"]
    assert [each.status_code for each in files] == [404, 404, 404, 200]
    assert {each.effort for each in files[3].context["moves"]} == {"first"}


def test_a_run_that_is_not_theirs_looks_like_one_that_does_not_exist(cast, row, get):
    a_done_run(cast, row)

    not_theirs, nothing = (get("mallory", "run", row.slug, "assess", n) for n in (1, 99))

    assert (not_theirs.status_code, bare(not_theirs)) == (404, bare(nothing))


def test_the_result_is_taken_as_the_command_writes_it(cast, row, get):
    a_done_run(cast, row)

    answer = get("anna", "download", row.slug, "assess", 1)

    assert answer.content.decode() == result_text(custodes.assess(round_of(row)).record)


def test_the_folder_of_a_run_gives_the_same_bytes(cast, row, get, tmp_path):
    run = a_done_run(cast, row)

    again = custodes.assess(taken(get, "lena", row, tmp_path)).record

    assert again.inputs_sha256 == run.inputs_sha256
    assert result_text(again) == result_text(assessment_of(run))


def test_the_folder_names_no_applicant_to_an_analyst(cast, row, get, tmp_path):
    run = a_done_run(cast, row)

    inputs = taken(get, "anna", row, tmp_path)

    assert {each.applicant for each in inputs.efforts} == {""}
    assert custodes.assess(inputs).record.efforts == assessment_of(run).efforts


def test_a_folder_with_an_effort_that_the_reader_must_not_see_is_not_to_be_had(cast, row, get):
    revision = Effort.objects.get(round=row, effort_id="second").revision
    marked = {**revision.record, "handling": "restricted"}
    Revision.objects.filter(pk=revision.pk).update(record=marked)
    a_done_run(cast, row)

    assert get("anna", "inputs", row.slug, "assess", 1).status_code == 404


def taken(get, name, row, folder):
    """The inputs of the first run, as somebody takes them, read again."""
    answer = get(name, "inputs", row.slug, "assess", 1)
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(folder)
    return read_round(folder / row.slug)


def test_what_went_in_is_told_to_those_alone_who_see_every_result(cast, row, get):
    digest = a_done_run(cast, row).inputs_sha256[:12]
    Round.objects.filter(pk=row.pk).update(settings={**row.settings, "seed": 7})
    a_done_run(cast, Round.objects.get(pk=row.pk))

    def told(name):
        pages = [
            get(name, "runs", row.slug),
            get(name, "progress", row.slug, "assess", 1, headers={"HX-Request": "true"}),
            get(name, "compare", row.slug, 2, 1),
        ]
        texts = [each.content.decode() for each in pages]
        return [digest in texts[0], digest in texts[1], "Different: settings" in texts[2]]

    assert told("grace") == [False, False, False]
    assert told("anna") == [True, True, True]


def test_two_runs_beside_each_other_tell_what_changed(cast, row, get):
    a_done_run(cast, row)
    Round.objects.filter(pk=row.pk).update(settings={**row.settings, "seed": 7})
    a_done_run(cast, Round.objects.get(pk=row.pk))

    page = get("anna", "compare", row.slug, 2, 1)

    assert page.context["changed"] == ["settings"]
    assert {each.effort for each in page.context["moves"]} == {"first", "second"}
    assert "seed 7 after" in page.content.decode()


def test_the_list_of_runs_takes_exactly_what_is_shown(cast, row, get):
    a_done_run(cast, row)

    answer = get("grace", "run", row.slug, "assess", 1, data={"as": "csv"})

    assert answer.headers["Content-Type"].startswith("text/csv")
    assert answer.content.decode().count("\r\n") == 2  # the heading and one effort


@pytest.mark.parametrize(("name", "status"), [("lena", 200), ("ada", 200), ("mallory", 404)])
def test_runs_so_far_are_for(cast, row, get, name, status):
    a_done_run(cast, row)

    assert get(name, "runs", row.slug).status_code == status


def test_signed_out_they_sign_in_first(cast, row, client):
    a_done_run(cast, row)

    answer = client.get(reverse("assessments:run", args=[row.slug, "assess", 1]))

    assert answer.url.startswith(reverse("account_login"))


def test_an_expert_finds_the_results_from_the_round(cast, row, client, get):
    a_done_run(cast, row)
    client.force_login(cast.grace)

    page = client.get(reverse("rounds:round", args=[row.slug])).content.decode()

    assert reverse("assessments:runs", args=[row.slug]) in page
    assert reverse("assessments:questions", args=[row.slug]) not in page
    assert get("grace", "runs", row.slug).status_code == 200


def test_before_there_is_a_result_the_page_says_so(row, get):
    assert "no result yet that is yours" in get("grace", "runs", row.slug).content.decode()
