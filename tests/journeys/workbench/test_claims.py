"""An officer writes a claim down, an outsider assesses it blind, and it is replied to and out."""


def test_a_claim_is_assessed_replied_to_and_published(enter):
    omar = enter("omar")
    omar.go("/rounds/audited/").follow("Claims").follow("Write a claim down")
    omar.fill(id="badge", text="The badge shows that it is safe.", claimant="Badge Ltd")
    omar.fill(reason="The call names it.").press("Keep it as a draft")
    assert "it does not say of which systems" in omar.text
    omar.page.locator("summary", has_text="Ask somebody").click()
    omar.page.get_by_label("Who", exact=True).select_option(label="Rhea")
    omar.press("Ask")

    rhea = enter("rhea", java_script_enabled=False, viewport={"width": 320, "height": 700})
    rhea.go("/").follow("Assess claim badge")
    assert "once you have handed in" in rhea.text
    rhea.page.get_by_label("unsupported").check()
    rhea.fill(holds="0.01 / 0.1 / 0.3", reason="Nobody outside looked.").press("Hand in")
    assert "It says 'safe'" in rhea.text

    omar.go("/rounds/audited/claims/badge/")
    assert "Nobody outside looked." not in omar.text
    omar.page.locator("summary", has_text="End the assessing").click()
    omar.press("Send").unfold().look()
    assert "one assessor" in omar.text
    omar.fill(text="We looked ourselves.").press("Keep the reply")
    assert "on the claimant's behalf" in omar.text
    omar.page.locator("summary", has_text="Publish it").click()
    omar.page.locator("[id='publish-reason']").fill("It had its time.")
    omar.press("Publish")
    assert "published" in omar.text
