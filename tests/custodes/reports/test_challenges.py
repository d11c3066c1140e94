"""Challenges on an effort's page: what is said, what a number would change, what is withheld."""

import datetime as dt

import pytest

from custodes.assessment import assess, with_challenges, without_each_condition
from custodes.challenges import Challenge
from custodes.choice import choose
from custodes.decisions import Condition, Decision
from custodes.reports import only_open, write_site
from round_records import a_round, an_effort, answers

CHALLENGES = (
    Challenge(
        id="c1",
        effort="audits",
        by="red team",
        text="It counts <b>what</b> it wants to see.",
        quantity="accident_cut",
        p05=0.0,
        p50=0.001,
        p95=0.002,
        status="rejected",
        answer="The counts are of others.",
        answered_by="the applicant",
        ruling="The counts were checked.",
    ),
    Challenge(
        id="c2",
        effort="audits",
        by="CANARY",
        text="CANARY",
        quantity="success",
        p05=0.1,
        p50=0.2,
        p95=0.3,
        status="open",
        handling="restricted",
    ),
)


@pytest.fixture(scope="module")
def assessment():
    return assess(
        a_round(
            an_effort("audits", kind="evaluations", cost=1e6),
            an_effort("probes", kind="evaluations", cost=1e6),
            judgements=answers("audits", accident_cut=(0.05, 0.1, 0.2)),
            challenges=CHALLENGES,
            samples=128,
        )
    )


@pytest.fixture(scope="module")
def site(assessment, tmp_path_factory):
    out = tmp_path_factory.mktemp("site") / "site"
    without = without_each_condition(assessment)
    write_site(assessment.record, assessment.round_, out, without=without)
    return out


def test_a_challenge_is_told_with_its_answer_and_its_numbers(site, assessment):
    page = (site / "efforts" / "audits.html").read_text("utf-8")
    (found, _) = with_challenges(assessment)

    assert 'id="challenges"' in page
    assert "c1, by red team: rejected" in page
    assert "It counts &lt;b&gt;what&lt;/b&gt; it wants to see." in page
    assert "Answer of the applicant:</strong> The counts are of others." in page
    assert "Ruling:</strong> The counts were checked." in page
    assert f"{found.p_raises_risk_instead:.0%}".rstrip("%") in page
    assert found.instead.mean > found.now.mean


def test_an_effort_without_challenges_says_nothing_of_them(site):
    assert 'id="challenges"' not in (site / "efforts" / "probes.html").read_text("utf-8")


def test_a_challenge_with_a_handling_mark_is_told_as_withheld_and_said_nowhere(site, assessment):
    pages = [path.read_text("utf-8") for path in site.rglob("*.html")]
    public = choose(only_open(assessment))

    assert pages
    assert not any("CANARY" in page for page in pages)
    assert "1 challenge withheld, reason: not stated" in (site / "index.html").read_text("utf-8")
    assert "challenge c2" not in public.model_dump_json()


def test_every_challenge_stands_on_one_page_too(site):
    page = (site / "challenges.html").read_text("utf-8")

    assert "1 challenge was raised to the published efforts; 0 are open." in page
    assert "c1, by red team: rejected" in page
    assert 'href="efforts/audits.html#challenges"' in page
    assert 'href="challenges.html"' in (site / "index.html").read_text("utf-8")


def test_a_decision_names_no_challenge_that_is_withheld(assessment, tmp_path):
    decision = Decision(
        effort="audits",
        outcome="support",
        decided_on=dt.date(2027, 3, 1),
        released_by="The board",
        released_on=dt.date(2027, 3, 1),
        reasons="It helps.",
        challenges=("c1", "c2"),
        condition=(
            Condition(id="k1", challenge="c2", text="Mend it."),
            Condition(id="k2", challenge="c1", text="Show it.", evidence="a public count"),
        ),
    )

    write_site(assessment.record, assessment.round_, tmp_path / "site", decisions=(decision,))

    page = (tmp_path / "site" / "decisions.html").read_text("utf-8")
    json_text = (tmp_path / "site" / "decisions.json").read_text("utf-8")
    assert "Weighed: challenge c1." in page
    assert "Show it. It answers challenge c1. Evidence: a public count." in page
    assert "c2" not in json_text
    assert "challenge c2" not in page


def test_the_page_of_an_effort_says_what_it_would_be_without_each_condition(site, assessment):
    page = (site / "efforts" / "audits.html").read_text("utf-8")
    found = without_each_condition(assessment, ["audits"])

    assert found
    assert "Without each condition" in page
    assert page.count("standard error") >= len(found)
