import pytest

from custodes.judgements import CalibrationAnswer, calibrate, pool
from custodes.reports._judgement_figures import answers_figure, calibration_figure, can_be_drawn
from custodes.reports._range_drawing import Range, RangePanel, draw_ranges
from round_records import a_round, an_effort, answers

NASTY = '<b>"x" & y</b>'


def questions_of(*given):
    return pool(a_round(an_effort("one"), judgements=given)).questions


def far_apart():
    return tuple(
        answer
        for name, p in zip("abcd", (0.0001, 0.0002, 0.3, 0.4), strict=True)
        for answer in answers("one", name, success=(p / 1.5, p, p * 1.5))
    )


def test_every_expert_the_pool_and_the_reference_class_are_drawn():
    questions = questions_of(
        *answers("one", "a", success=(0.1, 0.2, 0.4)),
        *answers("one", NASTY, success=(0.2, 0.3, 0.5)),
    )

    figure = answers_figure(questions, with_experts=True)

    assert [row[1] for row in figure.table.rows] == [NASTY, "a", "pool of 2", "reference class"]
    (drawing,) = figure.drawings
    assert drawing.count("<circle") == 4
    assert "<b>" not in drawing
    assert "&lt;b&gt;" in drawing


def test_only_the_pool_is_drawn_where_only_it_is_published():
    questions = questions_of(*answers("one", "canary", success=(0.1, 0.2, 0.4)))

    figure = answers_figure(questions, with_experts=False)

    told = f"{figure.drawings}{figure.table}{figure.words}{figure.caption}"
    assert "canary" not in told
    assert [row[1] for row in figure.table.rows] == ["pool of 1", "reference class"]


def test_two_camps_are_drawn_and_told():
    figure = answers_figure(questions_of(*far_apart()), with_experts=True)

    names = [row[1] for row in figure.table.rows]
    assert names[-4:] == ["lower camp (2)", "upper camp (2)", "pool of 4", "reference class"]
    assert "two camps" in figure.words


def test_what_is_out_says_why():
    flagged = answers("one", "b", success=0.5)[0].model_copy(update={"flags": ("outside",)})
    questions = questions_of(*answers("one", "a", success=(0.1, 0.2, 0.4)), flagged)

    figure = answers_figure(questions, with_experts=True)

    assert "b (flagged, out)" in [row[1] for row in figure.table.rows]


def test_a_question_without_a_pool_is_drawn_for_its_experts_only():
    flagged = answers("one", "b", success=0.5)[0].model_copy(update={"flags": ("outside",)})
    (question,) = questions_of(flagged)

    assert can_be_drawn(question, with_experts=True)
    assert not can_be_drawn(question, with_experts=False)


def test_many_questions_come_as_several_drawings_of_the_same_bytes():
    names = ("success", "adoption", "carry_over", "scaling", "done_anyway", "delay_share")
    given = [
        answer
        for name in "abcde"
        for answer in answers("one", name, **dict.fromkeys(names, (0.1, 0.2, 0.4)))
    ]

    first, second = (answers_figure(questions_of(*given), with_experts=True) for _ in "12")

    assert len(first.drawings) > 1
    assert first == second


@pytest.mark.parametrize(
    ("scale", "numbers"),
    [
        ("logit", (0.0, 0.5, 1.0)),
        ("logit", (1e-9, 1e-6, 1e-3)),
        ("ln", (0.0, 2.0, 3e6)),
        ("ln", (1.0, 1.001, 1.002)),
        ("mirrored", (-3.0, -2.0, -0.1)),
        ("identity", (-3.0, 0.0, 4.0)),
        ("identity", (2.0, 2.0, 2.0)),
        ("identity", (0.0, 0.0, 0.0)),
    ],
)
def test_every_scale_has_marks_within_the_drawing(scale, numbers):
    drawing = draw_ranges([RangePanel("t", scale, (Range("a", *numbers, "expert"),))])

    places = [float(part.split('"')[0]) for part in drawing.split(' x1="')[1:]]
    assert places
    assert all(240 <= place <= 698.5 for place in places)
    assert "nan" not in drawing
    assert drawing.count('text-anchor="middle"') >= 1


def test_calibration_is_drawn_for_all_together():
    given = tuple(
        CalibrationAnswer(expert="a", question=f"q{k}", p05=1, p50=2, p95=3, answer=k / 4)
        for k in range(12)
    )

    figure = calibration_figure(calibrate(a_round(an_effort("one"), calibration=given)))

    assert figure.words == "8 of 12 ranges held the truth, 67\u00a0%; 90\u00a0% were stated to."
    assert [row[0] for row in figure.table.rows] == ["5\u00a0%", "50\u00a0%", "95\u00a0%"]
