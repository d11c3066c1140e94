"""An auditor: reads the history and what was done, and finds nothing to change it with."""

PAGES = (
    "/rounds/deciding-with-scripts/",
    "/rounds/deciding-with-scripts/assessment/",
    "/rounds/deciding-with-scripts/choice/",
    "/rounds/deciding-with-scripts/challenges/",
    "/rounds/deciding-with-scripts/decisions/",
    "/rounds/deciding-with-scripts/decisions/first/",
    "/rounds/deciding-with-scripts/efforts/first/judgement/",
    "/rounds/deciding-with-scripts/experts/",
    "/rounds/blind-with-scripts/progress/",
)


def test_the_history_holds_and_no_page_offers_a_change(enter):
    aud = enter("aud")
    aud.go("/").follow_in_menu("History")
    assert "The chain holds:" in aud.text
    aud.page.get_by_label("Did what").select_option(label="choice proposed")
    aud.page.locator("[name=is_round]").select_option(label="deciding-with-scripts")
    aud.press("Show")
    assert aud.page.locator("main tbody tr").count() == 1
    aud.page.get_by_label("Find").fill("nothing is called so")
    aud.press("Show")
    assert "Nothing matches." in aud.text

    for page in PAGES:
        aud.go(page)
        assert aud.page.locator("main form[method=post]").count() == 0, page


def test_answers_are_blind_to_an_auditor_too(enter):
    aud = enter("aud")
    aud.page.goto("/rounds/blind-with-scripts/efforts/first/judgement/")
    assert "There is no such page, or it is not for you." in aud.text
