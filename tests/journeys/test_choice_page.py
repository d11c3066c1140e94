"""The page of a choice in Chromium: axe finds nothing, and it fits a narrow screen and paper."""

import pytest

from custodes.assessment import assess
from custodes.choice import Curve, choose
from custodes.reports import write_site
from round_records import a_round, an_effort


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(page_of, violations_of, scheme):
    assert violations_of(page_of, scheme) == []


@pytest.mark.parametrize("width", [320, 768])
def test_the_page_never_scrolls_sideways(page_of, width_of, width):
    assert width_of(page_of, width) == width


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
