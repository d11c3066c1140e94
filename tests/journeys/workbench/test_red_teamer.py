"""A red-teamer: a challenge with a number, what it would change, and what follows from it."""

ROUND = "/rounds/attacked/"


def test_a_challenge_with_a_number_is_computed_answered_and_ruled_on(enter):
    rhea = enter("rhea")
    rhea.go("/")
    assert "Attacked" not in rhea.text
    rhea.follow("Rounds").follow("Attacked").follow("Challenges")
    assert "There is nothing here yet." in rhea.text

    rhea.follow("first").fill(text="It was never replicated.", quantity="success")
    rhea.fill(p05="0.5", p50="0.1", p95="0.05").press("Raise it")
    assert "There is a problem" in rhea.text
    assert rhea.typed("text") == "It was never replicated."
    assert rhea.typed("p05") == "0.5"
    rhea.fill(p05="0.01", p50="0.02", p95="0.05").press("Raise it")

    effect = rhea.page.get_by_role("region", name="What the challenge would change")
    net = {
        kind: effect.locator("tr", has_text=kind).first.locator("td.number").first.inner_text()
        for kind in ("the panel's", "the challenger's instead", "the challenger's among them")
    }
    panels, instead, among = (float(each.replace(",", "")) for each in net.values())
    assert panels < among < instead, "less success takes less risk away"

    omar = enter("omar")
    omar.go(f"{ROUND}challenges/c1/")
    omar.fill(answer="The replication is under way.").press("Answer")
    omar.page.get_by_label("upheld: it needs a condition or another answer").check()
    omar.press("Keep the ruling")
    assert "There is a problem" in omar.text
    omar.page.locator("main form[action$='/rule/'] textarea").fill("It is too early.")
    omar.press("Keep the ruling")
    assert "Why it is upheld" in omar.text

    rhea.go(rhea.page.url)
    assert "It is too early." in rhea.text
