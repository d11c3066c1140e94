"""An expert: answers alone, discusses by letter, revises; nobody else sees what is blind."""

import pytest

from journey_rounds import SCRIPTED

REASON = "Two replications found half of it."
ELSEWHERE = "There is no such page, or it is not for you."


def address(name, scripts, page):
    return f"/rounds/{name}-{SCRIPTED[scripts].replace(' ', '-')}/{page}"


def test_a_blind_answer_is_handed_in_and_nobody_else_sees_it(enter, scripts):
    phone = {"width": 390, "height": 800}
    ada = enter("ada", viewport=phone, java_script_enabled=scripts)
    ada.go("/my/").follow_to(address("blind", scripts, "efforts/first/estimate/"))
    ada.click(ada.page.locator("ul.asked a").first)
    assert "reference class" not in ada.page.inner_text("main dl + *")

    ada.fill(p05="near 0", p95="1 in 10", p50="0.0271828", reason=REASON)
    save(ada, scripts, "There is a problem")
    assert ada.typed("p05") == "near 0"
    assert ada.typed("reason") == REASON

    ada.fill(p05="0.3%")
    save(ada, scripts, "Your answers so far")
    assert REASON in ada.text
    assert "reference class" in ada.text
    ada.follow("All questions about first").press("Hand in my answers for this effort")
    assert "handed in" in ada.text

    lena = enter("lena")
    lena.go(address("blind", scripts, "progress/"))
    for secret in (REASON, "0.0271828", "0.0272", "0.027"):
        assert secret not in lena.page.content()
    for name in ("lena", "grace"):
        other = enter(name)
        other.page.goto(address("blind", scripts, "efforts/first/judgement/"))
        assert ELSEWHERE in other.text


def save(window, scripts, then):
    """Save an answer; with scripts the page is changed in place, or loaded anew."""
    window.page.get_by_role("button", name="Save my answer").click()
    window.page.get_by_role("heading", name=then).wait_for()
    window.look()


def test_an_answer_is_revised_beside_the_others(enter, scripts):
    ada = enter("ada", java_script_enabled=scripts)
    ada.go("/my/").follow_to(address("revising", scripts, "efforts/first/estimate/"))
    ada.follow_to("/estimate/success/")
    for name in ("ada", "grace", "joan"):
        assert f"what {name} thinks" in ada.text

    ada.fill(p05="0.2", p50="0.5", p95="0.8", reason="The others convinced me.")
    ada.page.get_by_role("button", name="Save my revised answer").click()
    ada.page.get_by_text("The others convinced me.").first.wait_for()
    ada.look()
    ada.follow("All questions about first").press("Hand in my answers for this effort")
    assert "handed in" in ada.text


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("mallory", ""),
        ("carl", "efforts/second/"),
        ("carl", "efforts/second/estimate/"),
    ],
)
def test_a_stranger_and_somebody_with_a_conflict_see_nothing(enter, name, page):
    window = enter(name)
    window.page.goto(address("blind", scripts=True, page=page))
    assert ELSEWHERE in window.text
