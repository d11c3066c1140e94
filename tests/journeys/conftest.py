"""Chromium for every journey, and what each page is held to."""

import shutil

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
    *("--disable-component-update", "--disable-sync", "--disable-quic"),
)


@pytest.fixture(scope="module")
def chromium():
    if CHROMIUM is None:
        pytest.skip("Chromium is not here; on Debian or Ubuntu: apt-get install -y chromium")
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not here; pip install -e '.[dev]'"
    )
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def violations_of(chromium):
    """What axe finds on a page with everything unfolded, in one colour scheme."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright",
        reason="axe-playwright-python is not here; pip install -e '.[dev]'",
    )

    def violations(url, scheme):
        wide = {"width": 1200, "height": 900}
        context = chromium.new_context(color_scheme=scheme, viewport=wide)
        page = context.new_page()
        page.goto(url)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        found = axe.Axe().run(page).response["violations"]
        context.close()
        return [each["id"] for each in found]

    return violations


@pytest.fixture
def width_of(chromium):
    """How wide a page is drawn on a screen of some width."""

    def drawn(url, width):
        page = chromium.new_page(viewport={"width": width, "height": 700})
        page.goto(url)
        wide = page.evaluate("document.documentElement.scrollWidth")
        page.close()
        return wide

    return drawn
