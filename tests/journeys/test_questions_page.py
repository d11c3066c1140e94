"""The page of what to ask next in Chromium: axe finds nothing, and it fits screens and paper."""

import pytest

from custodes.assessment import assess
from custodes.questions import ask
from custodes.reports import write_site
from round_records import a_round, an_effort, answers, with_weights


@pytest.fixture(scope="module")
def page_of(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report") / "site"
    round_ = a_round(
        an_effort("debate", kind="scalable_oversight"),
        *(an_effort(f"e-{kind}", kind=kind) for kind in ("scalable_oversight", "evaluations")),
        worldviews=("central", "sanguine", "cautious"),
        samples=256,
        judgements=(
            *answers("debate", expert="hopes", accident_cut=(0.05, 0.2, 0.5)),
            *answers("debate", expert="fears", accident_cut=(-0.6, -0.3, -0.1)),
        ),
        experts=with_weights(hopes=1, fears=1, oak=1),
        mitigations=(),
        settings={"budget": 1.2e7, "limits": {"p_raises_risk": 0.6}},
    )
    assessment = assess(round_)
    write_site(assessment.record, round_, folder, questions=ask(assessment))
    return (folder / "questions.html").as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(page_of, violations_of, scheme):
    assert violations_of(page_of, scheme) == []


@pytest.mark.parametrize("width", [320, 768])
def test_the_page_never_scrolls_sideways(page_of, width_of, width):
    assert width_of(page_of, width) == width


def test_the_tornados_fit_on_paper(page_of, chromium):
    page = chromium.new_page(viewport={"width": 673, "height": 970})
    page.emulate_media(media="print")

    page.goto(page_of)
    right = page.evaluate(
        "Math.max(...[...document.querySelectorAll('svg')].map("
        "each => each.getBoundingClientRect().right), 0)"
    )
    page.close()

    assert 0 < right <= 673
