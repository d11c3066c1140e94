"""What `custodes ask` prints fits a terminal and does not contradict itself."""

import pytest

from custodes.assessment import assess
from custodes.cli._questions_text import questions_text
from custodes.questions import ask
from round_records import a_round, an_effort, answers

DISPUTED = answers("debate", expert="hopes", accident_cut=(0.05, 0.2, 0.5), success=0.9) + answers(
    "debate", expert="fears", accident_cut=(-0.6, -0.3, -0.1), success=0.9
)


def told(*, limit=1.0, judgements=DISPUTED, **settings):
    round_ = a_round(
        an_effort("debate", kind="scalable_oversight"),
        *(an_effort(kind, kind=kind) for kind in ("scalable_oversight", "control", "evaluations")),
        worldviews=("central", "cautious"),
        samples=512,
        judgements=judgements,
        mitigations=(),
        settings={"limits": {"p_raises_risk": limit}} | settings,
    )
    return questions_text(ask(assess(round_)), top=4)


def plain(text):
    return " ".join(text.split())


@pytest.mark.parametrize("settings", [{}, {"budget": 1.5e7}, {"verdict": "social-value"}])
def test_every_line_fits_a_terminal(settings):
    assert max(map(len, told(**settings).splitlines())) <= 100


def test_a_question_tells_what_more_experts_bring_and_what_the_effort_hangs_on():
    text = plain(told(budget=1.5e7))

    assert "one more expert would bring" in text
    assert "at USD 500 an answer each of the 5 pays" in text
    assert "What debate hangs on" in text
    assert "cautious says" in text


def test_behind_the_limit_nothing_is_called_not_worth_asking():
    text = plain(told(limit=0.0))

    assert "While the limit on P(raises risk) stands, no single answer would change" in text
    assert "Behind the limit." in text
    assert "No single question is worth asking" not in text
