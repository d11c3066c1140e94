"""The page of a choice: what it says, what it withholds, and that it stands in the site."""

import json

import pytest

from custodes.assessment import assess
from custodes.choice import Curve, choose
from custodes.errors import InputError
from custodes.reports import only_open, write_site
from report_pages import parse
from round_records import a_round, an_effort

RULES = (
    {"kind": "exclusion", "efforts": ("secret-plan", "audits")},
    {"kind": "exclusion", "efforts": ("secret-plan", "audits", "probes")},
    {"kind": "category", "name": "all", "efforts": ("secret-plan", "audits"), "count_cap": 2},
    {"kind": "prerequisite", "effort": "secret-plan", "needs": "audits"},
    {"kind": "fixed", "effort": "secret-plan", "chosen": True, "reason": "CANARY promise"},
    {
        "kind": "linear",
        "name": "staff",
        "coefficients": {"secret-plan": 1, "probes": 1},
        "upper": 1,
    },
    {"kind": "linear", "name": "CANARY", "coefficients": {"secret-plan": 1}, "upper": 1},
)
CURVES = (
    Curve(recommender="ash", effort="audits", first=1.0, zero=1e6),
    Curve(recommender="elm", effort="probes", first=-1.0, zero=1e6),
)


@pytest.fixture(scope="module")
def assessment():
    round_ = a_round(
        an_effort("audits", kind="model_organisms", cost=1e6),
        an_effort("probes", kind="evaluations", cost=1e6),
        an_effort("secret-plan", kind="model_organisms", cost=123_456, handling="restricted"),
        worldviews=("central", "sanguine"),
        samples=64,
        settings={"budget": 1.5e6, "choice": {"rules": RULES}},
    )
    return assess(round_)


@pytest.fixture(scope="module")
def choice(assessment):
    return choose(only_open(assessment), cap_p_raises_risk=0.9, curves=CURVES)


@pytest.fixture(scope="module")
def site(assessment, choice, tmp_path_factory):
    folder = tmp_path_factory.mktemp("choice") / "site"
    write_site(assessment.record, assessment.round_, folder, choice=choice)
    return folder


def test_the_page_is_well_formed_and_linked_from_every_page(site):
    root, faults = parse((site / "choice.html").read_text("utf-8"))

    assert faults == []
    assert len(list(root.all("h1"))) == 1
    for page in ("index.html", "portfolio.html", "efforts/audits.html"):
        assert "choice.html" in (site / page).read_text("utf-8")


def test_the_page_says_what_is_chosen_why_not_and_how_it_is_known(site, choice):
    text = parse((site / "choice.html").read_text("utf-8"))[0].text

    for each in (*choice.chosen, *choice.not_chosen):
        assert each.id in text
    for each in choice.not_chosen:
        assert each.reason in text
    for words in (
        "What more money would buy",
        "What would change the choice",
        "What each worldview alone would choose",
        "Shared out by recommenders instead",
        "How it is known to be the best",
        "1 effort is withheld. The choice on this page was made among the published efforts",
    ):
        assert words in text


def test_nothing_in_the_site_speaks_of_what_is_withheld(site):
    leaks = [
        path.name
        for path in site.rglob("*")
        if path.is_file()
        and any(word in path.read_bytes() for word in (b"secret-plan", b"CANARY", b"123456"))
    ]

    assert leaks == []


def test_rules_are_cut_to_what_is_open(assessment):
    rules = only_open(assessment).round_.settings.choice.rules

    assert [rule.kind for rule in rules] == ["exclusion", "category", "linear"]
    assert rules[0].efforts == ("audits", "probes")
    assert rules[1].efforts == ("audits",)
    assert rules[2].coefficients == {"probes": 1}


def test_a_round_without_marks_is_left_as_it_is():
    assessment = assess(a_round(an_effort("a"), samples=64))

    assert only_open(assessment) is assessment


def test_a_choice_that_names_what_is_withheld_is_refused(assessment, choice, tmp_path):
    withheld = choice.chosen[0].model_copy(update={"id": "secret-plan"})
    everything = choice.model_copy(update={"chosen": (*choice.chosen, withheld)})

    with pytest.raises(InputError, match="names efforts that are not published"):
        write_site(assessment.record, assessment.round_, tmp_path / "site", choice=everything)
    assert not (tmp_path / "site").exists()


def test_the_record_stands_beside_the_page(site, choice):
    assert json.loads((site / "choice.json").read_text("utf-8"))["spent"] == choice.spent


def test_the_same_choice_gives_the_same_bytes(site, assessment, choice, tmp_path):
    write_site(assessment.record, assessment.round_, tmp_path / "site", choice=choice)

    assert (tmp_path / "site" / "choice.html").read_bytes() == (site / "choice.html").read_bytes()


def test_nothing_chosen_has_a_page_too(assessment, tmp_path):
    nothing = choose(only_open(assessment), budget=0.0, cap_p_raises_risk=0.0)

    write_site(assessment.record, assessment.round_, tmp_path / "site", choice=nothing)

    text = parse((tmp_path / "site" / "choice.html").read_text("utf-8"))[0].text
    assert "Nothing is chosen" in text
    assert "What more money would buy" not in text


def test_without_a_choice_there_is_no_page(assessment, tmp_path):
    write_site(assessment.record, assessment.round_, tmp_path / "site")

    assert not (tmp_path / "site" / "choice.html").exists()
    assert "choice.html" not in (tmp_path / "site" / "index.html").read_text("utf-8")
