"""The report in Chromium: axe finds nothing, nothing is asked for, it fits a narrow screen."""

import pytest

import report_records as records
from custodes.reports import write_site
from system_rounds import write_systems_site

PAGES = (
    "index.html",
    "portfolio.html",
    "worldviews.html",
    "method.html",
    "recompute.html",
    "efforts/evaluation-suite.html",
    "efforts/honest-reporting.html",
)
SYSTEM_PAGES = ("systems.html", "systems/held.html", "systems/out.html", "track-record.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report") / "site"
    write_site(records.assessment(), records.round_of(), folder)
    return folder


@pytest.fixture(scope="module")
def systems_site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("systems") / "site"
    write_systems_site(folder)
    return folder


@pytest.mark.parametrize("name", SYSTEM_PAGES)
def test_pages_of_systems_have_no_violation_and_fit_a_narrow_screen(
    systems_site, violations_of, chromium, scheme, name
):
    address = (systems_site / name).as_uri()
    page = chromium.new_page(viewport={"width": 320, "height": 700})
    page.goto(address)
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()

    assert violations_of(address, scheme) == []
    assert wide == 320


@pytest.fixture(params=["light", "dark"])
def scheme(request):
    return request.param


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(site, violations_of, scheme, name):
    assert violations_of((site / name).as_uri(), scheme) == []


def test_style_is_applied_in_both_schemes(site, chromium, scheme):
    context = chromium.new_context(color_scheme=scheme)
    page = context.new_page()

    page.goto((site / "efforts/honest-reporting.html").as_uri())
    ground, label = page.evaluate(
        """() => [getComputedStyle(document.body).backgroundColor,
                  getComputedStyle(document.querySelector('.canvas text')).fill]"""
    )
    context.close()

    assert ground == {"light": "rgb(252, 252, 250)", "dark": "rgb(20, 23, 26)"}[scheme]
    assert label == {"light": "rgb(86, 93, 102)", "dark": "rgb(169, 178, 187)"}[scheme]


@pytest.mark.parametrize("width", [320, 768])
def test_page_never_scrolls_sideways(site, chromium, width):
    page = chromium.new_page(viewport={"width": width, "height": 700})

    wide = {}
    for name in PAGES:
        page.goto((site / name).as_uri())
        wide[name] = page.evaluate("document.documentElement.scrollWidth")
    page.close()

    assert wide == dict.fromkeys(PAGES, width)


def test_everything_that_scrolls_is_reached_by_keyboard(site, chromium):
    page = chromium.new_page(viewport={"width": 320, "height": 700})

    missed = {}
    for name in PAGES:
        page.goto((site / name).as_uri())
        missed[name] = page.evaluate(
            """() => [...document.querySelectorAll('main *')].filter(
                 each => each.scrollWidth > each.clientWidth + 1
                   && ['auto', 'scroll'].includes(getComputedStyle(each).overflowX)
                   && each.tabIndex !== 0).length"""
        )
    page.close()

    assert missed == dict.fromkeys(PAGES, 0)


def test_pages_ask_for_their_own_files_only_and_complain_of_nothing(site, chromium):
    page = chromium.new_page(java_script_enabled=False)
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))

    for name in PAGES:
        page.goto((site / name).as_uri())
    page.close()

    assert [url for url in asked if not url.startswith(site.as_uri())] == []
    assert said == []


def test_paper_has_the_figures_and_tables_and_no_navigation(site, chromium):
    page = chromium.new_page(viewport={"width": 673, "height": 970})
    page.emulate_media(media="print")

    wide = {}
    for name in PAGES:
        page.goto((site / name).as_uri())
        wide[name] = page.evaluate(
            "Math.max(...[...document.querySelectorAll('svg')].map("
            "each => each.getBoundingClientRect().right), 0)"
        )
    hidden = page.locator("nav").first.is_visible()
    page.close()

    assert {name: right for name, right in wide.items() if right > 673} == {}
    assert not hidden
