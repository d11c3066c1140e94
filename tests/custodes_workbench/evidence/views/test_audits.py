import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cast import a_workbench_round, at_stage
from custodes_workbench.access import Stage
from custodes_workbench.evidence.models import AuditVersion, RefusedFile
from workbench_audits import ATTESTED, RULE, SNAPSHOT, a_log_file, an_audit, an_audited_system

pytestmark = pytest.mark.django_db
SECRET = "a secret"


@pytest.fixture
def row(cast):
    return an_audited_system(cast, a_workbench_round(cast, Stage.SET_UP))


def typed(**changes):
    return {
        "audit_id": "power-2026-09",
        "logs": [a_log_file()],
        "hazards": ["power_seeking"],
        "snapshot": SNAPSHOT,
        "all_runs_listed": "yes",
        **{name: RULE[name] for name in ("scorer", "on", "fixed_on")},
        "side": "at_least",
        "value": RULE["at_least"],
        "is_attested": "on",
        **ATTESTED,
        "reason": "The call asks for it.",
        **changes,
    }


def take_in(client, row, **changes):
    url = reverse("evidence:take_in", args=[row.slug, "model-a"])
    return client.post(url, typed(**changes))


def test_an_audit_is_taken_in_and_shown_and_moves_the_numbers(row, cast, client):
    client.force_login(cast.omar)
    system = reverse("evidence:system", args=[row.slug, "model-a"])
    before = client.get(system).content.decode()

    answer = take_in(client, row)

    assert answer.status_code == 302, answer.content.decode()
    page = client.get(answer.url).content.decode()
    after = client.get(system).content.decode()
    assert "no finding" in page
    assert "Independence <strong>A</strong>" in after
    assert "reference class, not judged" in after
    assert after.index("What this does not show") < after.index("What it shows")
    assert before != after
    assert SECRET not in page + after
    record = client.get(reverse("evidence:record", args=[row.slug]))
    (hazard,) = json.loads(record.content)["systems"][0]["hazards"]
    assert hazard["posterior"]["mean"] < hazard["prior"]["mean"] == pytest.approx(0.2)


def test_one_file_that_cannot_be_read_refuses_all_and_every_refusal_is_told(row, cast, client):
    client.force_login(cast.omar)
    files = [
        a_log_file(),
        SimpleUploadedFile("notes.json", b"{}"),
        SimpleUploadedFile("broken.eval", b"PK\3\4 and then nothing"),
    ]

    answer = take_in(client, row, logs=files)

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "notes.json" in page
    assert "broken.eval" in page
    assert not AuditVersion.objects.exists()
    assert {each.file for each in RefusedFile.objects.all()} == {"notes.json", "broken.eval"}
    shown = client.get(reverse("evidence:system", args=[row.slug, "model-a"])).content.decode()
    assert "Files that were refused" in shown


def test_five_reruns_are_one_test_with_all_runs_in_time_order(row, cast, client):
    client.force_login(cast.omar)
    files = [
        a_log_file(
            f"{day}.json",
            eval={"eval_id": f"run-{day}", "created": f"2026-09-0{day}T10:00:00+00:00"},
        )
        for day in (3, 1, 2)
    ]
    answer = take_in(client, row, logs=files)

    page = client.get(answer.url).content.decode()
    found = [page.index(f"{day} Sep 2026, 10:00") for day in (1, 2, 3)]
    assert found == sorted(found)
    assert "The same test was run 3 times; it is one test." in page
    told = json.loads(client.get(reverse("evidence:record", args=[row.slug])).content)
    assert told["systems"][0]["hazards"][0]["n_tests"] == 1


def test_a_correction_is_a_new_version_and_a_late_one_meets_what_stands(row, cast, client):
    client.force_login(cast.omar)
    take_in(client, row)
    url = reverse("evidence:correct", args=[row.slug, "power-2026-09"])
    given = typed(logs=[], n="1", saw_before="developer_with_veto", reason="It had a veto.")

    first = client.post(url, given)
    late = client.post(url, given)

    assert (first.status_code, late.status_code) == (302, 409)
    assert [each.n for each in AuditVersion.objects.all()] == [2, 1]
    page = client.get(first.url).content.decode()
    assert "Independence <strong>D</strong>" in page
    assert "It had a veto." in page


def test_a_finding_stays_open_until_somebody_answers_it(row, cast, client):
    client.force_login(cast.omar)
    answer = take_in(client, row, value="1.1")
    system = reverse("evidence:system", args=[row.slug, "model-a"])
    assert "Findings without an answer" in client.get(system).content.decode()

    client.post(
        reverse("evidence:answer", args=[row.slug, "power-2026-09"]),
        {"whose": "The developer", "text": "It was retrained since."},
    )

    assert "Findings without an answer" not in client.get(system).content.decode()
    assert "It was retrained since." in client.get(answer.url).content.decode()


def test_nobody_is_told_probabilities_while_answers_are_blind(row, cast, client):
    client.force_login(cast.omar)
    take_in(client, row)
    at_stage(row, Stage.BLIND)
    url = reverse("evidence:record", args=[row.slug])

    for name in ("omar", "reg", "ada"):
        client.force_login(cast.people[name])
        (hazard,) = json.loads(client.get(url).content)["systems"][0]["hazards"]
        assert hazard["posterior"] is None


def test_what_stops_an_audit_can_be_explained_and_the_explanation_stands_with_it(
    row, cast, client
):
    an_audit(cast, row, a_log_file(accuracy=0.5), id_="odd", snapshot="")
    client.force_login(cast.omar)
    page = reverse("evidence:audit", args=[row.slug, "odd"])
    assert "inconclusive: stopped by aggregate disagrees" in client.get(page).content.decode()

    client.post(
        reverse("evidence:explain", args=[row.slug, "odd"]),
        {
            "n": "1",
            "check_id": "aggregate_disagrees",
            "by": "The auditors",
            "reason": "Half the items were dropped.",
        },
    )

    shown = client.get(page).content.decode()
    assert "Explained by The auditors: Half the items were dropped." in shown
    assert "no finding" in shown
