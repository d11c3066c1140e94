"""A programme officer: from a blank round to a panel, and from closed answers to a proposal."""

from journey_rounds import SCRIPTED

PROGRESS = "Show progress now"
PROBES = "Harbour Lab,123450,2027-03,Linear probes that find deception in a deployed model"
FILE = f"""Project name,Organisation,Amount requested (USD),Start,What we will do
Harbour probes,{PROBES}
Harbour probes 2,{PROBES}
Quiet study,Quay Institute,90000,2027-05,An evaluation of oversight by a weaker model
Nobody's,Quay Institute,much,2027-05,An evaluation
"""


def test_a_round_is_set_up_filled_from_a_file_and_screened(enter, tmp_path, scripts):
    title = f"Spring {SCRIPTED[scripts]}"
    lena = enter("lena", java_script_enabled=scripts)
    lena.go("/rounds/").follow("Start a blank round")
    lena.press("Start the round")
    assert "There is a problem" in lena.text
    lena.fill(title=title, institution="An institute", budget="200000", currency="USD")
    lena.press("Start the round")
    home = lena.page.url
    lena.follow("Open or close a stage")
    for missing in ("Publish how the institution decides.", "Say when the call closes"):
        assert missing in lena.text
    open_stage(lena, home, "screening")

    (tmp_path / "efforts.csv").write_text(FILE, encoding="utf-8")
    lena.go(home).follow("import a file")
    lena.page.locator("main input[type=file]").set_input_files(tmp_path / "efforts.csv")
    lena.press("Send the file").press("See what it would do")
    told = lena.text
    assert "Nothing is imported yet" in told
    assert "“Harbour probes” and “Harbour probes 2”: " in told
    assert "much" in lena.page.get_by_role("region", name="Refused rows").inner_text()
    lena.press("Import 3 efforts")
    assert "There is a problem" in lena.text
    lena.page.get_by_label("Leave the refused rows out").check()
    lena.press("Import 3 efforts")

    lena.follow_waiting(title, "Screen 3 applications")
    for name, outcome, reason in (
        ("Harbour probes 2", "rejected", "It repeats another."),
        ("Harbour probes", "accepted", ""),
        ("Quiet study", "accepted", ""),
    ):
        lena.go(f"{home}screening/").follow(name)
        lena.page.locator(f'main [name="outcome"][value="{outcome}"]').check()
        if reason:
            lena.press("Keep the decision")
            assert "There is a problem" in lena.text
        lena.fill(reason=reason).press("Keep the decision")
    lena.go(f"{home}screening/")
    assert "Nothing waits for a decision." in lena.text


def test_a_panel_is_proposed_invited_and_assigned_where_no_conflict_stands(enter, visit):
    lena = enter("lena")
    lena.go("/rounds/inviting/experts/")
    lena.fill(name="Nora", mail="nora@elsewhere.example", affiliations="Alan's laboratory")
    lena.press("Propose")
    assert "Not decided: it keeps them out." in lena.text
    assert "Decide the conflicts above first." in lena.text
    nora = lena.page.url
    lena.click(lena.page.get_by_role("link", name="Decide on").first)
    lena.page.locator('main [name="decided"][value="recuse"]').check()
    lena.fill(reason="They share a laboratory.").press("Keep the ruling")
    lena.go(nora).press("Invite")
    address = lena.page.locator("main code.breaks").inner_text()

    invited = visit()
    invited.go(address)
    assert "second" not in invited.text  # no title before the statement
    invited.page.get_by_label("This is complete as far as I know").check()
    invited.press("State these interests")
    invited.page.get_by_label("I have read the list").check()
    invited.fill(password="five words that nobody guesses").press("Accept")

    lena.go("/rounds/inviting/").follow("who judges what")
    row = lena.page.locator("tr", has_text="first")
    assert "conflict" in row.inner_text()
    lena.fill(per_effort="3").press("Suggest a balanced panel")
    assert "suggested and ticked below" in lena.text
    assert lena.page.locator("main [name=pair]:checked").count()
    assert not lena.page.get_by_role("checkbox", name="Nora judges first").count()
    lena.page.get_by_role("checkbox", name="Nora judges second").check()
    lena.press("Assign what is ticked")
    assert "judges it" in lena.page.locator("tr", has_text="second").inner_text()


def test_stages_are_opened_a_run_is_made_and_a_choice_proposed(enter, scripts):
    title = f"Running {SCRIPTED[scripts]}"
    lena = enter("lena", java_script_enabled=scripts)
    lena.go("/rounds/").follow(title)
    home = lena.page.url
    lena.follow("Who has handed in")
    assert "all in" in lena.text
    open_stage(lena, home, "discussion")
    open_stage(lena, home, "assessment")

    lena.follow_waiting(title, "Run the assessment").press("Run the assessment")
    lena.until("Below zero is safer.", again=PROGRESS)
    open_stage(lena, home, "choice and decision")
    lena.follow_waiting(title, "Propose a choice to the decision makers").press("Choose")
    lena.until("Not chosen, and why", again=PROGRESS)
    lena.press("Propose")
    assert "say why it is proposed" in lena.text
    lena.fill(reason="It does most for the money.").press("Propose")
    assert "It does most for the money." in lena.text

    lena.follow("Change something and see").fill(budget="1000000").press("Choose")
    lena.until("Beside the proposal, choice 1", again=PROGRESS)
    assert lena.waiting(title).count() == 0


def open_stage(window, home, stage):
    window.go(f"{home}stages/")
    window.page.get_by_label("Open this stage").select_option(label=stage)
    window.page.get_by_label("Why").fill("It is time.")
    window.press("Open the stage")
    assert "The stage is open." in window.text
