"""Several people of an institution, each with an account, on whichever database the run has."""

import pytest

from workbench_server import running

WORLD = """
import sys
from cast import a_cast, a_workbench_round
from custodes_workbench.access import Stage
a_workbench_round(a_cast(), Stage.BLIND)
"""
REASON = "Two replications found half of it."


@pytest.fixture(scope="module")
def workbench(tmp_path_factory):
    with running(tmp_path_factory.mktemp("institution"), alone=False) as started:
        started.run(WORLD)
        yield started


def sign_in(window, workbench, name):
    window.go(f"{workbench.base}/accounts/login/")
    window.page.locator("input[name=login]").fill(f"{name}@example.org")
    window.page.locator("input[name=password]").fill(f"{name}'s long password")
    return window.press("Sign in")


def test_an_expert_estimates_and_nobody_else_sees_it(workbench, visit):
    ada = visit(viewport={"width": 390, "height": 800})
    sign_in(ada, workbench, "ada")
    ada.go(f"{workbench.base}/my/").follow("first")
    ada.page.locator("ul.asked a").first.click()
    ada.look()
    assert "reference class" not in ada.page.inner_text("main dl + *")
    ada.page.get_by_label("Lowest plausible").fill("0.3%")
    ada.page.get_by_label("Highest plausible").fill("1 in 10")
    ada.page.get_by_label("Best guess").fill("0.0271828")
    ada.page.get_by_label("Why").fill(REASON)
    ada.page.get_by_role("button", name="Save my answer").click()
    ada.page.get_by_role("heading", name="Your answers so far").wait_for()
    ada.look()
    assert REASON in ada.text
    assert "reference class" in ada.text
    ada.follow("All questions about first").press("Hand in my answers for this effort")
    assert "handed in" in ada.text

    lena = visit()
    sign_in(lena, workbench, "lena")
    lena.go(f"{workbench.base}/rounds/a-round/progress/")
    for secret in (REASON, "0.0271828", "0.0272", "0.027"):
        assert secret not in lena.page.content()
    lena.page.goto(f"{workbench.base}/rounds/a-round/efforts/first/judgement/")
    assert "There is no such page, or it is not for you." in lena.text

    grace = visit()
    sign_in(grace, workbench, "grace")
    grace.page.goto(f"{workbench.base}/rounds/a-round/efforts/first/judgement/")
    assert "There is no such page, or it is not for you." in grace.text


def test_a_regulator_weighs_measures_and_an_analyst_keeps_the_case(workbench, visit):
    reg = visit(color_scheme="dark")
    sign_in(reg, workbench, "reg")
    reg.follow("Scenarios").follow("valley")
    before = reg.text
    reg.page.get_by_label("Harm", exact=True).fill("20 apples")
    reg.page.get_by_text("harm: 20 apples is not possible").wait_for()
    reg.page.get_by_label("Harm", exact=True).fill("20")
    reg.page.get_by_text("society gains only from 0.9524 on").first.wait_for()
    assert "0.9524" not in before
    reg.look().follow("The address of this case")
    assert reg.page.url.endswith("/scenarios/valley/?harm=20")
    reg.page.get_by_role("link", name="Compare with liability").click()
    reg.page.get_by_role("heading", name="The second case").wait_for()
    reg.look()

    anna = visit(java_script_enabled=False)
    sign_in(anna, workbench, "anna")
    anna.go(f"{workbench.base}/scenarios/valley/")
    anna.page.get_by_label("Harm", exact=True).fill("20")
    anna.press("Compute").follow("keep it in a round")
    anna.page.get_by_label("What this case is called").fill("A cheaper failure")
    anna.page.get_by_label("Why it belongs to the round").fill("The insurer's lower figure.")
    anna.press("Keep it")
    assert "The insurer's lower figure." in anna.text
    anna.follow("Scenarios kept in this round")
    assert "harm 20" in anna.text


def test_a_stranger_and_somebody_with_a_conflict_see_nothing(workbench, visit):
    for name, path in (
        ("mallory", "/rounds/a-round/"),
        ("carl", "/rounds/a-round/efforts/second/"),
        ("carl", "/rounds/a-round/efforts/second/estimate/"),
    ):
        window = visit()
        sign_in(window, workbench, name)
        window.page.goto(f"{workbench.base}{path}")
        assert "There is no such page, or it is not for you." in window.text


def test_signing_in_works_by_the_keyboard_alone(workbench, visit):
    window = visit()
    window.go(f"{workbench.base}/accounts/login/")
    press = window.page.keyboard.press
    for _ in range(20):
        press("Tab")
        if window.page.evaluate("document.activeElement.name") == "login":
            break
    window.page.keyboard.type("omar@example.org")
    press("Tab")
    window.page.keyboard.type("omar's long password")
    press("Enter")
    window.page.get_by_role("heading", name="What waits for you").wait_for()
