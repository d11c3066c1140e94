"""One person on a laptop: from nothing to a public decision on the example round."""

import pytest

from own_database import ON_POSTGRESQL
from workbench_server import running

pytestmark = pytest.mark.skipif(
    ON_POSTGRESQL, reason="one person alone runs on SQLite; an institution on PostgreSQL"
)


@pytest.fixture(scope="module")
def workbench(tmp_path_factory):
    with running(tmp_path_factory.mktemp("alone"), alone=True) as started:
        yield started


@pytest.fixture(scope="module")
def signed_in(workbench, chromium):
    """The cookies of the one person; the printed address signs in once."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(workbench.begin)
    cookies = context.cookies()
    context.close()
    return cookies


def act_as(window, role):
    window.page.select_option("#acting-as", role)
    return window.press("Change")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_the_example_round_to_a_public_decision(workbench, signed_in, visit, scripts):
    window = visit(java_script_enabled=scripts, color_scheme="dark" if scripts else "light")
    window.page.context.add_cookies(signed_in)

    window.go(workbench.base)
    act_as(window, "lead_officer")
    window.go(f"{workbench.base}/rounds/")
    window.press("Load the example round")
    assert "example round is loaded" in window.text
    round_ = window.page.url

    window.follow("Assessments").press("Run the assessment")
    window.until("Below zero is safer.", again="Show progress now")

    window.go(round_)
    window.follow("Open or close a stage")
    move_to(window, "choice and decision")
    window.go(round_).follow("Choice")
    window.press("Choose")
    window.until("Not chosen", again="Show progress now")
    window.page.get_by_label("Why this choice").fill("It does most for the money.")
    window.press("Propose")

    act_as(window, "decision_maker")
    window.go(round_).follow("Decisions")
    window.page.locator("main tbody a").first.click()
    window.look()
    effort = window.page.locator("h1").inner_text()
    window.page.get_by_label("Do not support it").check()
    window.page.get_by_label("Reasons").fill("The panel is far apart.")
    window.press("Write the decision down")
    assert "pending" in window.text
    window.press("Release this decision")
    assert "decided by one person" in window.text.lower()

    if not scripts:  # the public site is one more computation of the same kind
        return
    act_as(window, "lead_officer")
    window.go(round_).follow("Publication").press("Prepare the public site")
    window.until("ready", again="Show again")
    window.press("Make 1 public")
    window.follow("The public site")
    window.page.get_by_role("link", name="Decisions").click()
    assert effort in window.text
    assert "The panel is far apart." in window.text


def move_to(window, stage):
    window.page.get_by_label("Open this stage").select_option(label=stage)
    window.page.get_by_label("Why").fill("It is time.")
    window.press("Open the stage")
