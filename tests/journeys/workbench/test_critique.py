"""A stranger criticises what is published, with and without JavaScript; an officer answers."""

import pytest

from workbench_server import running

WORLD = """
from cast import a_cast
from custodes_workbench.people.models import Institution
from publication_helpers import publish_approach
publish_approach("We count risk, and what we do not know.", a_cast())
Institution.objects.update(anonymous_critique=True, contact="office@example.org")
"""
CRITIQUE = "It says nothing of who was asked."


@pytest.fixture(scope="module")
def workbench(tmp_path_factory):
    with running(tmp_path_factory.mktemp("critique"), alone=False) as started:
        started.run(WORLD)
        yield started


@pytest.mark.parametrize("scripts", [True, False])
def test_a_stranger_criticises_and_an_officer_answers(workbench, visit, scripts):
    stranger = visit(viewport={"width": 390, "height": 800}, java_script_enabled=scripts)
    stranger.go(f"{workbench.base}/critique/").follow("Write a critique")
    stranger.page.get_by_label("Your critique").fill(CRITIQUE)
    stranger.press("Send")
    address = stranger.page.url
    assert CRITIQUE in stranger.text
    assert "waits since" in stranger.text
    stranger.go(f"{workbench.base}/critique/sent/")
    stranger.go(f"{workbench.base}/critique/new/").press("Send")
    assert "Your critique" in stranger.page.inner_text(".govuk-error-summary")

    omar = visit()
    omar.go(f"{workbench.base}/accounts/login/")
    omar.page.locator("input[name=login]").fill("omar@example.org")
    omar.page.locator("input[name=password]").fill("omar's long password")
    omar.press("Sign in")
    assert "of approach, here since" in omar.text
    omar.go(address)
    omar.page.get_by_label("upheld: something is corrected").check()
    omar.page.get_by_label("The answer, as the public reads it").fill("The next version will.")
    omar.press("Answer in public")

    stranger.go(address)
    assert "The next version will." in stranger.text
    assert "Answer in public" not in stranger.text
