import pytest
from django.urls import reverse

from cast import a_workbench_round, at_stage
from custodes_workbench.access import Stage
from custodes_workbench.efforts.models import Effort, Unwanted
from panels import a_conflict, rule_on

pytestmark = pytest.mark.django_db
NAMED = {"name": "Grace", "type": "public_statement", "reason": "spoke against us"}


def page_of(row, effort="first"):
    """Where it is said who should not judge an effort."""
    return reverse("efforts:unwanted", args=[row.slug, effort])


def test_an_applicant_names_somebody_and_takes_it_back(cast, client):
    row = a_workbench_round(cast, Stage.SCREENING)
    client.force_login(cast.alan)

    client.post(page_of(row), NAMED)
    shown = client.get(page_of(row)).content.decode()
    made = Unwanted.objects.get()
    client.post(page_of(row), {"take_back": made.pk})

    made.refresh_from_db()
    assert "spoke against us" in shown
    assert made.taken_back_at is not None
    assert "spoke against us" not in client.get(page_of(row)).content.decode()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("lena", 200),
        ("omar", 200),
        ("alan", 200),
        *((each, 404) for each in ("aud", "dina", "anna", "ada", "grace", "rhea", "mallory")),
    ],
)
@pytest.mark.parametrize("stage", [Stage.SCREENING, Stage.BLIND, Stage.CHOICE, Stage.PUBLISHED])
def test_officers_and_the_applicant_alone_read_it(cast, client, name, status, stage):
    row = a_workbench_round(cast)
    effort = Effort.objects.get(round=row, effort_id="first")
    Unwanted.objects.create(effort=effort, by=cast.alan, **NAMED)
    at_stage(row, stage)
    client.force_login(cast.people[name])

    answer = client.get(page_of(row))

    assert answer.status_code == status
    assert ("spoke against us" in answer.content.decode()) is (status == 200)


def test_an_officer_with_a_conflict_does_not_read_it(cast, client):
    row = a_workbench_round(cast)
    rule_on(a_conflict(row, cast.omar), cast, "recuse", by="lena")
    client.force_login(cast.omar)

    assert client.get(page_of(row)).status_code == 404


@pytest.mark.parametrize("stage", [Stage.BLIND, Stage.CHOICE])
def test_once_experts_answer_nobody_is_named_any_more(cast, client, stage):
    row = a_workbench_round(cast, stage)
    client.force_login(cast.alan)

    answer = client.post(page_of(row), NAMED)

    assert answer.status_code == 403
    assert not Unwanted.objects.exists()


def test_nobody_names_somebody_for_the_effort_of_another(cast, client):
    row = a_workbench_round(cast, Stage.SCREENING)
    client.force_login(cast.omar)

    answer = client.post(page_of(row), NAMED)

    assert answer.status_code == 403
    assert not Unwanted.objects.exists()
