"""Without a mouse: an expert answers and hands in, an officer moves a stage."""

import pytest

HERE = """() => {
    const each = document.activeElement, style = getComputedStyle(each);
    const box = each.getBoundingClientRect();
    const label = each.labels && each.labels.length ? each.labels[0].innerText : each.innerText;
    return {
        name: (label || each.getAttribute("aria-label") || "").trim(),
        is_page: each === document.body,
        is_seen: box.width > 0 && box.height > 0
            && (style.outlineStyle !== "none" || style.boxShadow !== "none"),
    };
}"""


@pytest.fixture
def typist(enter, institution, visit):
    """Somebody who signs in, and does everything, by the keyboard alone."""

    def signed_in(name):
        typing = Typist(visit(base_url=institution.base))
        typing.window.go("/accounts/login/")
        typing.to("Mail address").types(f"{name}@example.org")
        typing.to("Password").types(f"{name}'s long password")
        typing.enters()
        return typing

    return signed_in


class Typist:
    """A keyboard, and the control that it is at."""

    def __init__(self, window):
        self.window = window

    def to(self, name):
        """Press Tab until the control of that name has the focus, and look at each on the way."""
        before = None
        for _ in range(150):
            self.window.page.keyboard.press("Tab")
            at = self.window.page.evaluate(HERE)
            if at["is_page"]:
                continue
            assert at["is_seen"], f"the focus is not seen at {at['name']!r}"
            if at["name"] == name:
                return self
            here = self.window.page.evaluate_handle("document.activeElement")
            assert before is None or not here.evaluate("(one, two) => one === two", before), name
            before = here
        pytest.fail(f"Tab does not reach {name!r}; it was last at {at['name']!r}")

    def types(self, text):
        """Write over what stands there."""
        self.window.page.keyboard.press("Control+a")
        self.window.page.keyboard.type(text)
        return self

    def enters(self):
        """Press Enter, and wait for the page that follows."""
        with self.window.page.expect_navigation(wait_until="load"):
            self.window.page.keyboard.press("Enter")
        return self


def test_an_expert_answers_and_hands_in(typist):
    ada = typist("ada")
    ada.to("My tasks").enters()
    ada.window.page.goto("/rounds/by-the-keyboard/efforts/first/estimate/")
    first = ada.window.page.locator("ul.asked a").first.inner_text()
    ada.to(first).enters()
    ada.to("Lowest plausible").types("0.1")
    ada.to("Highest plausible").types("0.5")
    ada.to("Best guess").types("0.3")
    ada.to("Why").types("I saw it done.")
    ada.to("Save my answer")
    ada.window.page.keyboard.press("Enter")
    ada.window.page.get_by_role("heading", name="Your answers so far").wait_for()
    ada.to("All questions about first").enters()
    ada.to("Hand in my answers for this effort").enters()
    assert "handed in" in ada.window.text


def test_an_officer_opens_the_next_stage(typist):
    lena = typist("lena")
    lena.to("Rounds").enters()
    lena.to("By the keyboard").enters()
    lena.to("Open or close a stage").enters()
    lena.to("Open this stage").types("disc")
    lena.to("Why").types("All have answered.")
    lena.to("Open the stage").enters()
    assert "The stage is open." in lena.window.text
