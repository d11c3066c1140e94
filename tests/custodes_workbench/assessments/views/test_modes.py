import pytest
from django.urls import reverse

from custodes.assessment import Assessment, publication_modes
from custodes_workbench.access import Stage
from custodes_workbench.assessments import records
from workbench_runs import a_done_run, moved

pytestmark = pytest.mark.django_db


def test_both_sides_are_shown_as_the_library_computes_them(cast, client):
    run = a_done_run(cast)
    client.force_login(cast.omar)

    answer = client.get(reverse("assessments:modes", args=[run.round.slug, "first"]))

    page = answer.content.decode()
    assessment = Assessment(record=records.assessment_of(run), round_=records.inputs_of(run))
    assert answer.context["modes"] == publication_modes(assessment, "first")
    assert "reference class, not judged" in page
    assert "hampers scrutiny" in page
    assert "published nowhere" in page


@pytest.mark.parametrize("name", ["alan", "mallory", "carl"])
def test_who_sees_no_result_sees_no_modes(cast, client, name):
    row = moved(a_done_run(cast).round, Stage.CHALLENGE)
    client.force_login(cast.people[name])

    answer = client.get(reverse("assessments:modes", args=[row.slug, "second"]))

    assert answer.status_code == 404
