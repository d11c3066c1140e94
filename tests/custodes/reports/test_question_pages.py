"""The page of what to ask next: what is told, and what is never told."""

import json

import pytest

from custodes.assessment import assess
from custodes.errors import InputError
from custodes.judgements import Expert
from custodes.questions import ask
from custodes.reports import only_open, write_site
from report_pages import parse
from round_records import a_round, an_effort, answers

DISPUTED = answers("debate", expert="hopes", accident_cut=(0.05, 0.2, 0.5)) + answers(
    "debate", expert="fears", accident_cut=(-0.6, -0.3, -0.1)
)


def assessed(*, limit=1.0, **judgement):
    return assess(
        a_round(
            an_effort("debate", kind="scalable_oversight"),
            *(an_effort(f"e-{kind}", kind=kind) for kind in ("scalable_oversight", "evaluations")),
            an_effort("secret-plan", kind="scalable_oversight", handling="restricted"),
            worldviews=("central", "cautious"),
            samples=256,
            judgements=DISPUTED,
            experts=(
                Expert(expert="hopes"),
                Expert(expert="fears"),
                Expert(expert="oak", expertise=("CANARY debate",)),
            ),
            mitigations=(),
            settings={
                "budget": 1.2e7,
                "limits": {"p_raises_risk": limit},
                "judgement": judgement,
            },
        )
    )


def written(folder, assessment):
    questions = ask(only_open(assessment))
    write_site(assessment.record, assessment.round_, folder / "site", questions=questions)
    return folder / "site"


@pytest.fixture(scope="module")
def assessment():
    return assessed()


@pytest.fixture(scope="module")
def site(assessment, tmp_path_factory):
    return written(tmp_path_factory.mktemp("questions"), assessment)


def text_of(site):
    return parse((site / "questions.html").read_text("utf-8"))[0].text


def test_the_page_is_well_formed_and_linked_from_every_page(site):
    root, faults = parse((site / "questions.html").read_text("utf-8"))

    assert faults == []
    assert len(list(root.all("h1"))) == 1
    for page in ("index.html", "portfolio.html", "efforts/debate.html"):
        assert "questions.html" in (site / page).read_text("utf-8")
    assert "about this effort could change what is supported" in (
        site / "efforts" / "debate.html"
    ).read_text("utf-8")


def test_the_page_says_what_to_ask_whom_and_what_would_change(site):
    text = text_of(site)

    for words in (
        "What to ask next",
        "Questions that could change the choice",
        "yes, distinguishable",
        "oak",
        "What would change the choice",
        "What the result hangs on",
        "What the worldviews differ in",
        "1 effort is withheld",
    ):
        assert words in text


def test_nothing_speaks_of_what_is_withheld_or_why_an_expert_fits(site):
    leaks = [
        path.name
        for path in site.rglob("*")
        if path.is_file()
        and any(word in path.read_bytes() for word in (b"secret-plan", b"CANARY"))
    ]

    assert leaks == []


def test_codes_are_told_to_the_institution_alone_where_only_pools_are_published(tmp_path):
    site = written(tmp_path, assessed(published_answers="pooled"))

    record = json.loads((site / "questions.json").read_text("utf-8"))
    assert {each for question in record["questions"] for each in question["experts"]} == set()
    assert "told to the institution alone" in text_of(site)


def test_behind_the_limit_the_page_does_not_say_that_nothing_is_worth_asking(tmp_path):
    text = text_of(written(tmp_path, assessed(limit=0.0)))

    assert "As the round stands, no single answer would change what is supported" in text
    assert "Behind the limit" in text
    assert "Questions that could change the choice" not in text


def test_questions_about_what_is_withheld_are_refused(assessment, tmp_path):
    with pytest.raises(InputError, match="speak of efforts that are not published"):
        write_site(
            assessment.record, assessment.round_, tmp_path / "site", questions=ask(assessment)
        )
    assert not (tmp_path / "site").exists()


def test_without_questions_there_is_no_page(assessment, tmp_path):
    write_site(assessment.record, assessment.round_, tmp_path / "site")

    assert not (tmp_path / "site" / "questions.html").exists()
    assert "questions.html" not in (tmp_path / "site" / "index.html").read_text("utf-8")
