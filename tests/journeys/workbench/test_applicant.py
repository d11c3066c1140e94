"""An applicant: from the call to an application, its changes, and an answer to a challenge."""

from applications import typed
from journey_rounds import SCRIPTED


def address(scripts, part="apply"):
    return f"/{part}/calling-{SCRIPTED[scripts].replace(' ', '-')}/"


def test_a_draft_is_saved_previewed_sent_and_changed(enter, scripts):
    alan = enter("alan", java_script_enabled=scripts)
    alan.go(address(scripts, "calls")).follow("Apply")
    alan.press("Start an application")
    form = alan.page.url

    started = {"title": "Tripwires", "description": "We build tests that catch a deceiving model."}
    if scripts:
        with alan.page.expect_response("**/keep/"):
            alan.fill(**started)
    else:
        alan.fill(**started).press("Save draft")
    alan.page.context.close()

    again = enter("alan", java_script_enabled=scripts)
    again.go(address(scripts)).follow("Tripwires")
    assert again.page.url == form
    assert again.typed("description") == "We build tests that catch a deceiving model."

    again.press("Send it in")
    assert "There is a problem" in again.text
    assert again.typed("description") == "We build tests that catch a deceiving model."

    again.fill(**typed(title="Tripwires")).press("Save and preview")
    assert "It is complete" in again.text
    again.follow("Back to the form").press("Send it in")
    assert "Your application is sent in." in again.text

    again.go(address(scripts))
    card = again.page.locator("section.card", has_text="Tripwires")
    again.click(card.get_by_role("button", name="Change it"))
    again.fill(title="Tripwires that fire", what_changed="They fire now.")
    again.press("Send the revision")
    assert "Tripwires that fire" in again.text
    assert "They fire now." in again.page.content()


def test_an_application_is_withdrawn_with_a_reason(enter, scripts):
    alan = enter("alan", java_script_enabled=scripts)
    alan.go(address(scripts)).follow("Withdraw first")

    alan.press("Withdraw it")
    assert "There is a problem" in alan.text
    alan.fill(reason="We are too few.").press("Withdraw it")

    assert "Your application is withdrawn." in alan.text
    assert alan.page.get_by_role("link", name="Withdraw first").count() == 0


def test_a_challenge_is_answered_from_the_first_page(enter):
    alan = enter("alan")
    alan.go("/").follow_to("/rounds/answered/challenges/c1/")

    alan.press("Answer")
    assert "There is a problem" in alan.text
    alan.fill(answer="It was replicated twice.").press("Answer")
    assert "This is kept." in alan.text
    assert "It was replicated twice." in alan.text

    alan.go("/")
    assert "challenge c1" not in alan.text
