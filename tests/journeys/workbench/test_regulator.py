"""A regulator weighs measures; an analyst keeps a case and describes a system."""


def test_a_regulator_weighs_measures_and_an_analyst_keeps_the_case(enter):
    reg = enter("reg", color_scheme="dark")
    reg.go("/").follow_in_menu("Scenarios").follow("valley")
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


def test_an_analyst_describes_a_system_and_an_officer_sees_what_acts_on_it(enter):
    anna = enter("anna", java_script_enabled=False)
    anna.go("/rounds/screening/").follow("systems")
    anna.follow("Add a system")
    anna.fill(id="harbour", title="Harbour", reason="The call names it.", source="The call, p. 2")
    anna.press("Add it").follow("Change rollback")
    ground = {"reason": "All use goes through its servers.", "source": "Its statement"}
    anna.fill(p05="0.2", p50="0.5", p95="0.8", **ground)
    anna.press("Save as a new version")
    assert "became 0.2 / 0.5 / 0.8" in anna.text
    anna.follow("Show the efforts that act on it")
    assert "None of the efforts that you see acts on it." in anna.text

    omar = enter("omar")
    omar.go("/rounds/screening/systems/default/")
    omar.page.get_by_role("link", name="second", exact=True).wait_for()
    omar.look()
    for path in ("", "harbour/", "harbour/rollback/", "harbour/change/"):
        omar.go(f"/rounds/screening/systems/{path}")
