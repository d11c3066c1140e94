"""Challenges on an effort's page: what is said, what a number would change, what is withheld."""

import pytest

from custodes.assessment import assess, with_challenges
from custodes.challenges import Challenge
from custodes.choice import choose
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
    write_site(assessment.record, assessment.round_, out)
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
