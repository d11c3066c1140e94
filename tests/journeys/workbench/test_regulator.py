"""A regulator weighs measures in a scenario, and an analyst keeps the case in a round."""


def test_a_regulator_weighs_measures_and_an_analyst_keeps_the_case(enter):
    reg = enter("reg", color_scheme="dark")
    reg.go("/").follow("Scenarios").follow("valley")
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

    anna = enter("anna", java_script_enabled=False)
    anna.go("/scenarios/valley/")
    anna.page.get_by_label("Harm", exact=True).fill("20")
    anna.press("Compute").follow("keep it in a round")
    anna.page.get_by_label("What this case is called").fill("A cheaper failure")
    anna.page.get_by_label("Why it belongs to the round").fill("The insurer's lower figure.")
    anna.press("Keep it")
    assert "The insurer's lower figure." in anna.text
    anna.follow("Scenarios kept in this round")
    assert "harm 20" in anna.text
