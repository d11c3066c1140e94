"""The approach, the critiques and the decisions of a site as a browser draws them."""

import datetime as dt

import pytest

from custodes.assessment import assess
from custodes.decisions import ApproachVersion, Critique, Decision
from custodes.reports import write_site
from round_records import a_round, an_effort

DAY = dt.date(2027, 3, 1)
PAGES = ("approach.html", "critiques.html", "decisions.html", "recompute.html")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    round_ = a_round(
        an_effort("a-very-long-name-of-an-effort-that-does-not-break-anywhere"),
        an_effort("hidden", handling="restricted"),
        samples=64,
        settings={"publication": {"contact": "office@example.org"}},
    )
    folder = tmp_path_factory.mktemp("site") / "site"
    write_site(
        assess(round_).record,
        round_,
        folder,
        decisions=(
            Decision(
                effort=round_.efforts[0].id,
                outcome="support",
                decided_on=DAY,
                released_by="The board",
                released_on=DAY,
                reasons="It lowers risk a little.",
            ),
        ),
        approach=(
            ApproachVersion(n=1, published_on=DAY, text="We count papers.\nWe ask experts."),
            ApproachVersion(n=2, published_on=DAY, text="We count risk.\nWe ask experts."),
        ),
        critiques=(
            Critique(id="q1", page="approach", version="1", at=DAY, text="Why papers? " * 40),
            Critique(
                id="q2",
                page="approach",
                version="1",
                at=DAY,
                withheld="It names a person.",
                status="rejected",
                answer="No.",
            ),
        ),
    )
    return folder


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(site, violations_of, name, scheme):
    assert violations_of(f"file://{site / name}", scheme) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_screen_holds_the_page(site, width_of, name):
    assert width_of(f"file://{site / name}", 320) <= 320
