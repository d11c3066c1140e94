import pytest

from custodes_workbench.publication.models import Critique
from custodes_workbench.publication.services import answer_critique
from publication_helpers import criticise, publish_again, publish_approach

pytestmark = pytest.mark.django_db


def answer(critique, cast, status="answered"):
    answer_critique(critique=critique, status=status, answer="No.", by=cast.now("omar"), version=1)


def states():
    return {each.page: each.status for each in Critique.objects.all()}


def test_a_new_version_of_the_approach_opens_its_critiques_again(of_approach, cast):
    answer(of_approach, cast)

    publish_approach("We count risk, and say so.", cast)

    of_approach.refresh_from_db()
    assert of_approach.status == "received"
    assert [each.what for each in of_approach.steps.all()] == ["answered", "reopened"]
    assert of_approach.steps.last().text == "The page changed in version 2."
    assert of_approach.page_version == "1"


def test_only_pages_that_tell_something_else_are_opened_again(row, critique, cast):
    other = criticise(f"{row.slug}/effort:second")
    answer(critique, cast, "upheld")
    answer(other, cast)

    publish_again(row, cast)

    assert states() == {"decision:first": "received", "effort:second": "answered"}


def test_what_waits_still_waits_without_a_step(row, critique, cast):
    publish_again(row, cast)

    assert states() == {"decision:first": "received"}
    assert critique.steps.count() == 0
