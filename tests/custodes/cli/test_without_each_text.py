from custodes.assessment import assess
from custodes.cli._without_each_text import without_each_text
from round_records import a_round, an_effort, answers

NAME = "an-effort-with-a-name-that-is-longer-than-a-column"


def the_text(*package, limit=0.25):
    round_ = a_round(
        an_effort(NAME, kind="interpretability"),
        judgements=answers(NAME, insight_months=(0.1, 0.4, 2.0)),
        samples=64,
        settings={"limits": {"p_raises_risk": limit}},
    )
    given = assess(round_, conditions={NAME: package})
    return given.effort(NAME), without_each_text(given)


def test_each_condition_has_a_line_that_fits():
    effort, text = the_text("restricted-sharing", "scaling-statement")

    lines = text.splitlines()
    assert max(map(len, lines)) <= 100
    assert NAME in lines
    assert any(line.startswith("  without restricted-sharing ") for line in lines)
    assert any(line.startswith("  without scaling-statement ") for line in lines)
    assert f"{effort.worldview('central').after.p_raises_risk:.0%}" in text


def test_a_condition_on_which_the_limit_hangs_is_named():
    effort, _ = the_text("restricted-sharing", "scaling-statement")
    limit = effort.worldview("central").after.p_raises_risk

    _, text = the_text("restricted-sharing", "scaling-statement", limit=limit)

    assert "without it the effort is over the limit on P(raises risk)" in text


def test_no_conditions_are_said_to_be_none():
    assert the_text()[1] == "No effort has conditions."
