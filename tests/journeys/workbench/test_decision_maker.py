"""A decision maker: from what waits to a released decision; then the public site and the memo."""

import pytest

from journey_rounds import SCRIPTED

REASONS = "It lowers risk for its cost; what it raises, the conditions hold down."
OWN = "Two people outside the laboratory read the data first."
DISSENT = "Nobody has repeated it."


def test_a_decision_with_conditions_and_dissent_is_released_by_a_second_person(enter, scripts):
    title = f"Deciding {SCRIPTED[scripts]}"
    dina = enter("dina", java_script_enabled=scripts)
    dina.follow_waiting(title, "Decide about “second”, which is proposed")
    for part in ("What is proposed", "It does most for the money.", "To support it"):
        assert part in dina.text
    assert "More by" in dina.text or not scripts  # what each condition does comes by itself
    table = dina.page.get_by_role("region", name="What is at stake")
    assert table.locator("tbody tr").count() == 1  # one worldview, before and after conditions

    choose(dina, "support").fill(own_1=OWN, owner="The laboratory", due="2027-09-01")
    dina.fill(dissent_by="One member", dissent=DISSENT).press("Write the decision down")
    assert "There is a problem" in dina.text
    assert (dina.typed("own_1"), dina.typed("dissent")) == (OWN, DISSENT)
    dina.fill(reasons=REASONS).press("Write the decision down")
    for part in (REASONS, OWN, DISSENT, "Due 1 Sep 2027", "A second person must release"):
        assert part in dina.text
    dina.follow("Word condition 1").fill(text="As we word it.").press("Word it so")
    assert "As we word it." in dina.text

    lena = enter("lena", java_script_enabled=scripts)
    lena.follow_waiting(title, "Release the decision about “second”")
    assert DISSENT in lena.text
    lena.press("Release this decision")
    assert "RELEASED" in lena.text.upper()
    assert "second" not in "".join(dina.waiting(title).all_inner_texts())


def test_what_was_decided_becomes_public_and_a_memo(enter, visit, institution):
    pytest.importorskip("weasyprint", reason="pip install -e '.[pdf]'", exc_type=ImportError)
    dina, omar, lena = enter("dina"), enter("omar"), enter("lena")
    for effort in ("first", "second"):
        dina.go(f"/rounds/publishing/decisions/{effort}/")
        choose(dina, "reject").fill(reasons=f"{effort}: the panel is far apart.")
        dina.press("Write the decision down")
        lena.go(dina.page.url).press("Release this decision")
    memo = dina.page.context.request.get(f"{dina.page.url}memo/?as=pdf")
    assert memo.body().startswith(b"%PDF-")
    dina.follow("The memo for printing")

    assert lena.waiting("Publishing").all_inner_texts() == ["Prepare the public site Publishing"]
    omar.go("/rounds/publishing/publications/").press("Prepare the public site")
    omar.until("Preview of 1", again="Show again")
    omar.follow("Preview of 1")
    lena.follow_waiting("Publishing", "Make publication 1 public")
    lena.press("Make 1 public")

    anybody = visit(base_url=institution.base)
    anybody.go("/public/publishing/")
    anybody.click(anybody.page.get_by_role("link", name="Decisions").first)
    assert "first: the panel is far apart." in anybody.text


def choose(window, outcome):
    window.page.locator(f'main [name="outcome"][value="{outcome}"]').check()
    return window
