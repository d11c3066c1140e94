"""An officer takes an audit in, an expert judges its tests, a regulator answers its finding."""

from workbench_audits import RULE, a_log_file


def test_an_audit_is_taken_in_judged_and_answered(enter, tmp_path):
    log = tmp_path / "power.json"
    log.write_bytes(a_log_file(accuracy=1.0).read())
    omar = enter("omar")
    omar.go("/rounds/audited/").follow("Evidence").follow("Model A")
    assert "nothing is shown at all" in omar.text
    omar.follow("Take in an audit")
    omar.fill(audit_id="power", snapshot="model-a-2026-09-01", all_runs_listed="yes")
    omar.press("Take it in")
    assert "Audit files: This field is required." in omar.text
    omar.page.get_by_label("Audit files", exact=True).set_input_files(str(log))
    omar.page.get_by_label("power seeking (accident)").check()
    omar.fill(scorer=RULE["scorer"], side="at_most", value="0.5", on="mean")
    omar.fill(fixed_on=RULE["fixed_on"], reason="The call asks for it.")
    omar.page.get_by_label("Somebody signs for what follows").check()
    omar.fill(run_by="An institute", relation="public_body", access="weights")
    omar.press("Take it in")
    assert "Audit power: finding" in omar.text
    assert "a secret question" not in omar.page.content()
    omar.follow("All evidence on this system").unfold().look()
    assert "Findings without an answer" in omar.text
    assert "reference class, not judged" in omar.text
    assert "not told now" in omar.text

    ada = enter("ada", java_script_enabled=False)
    ada.go("/rounds/audited/audits/power/").follow("Judge them for power seeking")
    ada.fill(sensitivity="0.5 / 0.6 / 0.7", reason="It finds planted cases.")
    ada.page.get_by_label("I have no tie to the developer of this system").check()
    ada.press("Hand it in")
    assert "Reference class, not judged" in ada.text

    reg = enter("reg", color_scheme="dark")
    reg.go("/").follow("Evidence").follow("Model A").follow("power")
    reg.fill(whose="The developer", text="It was retrained since.").press("Keep the answer")
    assert "A finding, answered" in reg.text

    omar.go("/rounds/audited/systems/model-a/evidence/")
    assert "Findings without an answer" not in omar.text
    omar.fill(reason="All have answered.").press("Close it, and pool the answers")
    omar.unfold().look()
    assert "judged in part, the rest reference class" in omar.text
    assert "linear pool of 1 expert" in omar.text
