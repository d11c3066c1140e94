"""The page of a choice in Chromium: axe finds nothing, and it fits a narrow screen and paper."""

import shutil

import pytest

from custodes.assessment import assess
from custodes.choice import Curve, choose
from custodes.reports import write_site
from round_records import a_round, an_effort

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)

pytestmark = pytest.mark.skipif(
    CHROMIUM is None,
    reason="Chromium is not here; on Debian or Ubuntu: apt-get install -y chromium",
)
sync_api = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not here; pip install -e '.[dev]'"
)
axe_core = pytest.importorskip(
    "axe_playwright_python.sync_playwright",
    reason="axe-playwright-python is not here; pip install -e '.[dev]'",
)


@pytest.fixture(scope="module")
def page_of(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report") / "site"
    efforts = [
        an_effort(f"effort-{kind}", kind=kind, cost=1e6 * (1 + at))
        for at, kind in enumerate(
            ("model_organisms", "evaluations", "power_averseness", "preference_training")
        )
    ]
    round_ = a_round(
        *efforts,
        worldviews=("central", "sanguine", "cautious"),
        samples=64,
        settings={"budget": 3.3e6},
    )
    assessment = assess(round_)
    curves = [Curve(recommender="ash", effort="effort-evaluations", first=1.0, zero=1e6)]
    choice = choose(assessment, cap_p_raises_risk=0.8, curves=curves)
    write_site(assessment.record, round_, folder, choice=choice)
    return (folder / "choice.html").as_uri()


@pytest.fixture(scope="module")
def chromium():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(page_of, chromium, scheme):
    context = chromium.new_context(color_scheme=scheme, viewport={"width": 1200, "height": 900})
    page = context.new_page()

    page.goto(page_of)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    violations = axe_core.Axe().run(page).response["violations"]
    context.close()

    assert [each["id"] for each in violations] == []


@pytest.mark.parametrize("width", [320, 768])
def test_the_page_never_scrolls_sideways(page_of, chromium, width):
    page = chromium.new_page(viewport={"width": width, "height": 700})

    page.goto(page_of)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()

    assert wide == width


def test_the_frontier_fits_on_paper(page_of, chromium):
    page = chromium.new_page(viewport={"width": 673, "height": 970})
    page.emulate_media(media="print")

    page.goto(page_of)
    right = page.evaluate(
        "Math.max(...[...document.querySelectorAll('svg')].map("
        "each => each.getBoundingClientRect().right), 0)"
    )
    page.close()

    assert 0 < right <= 673
